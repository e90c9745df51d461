package org.initlab.training.download;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One GET that continues where a file ends. */
final class HttpTransfer {
    private static final Logger log = LoggerFactory.getLogger(HttpTransfer.class);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final URI source;
    private final Duration stall;
    private final Runnable onProgress;
    private long lastLog = System.nanoTime();

    /**
     * Prepares a transfer.
     *
     * @param stall how long the server may be silent; the client's own request timeout ends with the headers on some Java versions
     *     and covers the whole body on others
     */
    HttpTransfer(URI source, Duration stall, Runnable onProgress) {
        this.source = source;
        this.stall = stall;
        this.onProgress = onProgress;
    }

    /**
     * Appends what is missing; starts over if the server sends the whole file.
     *
     * @throws IOException if the answer is an error or is cut off; what was received is in the file
     */
    void appendTo(FileChannel file) throws IOException, InterruptedException {
        long have = file.size();
        HttpRequest.Builder request = HttpRequest.newBuilder(source);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        CompletableFuture<HttpResponse<BodyQueue>> exchange =
                CLIENT.sendAsync(request.build(), headers -> new BodyQueue());
        try {
            HttpResponse<BodyQueue> response = await(exchange);
            try (BodyQueue body = response.body()) {
                receive(response, body, file);
            }
        } finally {
            exchange.cancel(true);
        }
    }

    private void receive(HttpResponse<BodyQueue> response, BodyQueue body, FileChannel file)
            throws IOException, InterruptedException {
        long have = file.size();
        if (response.statusCode() == 416 && have > 0) {
            return; // nothing is missing; the hash tells whether the file is right
        }
        boolean continues = response.statusCode() == 206
                && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + have + "-");
        if (!continues && response.statusCode() != 200) {
            throw new IOException("the server answered " + response.statusCode());
        }
        if (!continues) {
            file.truncate(0);
        }
        long start = file.size();
        long expected =
                start + response.headers().firstValueAsLong("Content-Length").orElse(0);
        file.position(start);
        for (List<ByteBuffer> chunk = body.next(stall, onProgress);
                !chunk.isEmpty();
                chunk = body.next(stall, onProgress)) {
            for (ByteBuffer buffer : chunk) {
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
            }
            logProgress(file.position(), expected);
        }
    }

    private HttpResponse<BodyQueue> await(CompletableFuture<HttpResponse<BodyQueue>> exchange)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + stall.toNanos();
        while (true) {
            onProgress.run();
            try {
                return exchange.get(BodyQueue.POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the server was silent for " + stall.toSeconds() + " s", e);
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            }
        }
    }

    private void logProgress(long bytes, long expected) {
        if (System.nanoTime() - lastLog > LOG_NANOS) {
            lastLog = System.nanoTime();
            log.info("Downloading from {}: {} of {} MB", source.getHost(), bytes / 1_000_000, expected / 1_000_000);
        }
    }

    /** Says why a transfer failed, without a path of this machine. */
    static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "no connection; check the network and try again";
        }
        if (e instanceof FileSystemException file) {
            return "the file cannot be written ("
                    + (file.getReason() == null ? "check its folder's permissions" : file.getReason()) + ")";
        }
        return (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + "; try again later";
    }
}
