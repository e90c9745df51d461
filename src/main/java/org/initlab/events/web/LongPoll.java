package org.initlab.events.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.initlab.events.ChangeFeed;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Puts requests aside until an experiment changes. They hold neither a thread nor a database connection meanwhile: the
 * container dispatches them to their controller a second time.
 */
@Component
@ConditionalOnRole(Role.API)
public class LongPoll {
    private static final int MAX_SECONDS = 60;

    private final ExperimentQueries experiments;
    private final ChangeFeed changes;
    private final Set<HeldRequest> requests = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LongPoll(ExperimentQueries experiments, ChangeFeed changes) {
        this.experiments = experiments;
        this.changes = changes;
    }

    /**
     * Puts a request aside if its client knows all there is: the revision that it names as {@code If-None-Match}, or that
     * of now where it names none.
     *
     * @param seconds how long at most, 0 to 60
     * @return whether the caller has to leave the answer to the second dispatch
     */
    public boolean holds(UUID experimentId, int seconds, HttpServletRequest request, HttpServletResponse response) {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new InvalidRequestException("wait must be between 0 and " + MAX_SECONDS + " seconds");
        }
        if (seconds == 0 || request.getDispatcherType() == DispatcherType.ASYNC) {
            return false;
        }
        HeldRequest held = new HeldRequest();
        ChangeFeed.Subscription subscription = changes.subscribe(experimentId, held::release);
        boolean holds = false;
        try {
            // read after the subscription began, so that no change falls between
            String revision = Long.toString(experiments.revision(experimentId));
            holds = isKnown(revision, request.getHeader(HttpHeaders.IF_NONE_MATCH));
        } finally {
            if (!holds) {
                subscription.close();
            }
        }
        if (holds) {
            // what security writes now would forbid the client to keep the answer that comes later
            response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
            AsyncContext exchange = request.startAsync(request, response);
            exchange.setTimeout(Duration.ofSeconds(seconds).toMillis());
            requests.add(held);
            held.hold(exchange, () -> {
                subscription.close();
                requests.remove(held);
            });
            if (closed) {
                held.release();
            }
        }
        return holds;
    }

    private static boolean isKnown(String revision, String ifNoneMatch) {
        return ifNoneMatch == null
                || ETag.parse(ifNoneMatch).stream()
                        .anyMatch(etag -> etag.isWildcard() || etag.tag().equals(revision));
    }

    /** Comes before the web server waits for its open requests. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
        requests.forEach(HeldRequest::release);
    }
}
