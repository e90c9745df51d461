package org.initlab.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Posts a webhook once. */
@Component
class WebhookClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build();
    private final Clock clock;

    WebhookClient(Clock clock) {
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Answer {
        /** The receiver has it. */
        record Taken() implements Answer {}

        /** The receiver wants nothing more, now or later. */
        record Gone() implements Answer {}

        /**
         * Try again.
         *
         * @param reason for the log; tells nothing of the address
         * @param retryAfter what the receiver asked for; 0 if nothing
         */
        record Failed(String reason, Duration retryAfter) implements Answer {}
    }

    /**
     * Sends a body, signed for this attempt, and waits at most 10 s for the answer's head.
     *
     * @throws InterruptedException if the process stops meanwhile
     */
    Answer post(Target target, UUID id, String body) throws InterruptedException {
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(target.address())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "InitLab")
                .header("webhook-id", id.toString())
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", Signature.of(target.keys(), id.toString(), timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            // the answer's body is not waited for, as it might never end
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return answer(response);
        } catch (HttpTimeoutException e) {
            return failed("there is no answer within " + TIMEOUT.toSeconds() + " s");
        } catch (ConnectException e) {
            return failed("it cannot be reached");
        } catch (IOException e) {
            return failed("the connection fails (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Answer answer(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Answer.Taken();
        }
        return status == 410
                ? new Answer.Gone()
                : new Answer.Failed("it answers with " + status, RetryAfter.of(response.headers(), clock.instant()));
    }

    private static Answer failed(String reason) {
        return new Answer.Failed(reason, Duration.ZERO);
    }
}
