package org.initlab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at fixed times, whatever happens to those before. A latency counts from when its request was due, so
 * that a service that stalls is not spared.
 */
final class OpenLoad {
    private static final int CLIENTS = 4;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private final int port;

    OpenLoad(int port) {
        this.port = port;
    }

    /**
     * A request that can be sent any number of times.
     *
     * @param bytes as they are sent
     * @param status the status that must answer it
     */
    record Request(String path, byte[] bytes, int status) {
        static Request get(String path) {
            return new Request(path, KeptConnection.bytes("GET", path, "", ""), HttpURLConnection.HTTP_OK);
        }

        static Request unchanged(String path, String etag) {
            byte[] bytes = KeptConnection.bytes("GET", path, "If-None-Match: " + etag, "");
            return new Request(path, bytes, HttpURLConnection.HTTP_NOT_MODIFIED);
        }

        static Request post(String path, String body) {
            return new Request(path, KeptConnection.bytes("POST", path, "", body), HttpURLConnection.HTTP_CREATED);
        }
    }

    /**
     * Sends requests in turn for a while.
     *
     * @param rate requests per second
     * @throws IllegalStateException if one is not answered as it must be
     */
    Latencies send(List<Request> requests, double rate, Duration time) {
        double[] latencies = new double[(int) (rate * time.toSeconds())];
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                running.add(CompletableFuture.runAsync(
                        () -> {
                            try (KeptConnection connection = new KeptConnection(port)) {
                                for (int i = next.getAndIncrement(); i < latencies.length; i = next.getAndIncrement()) {
                                    long due = start + (long) (i * NANOS_A_SECOND / rate);
                                    awaitTime(due);
                                    send(connection, requests.get(i % requests.size()));
                                    latencies[i] = (System.nanoTime() - due) / NANOS_A_MILLISECOND;
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        clients));
            }
            running.forEach(CompletableFuture::join);
        } finally {
            clients.shutdown();
        }
        return new Latencies(latencies);
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void send(KeptConnection connection, Request request) throws IOException {
        int status = connection.send(request.bytes());
        if (status != request.status()) {
            throw new IllegalStateException(request.path() + " was answered with " + status);
        }
    }
}
