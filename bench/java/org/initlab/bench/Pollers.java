package org.initlab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.initlab.bench.OpenLoad.Request;

/** Clients that each keep a connection and ask every few seconds; a latency counts from when a request was due. */
final class Pollers implements AutoCloseable {
    private static final int THREADS = 16;

    private final List<KeptConnection> clients = new ArrayList<>();
    private final List<Request> requests;
    private final List<String> names;
    private final OperationTimes times;
    private final long nanosBetween;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicLong next = new AtomicLong();
    private volatile boolean stopped;

    /**
     * Connects them.
     *
     * @param names of the requests, in the times
     * @param secondsEach between two requests of one client
     */
    Pollers(int port, int count, double secondsEach, List<String> names, List<Request> requests, OperationTimes times)
            throws IOException {
        this.names = names;
        this.requests = requests;
        this.times = times;
        nanosBetween = (long) (secondsEach * TimeUnit.SECONDS.toNanos(1) / count);
        for (int i = 0; i < count; i++) {
            clients.add(new KeptConnection(port));
        }
    }

    void start() {
        long start = System.nanoTime();
        for (int i = 0; i < THREADS; i++) {
            threads.execute(() -> poll(start));
        }
    }

    private void poll(long start) {
        while (!stopped) {
            long turn = next.getAndIncrement();
            long due = start + turn * nanosBetween;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            int request = (int) (turn % requests.size());
            KeptConnection client = clients.get((int) (turn % clients.size()));
            synchronized (client) {
                try {
                    int status = client.send(requests.get(request).bytes());
                    String name = status == requests.get(request).status() ? "" : ", answered with " + status;
                    times.add("client: " + names.get(request) + name, System.nanoTime() - due);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (KeptConnection client : clients) {
            client.close();
        }
    }
}
