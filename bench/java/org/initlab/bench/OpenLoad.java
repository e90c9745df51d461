package org.initlab.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at fixed times, whatever becomes of those before. A latency counts from when its request was due, so that
 * a service that stalls is not asked more gently for it.
 */
final class OpenLoad {
    private static final int CLIENTS = 16;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private final String base;

    OpenLoad(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /**
     * A request of which any number can be sent.
     *
     * @param body {@code null} for a GET
     * @param etag as {@code If-None-Match}; {@code null} for none
     * @param status that it has to be answered with
     */
    record Request(String path, String body, String etag, int status) {
        static Request get(String path) {
            return new Request(path, null, null, HttpURLConnection.HTTP_OK);
        }

        static Request unchanged(String path, String etag) {
            return new Request(path, null, etag, HttpURLConnection.HTTP_NOT_MODIFIED);
        }

        static Request post(String path, String body) {
            return new Request(path, body, null, HttpURLConnection.HTTP_CREATED);
        }
    }

    /**
     * Sends requests in turn for a while.
     *
     * @param rate requests a second
     * @throws IllegalStateException if one is not answered as it has to be
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
                            for (int i = next.getAndIncrement(); i < latencies.length; i = next.getAndIncrement()) {
                                long due = start + (long) (i * NANOS_A_SECOND / rate);
                                awaitTime(due);
                                send(requests.get(i % requests.size()));
                                latencies[i] = (System.nanoTime() - due) / NANOS_A_MILLISECOND;
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

    private void send(Request request) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(base + request.path()).toURL().openConnection();
            if (request.etag() != null) {
                connection.setRequestProperty("If-None-Match", request.etag());
            }
            if (request.body() != null) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(request.body().getBytes(StandardCharsets.UTF_8));
                }
            }
            if (connection.getResponseCode() != request.status()) {
                throw new IllegalStateException(request.path() + " was answered with " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
