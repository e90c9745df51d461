package org.initlab.events.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.initlab.events.Event;
import org.initlab.events.EventQueries;
import org.initlab.platform.DatabaseOutage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of an experiment's events, and how far it has read.
 *
 * <p>It is sent what the database has after that point, so a slow reader costs no more than its place. A reader that takes
 * nothing blocks one thread of its own, until Tomcat's time limit for a write ends the connection.
 *
 * <p>Tomcat reuses the objects of a request that is over, so its end has to wait until the sending thread has released
 * them; hence the lock.
 */
final class EventStream implements AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final UUID experimentId;
    private final EventQueries events;
    private final AsyncContext exchange;
    private final OutputStream out;
    private final Executor executor;
    private final Consumer<EventStream> afterwards;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean closing;
    private volatile boolean quiet;
    private boolean ended;
    private long last;

    /**
     * Takes over a request whose response has begun.
     *
     * @param last the last event that the client has seen
     * @param afterwards called when the request is over
     */
    EventStream(
            UUID experimentId,
            long last,
            EventQueries events,
            AsyncContext exchange,
            Executor executor,
            Consumer<EventStream> afterwards)
            throws IOException {
        this.experimentId = experimentId;
        this.last = last;
        this.events = events;
        this.exchange = exchange;
        this.executor = executor;
        this.afterwards = afterwards;
        out = exchange.getResponse().getOutputStream();
    }

    /** Sends what is new, soon and on another thread. */
    void wake() {
        if (calls.getAndIncrement() == 0) {
            try {
                executor.execute(this::drain);
            } catch (RuntimeException | Error e) {
                // or the next call would assume that this one is under way
                calls.set(0);
                throw e;
            }
        }
    }

    /** Sends a comment if there is nothing else to send. */
    void beat() {
        quiet = true;
        wake();
    }

    void close() {
        closing = true;
        wake();
    }

    private void drain() {
        int seen;
        do {
            seen = calls.get();
            sendNew();
        } while (calls.addAndGet(-seen) > 0);
    }

    private synchronized void sendNew() {
        if (ended) {
            return;
        }
        try {
            ended = !send();
            if (ended) {
                exchange.complete();
            }
        } catch (IOException e) {
            // the container learns of it too and completes the exchange
            log.debug("A reader of the events of experiment {} is gone or too slow", experimentId, e);
            ended = true;
        } catch (RuntimeException | Error e) {
            // after an outage all streams are woken, and continue where they were
            if (!DatabaseOutage.isCauseOf(e)) {
                log.error("The events of experiment {} cannot be sent", experimentId, e);
                ended = true;
                exchange.complete();
            }
        }
    }

    /** Returns whether there may be more. */
    private boolean send() throws IOException {
        EventQueries.Piece piece = events.after(experimentId, last);
        while (!closing && !piece.events().isEmpty()) {
            send(piece.events());
            piece = events.after(experimentId, last);
        }
        if (quiet) {
            quiet = false;
            write(":\n\n");
        }
        return !closing && !piece.ended();
    }

    private void send(List<Event> piece) throws IOException {
        write(text(piece));
        last = piece.get(piece.size() - 1).id();
        quiet = false;
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The events as they are sent; JSON has no line breaks. */
    static String text(List<Event> piece) {
        StringBuilder text = new StringBuilder();
        for (Event event : piece) {
            text.append("id:").append(event.id());
            text.append("\nevent:").append(event.type());
            text.append("\ndata:").append(event.data()).append("\n\n");
        }
        return text.toString();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        ended = true;
        afterwards.accept(this);
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        ended = true;
        exchange.complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        throw new IllegalStateException("event streams have no time limit");
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // an exchange begins once
    }
}
