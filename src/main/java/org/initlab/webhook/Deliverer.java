package org.initlab.webhook;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.initlab.webhook.WebhookClient.Answer;
import org.initlab.webhook.WebhookClient.Answer.Failed;
import org.initlab.webhook.WebhookClient.Answer.Gone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers to one target, one entry of its queue at a time. */
class Deliverer {
    private static final Logger log = LoggerFactory.getLogger(Deliverer.class);

    private final Target target;
    private final WebhookClient client;
    private final Function<WebhookEvent, String> bodies;
    private final Outbox outbox;
    private final MeterRegistry meters;
    private final Clock clock;
    private boolean failing;

    Deliverer(
            Target target,
            WebhookClient client,
            Function<WebhookEvent, String> bodies,
            Outbox outbox,
            MeterRegistry meters,
            Clock clock) {
        this.target = target;
        this.client = client;
        this.bodies = bodies;
        this.outbox = outbox;
        this.meters = meters;
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            counter(outcome);
        }
    }

    private enum Outcome {
        DELIVERED,
        FAILED,
        ABANDONED
    }

    /** Tries an entry; returns what becomes of it. */
    CompletionHandler<Delivery> attempt(Delivery delivery) {
        String body = delivery.body() == null ? bodies.apply(delivery.event()) : delivery.body();
        try {
            Answer answer = client.post(target, delivery.event().id(), body);
            if (answer instanceof Failed failed) {
                return failed(delivery.failed(body), failed);
            }
            return answer instanceof Gone ? gone() : delivered();
        } catch (InterruptedException e) {
            // not interrupted again: the entry is still to be handed back, to whichever process comes next
            return (complete, operations) -> operations.reschedule(complete, clock.instant(), delivery);
        }
    }

    private CompletionHandler<Delivery> delivered() {
        if (failing) {
            log.info("{} takes webhooks again", target);
        }
        failing = false;
        counter(Outcome.DELIVERED).increment();
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private CompletionHandler<Delivery> failed(Delivery delivery, Failed failed) {
        counter(Outcome.FAILED).increment();
        Optional<Duration> pause = Backoff.after(delivery.failures(), failed.retryAfter(), ThreadLocalRandom.current());
        if (pause.isEmpty()) {
            counter(Outcome.ABANDONED).increment();
            log.warn(
                    "{} never took webhook {} of {}, which is given up after {} attempts; the last time, {}",
                    target,
                    delivery.event().id(),
                    delivery.event().subject(),
                    delivery.failures(),
                    failed.reason());
            return new CompletionHandler.OnCompleteRemove<>();
        }
        if (!failing) {
            log.warn("{} does not take webhooks: {}. Each is tried again for three days", target, failed.reason());
        }
        failing = true;
        Instant next = clock.instant().plus(pause.get());
        return (complete, operations) -> operations.reschedule(complete, next, delivery);
    }

    private CompletionHandler<Delivery> gone() {
        log.warn("{} answers with 410 (Gone): it gets no more webhooks until the service is started again", target);
        counter(Outcome.ABANDONED).increment();
        outbox.gone(target.id(), clock.instant());
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("initlab.webhook.attempts")
                .tag("target", target.host())
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .description("Attempts to deliver a webhook; abandoned ones were the last")
                .register(meters);
    }
}
