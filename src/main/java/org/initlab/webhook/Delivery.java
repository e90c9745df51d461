package org.initlab.webhook;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the queue.
 *
 * @param failures how many attempts have failed
 * @param body as every attempt sends it; {@code null} before the first
 */
record Delivery(WebhookEvent event, int failures, @Nullable String body) {
    static Delivery of(WebhookEvent event) {
        return new Delivery(event, 0, null);
    }

    Delivery failed(String sent) {
        return new Delivery(event, failures + 1, sent);
    }
}
