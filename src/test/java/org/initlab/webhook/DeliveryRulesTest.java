package org.initlab.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.initlab.platform.StartupException;
import org.initlab.webhook.WebhookProperties.Webhook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryRulesTest {
    private static final String URL = "https://chat.example/hooks/a-secret-of-its-own";
    private static final String OLD = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    /** The example that the specification's own libraries are tested with. */
    @Test
    void theSignatureIsThatOfStandardWebhooks() {
        List<byte[]> keys = Target.of(0, URL, Receiver.SECRET).keys();

        assertThat(Signature.of(keys, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whileASecretIsReplacedBothSign() {
        List<byte[]> keys = Target.of(0, URL, Receiver.SECRET + " " + OLD).keys();

        assertThat(Signature.of(keys, "id", 1, "{}"))
                .isEqualTo(Signature.of(keys.subList(0, 1), "id", 1, "{}") + " "
                        + Signature.of(keys.subList(1, 2), "id", 1, "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null,SECRET,url is missing",
                "mailto:me@chat.example,SECRET,no address to post to",
                "https:///hooks,SECRET,no address to post to",
                "https://me:pass@chat.example/,SECRET,without a user",
                "https://chat.example/ hooks,SECRET,no address to post to",
                "https://chat.example/,null,secret is missing",
                "https://chat.example/,MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,does not begin with whsec_",
                "https://chat.example/,whsec_MfKQ9r8GKYqr!wjUPD8ILPZIo2LaLaSw,is not base64",
                "https://chat.example/,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La,has 21 bytes"
            })
    void aMalformedOneIsRefusedWithoutTellingIt(String url, String secret, String fault) {
        Webhook webhook = new Webhook(url, "SECRET".equals(secret) ? Receiver.SECRET : secret);

        assertThatThrownBy(() -> new WebhookProperties(List.of(webhook), null))
                .isInstanceOfSatisfying(
                        StartupException.class, refused -> assertThat(refused.getMessage() + " " + refused.action())
                                .contains("initlab.webhooks[0]", fault)
                                .doesNotContain("MfKQ", "pass@"));
    }

    @Test
    void nothingOfATargetButItsHostIsShown() {
        Webhook webhook = new Webhook(URL, Receiver.SECRET);
        WebhookProperties properties = new WebhookProperties(List.of(webhook), null);

        assertThat(properties + " " + webhook + " " + properties.targets())
                .contains("initlab.webhooks[0] (chat.example)")
                .doesNotContain("a-secret", "MfKQ");
        assertThatThrownBy(() -> new WebhookProperties(List.of(webhook, webhook), null))
                .hasMessage("initlab.webhooks[1] has the url of an earlier one.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"initlab.example.com", "ftp://initlab.example.com", "https://initlab.example.com/#/experiments"})
    void whatNoBrowserGoesToIsRefusedAsThePublicUrl(URI url) {
        assertThatThrownBy(() -> new WebhookProperties(List.of(), url))
                .hasMessage("initlab.public-url is no address of a service.");
    }

    @Test
    void attemptsAreSpreadOverThreeDays() {
        Random random = new Random(1);
        Duration total = Duration.ZERO;
        Duration before = Duration.ZERO;
        int failures = 1;
        for (Optional<Duration> pause = Backoff.after(1, Duration.ZERO, random);
                pause.isPresent();
                pause = Backoff.after(failures, Duration.ZERO, random)) {
            assertThat(pause.get()).isGreaterThan(before);
            before = pause.get();
            total = total.plus(before);
            failures++;
        }

        assertThat(failures).isEqualTo(11);
        assertThat(total).isBetween(Duration.ofHours(69), Duration.ofHours(77));
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "'Thu, 26 Nov 2026 23:30:00 GMT', PT30M",
        "'Thu, 26 Nov 2026 22:30:00 GMT', PT0S",
        "soon, PT0S",
        "-5, PT0S",
        "99999999999, PT0S"
    })
    void aReceiverMayAskForTime(String header, Duration asked) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(header)), (name, value) -> true);

        assertThat(RetryAfter.of(headers, Instant.parse("2026-11-26T23:00:00Z")))
                .isEqualTo(asked);
        assertThat(Backoff.after(1, asked, new Random(1)).orElseThrow())
                .isBetween(asked.isZero() ? Duration.ofSeconds(5) : asked, asked.plusSeconds(6));
        assertThat(Backoff.after(1, Duration.ofDays(300), new Random(1))).contains(Duration.ofDays(1));
    }
}
