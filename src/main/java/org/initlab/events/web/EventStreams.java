package org.initlab.events.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.initlab.events.ChangeFeed;
import org.initlab.events.Event;
import org.initlab.events.EventQueries;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.problem.TooManyRequestsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** The open event streams of this process. */
@Component
@ConditionalOnRole(Role.API)
class EventStreams implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final int MAX_STREAMS = 200;
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final EventQueries events;
    private final ChangeFeed changes;
    private final Map<EventStream, ChangeFeed.Subscription> streams = new ConcurrentHashMap<>();
    /** A stream uses at most one thread, and only while it sends. */
    private final ExecutorService senders = Executors.newCachedThreadPool(new CustomizableThreadFactory("events-"));

    private volatile boolean closed;

    EventStreams(EventQueries events, ChangeFeed changes, MeterRegistry meters) {
        this.events = events;
        this.changes = changes;
        Gauge.builder("initlab.event.streams", streams, Map::size)
                .description("open event streams")
                .register(meters);
    }

    /**
     * Answers a request with events until the experiment is over.
     *
     * @param last the event after which to begin
     * @param first sent at once
     */
    void open(
            UUID experimentId, long last, List<Event> first, HttpServletRequest request, HttpServletResponse response) {
        if (streams.size() >= MAX_STREAMS) {
            throw new TooManyRequestsException(
                    "There are " + MAX_STREAMS + " event streams open; poll the metrics with ?wait=30 instead.", RETRY);
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        // nginx would hold the events back until it has some kilobytes
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext exchange = request.startAsync(request, response);
        exchange.setTimeout(0);
        try {
            response.getOutputStream().write(EventStream.text(first).getBytes(StandardCharsets.UTF_8));
            // from here on the response belongs to another thread
            response.flushBuffer();
            start(new EventStream(experimentId, last, events, exchange, senders, this::forget), experimentId, exchange);
        } catch (IOException e) {
            log.debug("A reader of the events of experiment {} is gone", experimentId, e);
            exchange.complete();
        }
    }

    private void start(EventStream stream, UUID experimentId, AsyncContext exchange) {
        streams.put(stream, changes.subscribe(experimentId, stream::wake));
        exchange.addListener(stream);
        if (closed) {
            stream.close();
        }
        stream.wake();
    }

    private void forget(EventStream stream) {
        streams.remove(stream).close();
    }

    /** Shows clients and proxies that the connection is open, and finds those that are gone. */
    @Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
    void beat() {
        streams.keySet().forEach(EventStream::beat);
    }

    /** Runs before the web server waits for its open requests. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
        streams.keySet().forEach(EventStream::close);
    }

    @Override
    public void destroy() {
        senders.shutdown();
    }
}
