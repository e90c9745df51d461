package org.initlab.events.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.initlab.events.ChangeFeed;
import org.initlab.experiment.Revisions;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.Head;
import org.initlab.platform.http.Preconditions;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.async.DeferredResult;

/** Puts requests aside until an experiment changes; meanwhile they hold neither a thread nor a database connection. */
@Component
@ConditionalOnRole(Role.API)
public class LongPoll implements DisposableBean {
    private static final int MAX_SECONDS = 60;
    /** Fewer than the database connections, so that a change that many wait for leaves some for others. */
    private static final int THREADS = 4;

    private final Revisions revisions;
    private final ChangeFeed changes;
    private final Set<Runnable> held = ConcurrentHashMap.newKeySet();
    private final ExecutorService answering =
            Executors.newFixedThreadPool(THREADS, new CustomizableThreadFactory("long-poll-"));
    private volatile boolean closed;

    LongPoll(Revisions revisions, ChangeFeed changes) {
        this.revisions = revisions;
        this.changes = changes;
    }

    /**
     * Holds a GET whose client is up to date: it names the current revision, or none.
     *
     * @param seconds how long at most, 0 to 60; 0 never holds
     * @param known what the client has
     * @param answer called after the next change, or when the time is over
     * @return the later answer, or empty if the request is to be answered now
     * @throws InvalidRequestException if the seconds are out of range
     * @throws org.initlab.platform.problem.NotFoundException if there is no such experiment
     */
    public <T> Optional<DeferredResult<T>> hold(
            UUID experimentId, int seconds, Preconditions known, ServletWebRequest request, Supplier<T> answer) {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new InvalidRequestException("wait must be between 0 and " + MAX_SECONDS + " seconds");
        }
        if (seconds == 0 || Head.isAllOf(request.getRequest())) {
            return Optional.empty();
        }
        DeferredResult<T> later =
                new DeferredResult<>(Duration.ofSeconds(seconds).toMillis());
        Runnable release = () -> answering.execute(() -> answer(later, answer));
        ChangeFeed.Subscription subscription = changes.subscribe(experimentId, release);
        boolean holds = false;
        try {
            // read after subscribing, so that no change is missed in between
            long revision = revisions.current(experimentId);
            holds = known.knowNothing() || known.knows(Long.toString(revision));
        } finally {
            if (!holds) {
                subscription.close();
            }
        }
        if (!holds) {
            return Optional.empty();
        }
        // security writes its headers now, and would forbid the client to store the later answer
        request.getNativeResponse(HttpServletResponse.class).setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        held.add(release);
        later.onTimeout(() -> answer(later, answer));
        later.onCompletion(() -> {
            subscription.close();
            held.remove(release);
        });
        if (closed) {
            release.run();
        }
        return Optional.of(later);
    }

    private static <T> void answer(DeferredResult<T> later, Supplier<T> answer) {
        if (!later.isSetOrExpired()) {
            try {
                later.setResult(answer.get());
            } catch (RuntimeException | Error e) {
                later.setErrorResult(e);
            }
        }
    }

    int size() {
        return held.size();
    }

    /** Runs before the web server waits for its open requests. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
        held.forEach(Runnable::run);
    }

    @Override
    public void destroy() {
        answering.shutdown();
    }
}
