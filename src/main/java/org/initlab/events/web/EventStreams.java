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
import org.initlab.platform.http.Head;
import org.initlab.platform.problem.TooManyRequestsException;
import org.jspecify.annotations.Nullable;
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
    /** Of one client, so that it cannot shut the others out. */
    private static final int MAX_STREAMS_EACH = 50;

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final EventQueries events;
    private final ChangeFeed changes;
    private final Map<EventStream, Place> streams = new ConcurrentHashMap<>();
    private final ClientBound bound = new ClientBound(MAX_STREAMS, MAX_STREAMS_EACH);
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
     * Answers a request with events until the experiment is over, or HEAD with the head of that answer.
     *
     * @param last the event after which to begin
     * @param first sent at once
     * @throws TooManyRequestsException if the client, or all together, have as many streams open as they may
     */
    void open(
            UUID experimentId, long last, List<Event> first, HttpServletRequest request, HttpServletResponse response) {
        if (Head.isAllOf(request)) {
            begin(response);
            return;
        }
        String client = ClientBound.client(request);
        if (!bound.enter(client)) {
            throw new TooManyRequestsException(
                    "There are too many event streams open: there may be " + MAX_STREAMS_EACH + " of one client and "
                            + MAX_STREAMS + " of all. Close some, or poll the metrics with ?wait=30 instead.",
                    RETRY);
        }
        Place place = null;
        try {
            place = start(experimentId, last, first, client, request, response);
        } finally {
            if (place == null) {
                bound.leave(client);
            }
        }
    }

    /** Returns the stream's place, or null where its reader is gone already. */
    private @Nullable Place start(
            UUID experimentId,
            long last,
            List<Event> first,
            String client,
            HttpServletRequest request,
            HttpServletResponse response) {
        begin(response);
        AsyncContext exchange = request.startAsync(request, response);
        exchange.setTimeout(0);
        try {
            response.getOutputStream().write(EventStream.text(first).getBytes(StandardCharsets.UTF_8));
            // from here on the response belongs to another thread
            response.flushBuffer();
            EventStream stream = new EventStream(experimentId, last, events, exchange, senders, this::forget);
            Place place = new Place(client, changes.subscribe(experimentId, stream::wake));
            streams.put(stream, place);
            exchange.addListener(stream);
            if (closed) {
                stream.close();
            }
            stream.wake();
            return place;
        } catch (IOException e) {
            log.debug("A reader of the events of experiment {} is gone", experimentId, e);
            exchange.complete();
            return null;
        }
    }

    private static void begin(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        // nginx would hold the events back until it has some kilobytes
        response.setHeader("X-Accel-Buffering", "no");
    }

    private void forget(EventStream stream) {
        Place place = streams.remove(stream);
        place.subscription().close();
        bound.leave(place.client());
    }

    private record Place(String client, ChangeFeed.Subscription subscription) {}

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
