package org.initlab.webhook;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
    private RetryAfter() {}

    /** How long to wait; 0 without the header, or where it cannot be read. */
    static Duration of(HttpHeaders headers, Instant now) {
        Duration asked = headers.firstValue("Retry-After")
                .map(value -> parse(value.strip(), now))
                .orElse(Duration.ZERO);
        return asked.isNegative() ? Duration.ZERO : asked;
    }

    private static Duration parse(String value, Instant now) {
        try {
            return value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
