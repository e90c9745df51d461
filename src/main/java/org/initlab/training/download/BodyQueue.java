package org.initlab.training.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands a response's body to the thread that reads it, which can then give up when the server falls silent; the
 * client's own streams wait forever.
 */
final class BodyQueue implements BodySubscriber<BodyQueue>, AutoCloseable {
    static final long POLL_MILLIS = 500;

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final CompletableFuture<BodyQueue> body = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;

    /** Some bytes; none at the end of the body, or if it failed. */
    private record Item(List<ByteBuffer> bytes, Throwable failure) {}

    @Override
    public CompletionStage<BodyQueue> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(1);
        body.complete(this);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        items.add(new Item(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
        items.add(new Item(List.of(), failure));
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        items.add(new Item(List.of(), null));
    }

    /**
     * Waits for the next bytes.
     *
     * @param stall how long to wait at most
     * @param onProgress called while waiting
     * @return the bytes; empty when the body is complete
     * @throws IOException if the connection is cut or silent for too long
     */
    List<ByteBuffer> next(Duration stall, Runnable onProgress) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + stall.toNanos();
        Item item = null;
        while (item == null) {
            onProgress.run();
            item = items.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (item == null && System.nanoTime() > deadline) {
                throw new IOException("the server was silent for " + stall.toSeconds() + " s");
            }
        }
        if (item.failure() != null) {
            throw new IOException("the connection was cut", item.failure());
        }
        subscription.request(1);
        return item.bytes();
    }

    /** Ends the transfer, whether or not it is complete. */
    @Override
    public void close() {
        subscription.cancel();
    }
}
