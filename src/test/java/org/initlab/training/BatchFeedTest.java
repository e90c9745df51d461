package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.RowShape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchFeedTest {
    private static final int[] ORDER = {0, 1, 2, 3, 4};

    private final ExecutorService loader = Executors.newSingleThreadExecutor();
    private final NDManager parent = NDManager.newBaseManager(PyTorch.device("cpu"));
    private final Buffers buffers = new Buffers(PyTorch.device("cpu"));
    private final SlowSplit split = new SlowSplit();

    @AfterEach
    void close() {
        loader.shutdownNow();
        parent.close();
        buffers.close();
    }

    @Test
    void aPassHasEveryRowOnceInItsOrder() {
        split.mayLoad.countDown();
        List<Float> rows = new ArrayList<>();
        try (BatchFeed feed = new BatchFeed(loader, parent, buffers, split, ORDER, 2, 0, () -> {})) {
            while (feed.hasNext()) {
                try (BatchFeed.Batch batch = feed.next()) {
                    for (float row : batch.rows().toFloatArray()) {
                        rows.add(row);
                    }
                }
            }
        }
        assertThat(rows).containsExactly(0f, 1f, 2f, 3f, 4f);
        assertThat(split.loaded).allMatch(NDArray::isReleased);
    }

    @Test
    void whatIsPreparedWhenTheThreadIsInterruptedIsFreed() {
        BatchFeed feed = new BatchFeed(loader, parent, buffers, split, ORDER, 2, 0, () -> {});
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(StopRequestedException.class).isThrownBy(feed::next);
        split.mayLoad.countDown();

        feed.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(split.loaded).hasSize(2).allMatch(NDArray::isReleased);
    }

    @Test
    void whileABatchLoadsTheTrainingMayStopAndTheLoadingWithIt() {
        split.loadsForever = true;
        split.mayLoad.countDown();
        BatchFeed feed = new BatchFeed(loader, parent, buffers, split, ORDER, 2, 0, () -> {
            throw new StopRequestedException();
        });
        assertThatExceptionOfType(StopRequestedException.class).isThrownBy(feed::next);

        feed.close();

        assertThat(split.loaded).isEmpty();
    }

    @Test
    void aBatchThatCannotBeLoadedDoesNotKeepAFeedFromClosing() {
        split.fails = true;
        split.mayLoad.countDown();
        BatchFeed feed = new BatchFeed(loader, parent, buffers, split, ORDER, 2, 0, () -> {});
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(feed::next);

        feed.close();

        assertThat(feed.hasNext()).isFalse();
    }

    /** Rows that are their own positions, loaded once the test lets them. */
    private static final class SlowSplit implements Split {
        private final CountDownLatch mayLoad = new CountDownLatch(1);
        private final List<NDArray> loaded = new ArrayList<>();
        private volatile boolean fails;
        private volatile boolean loadsForever;

        @Override
        public Labels labels() {
            return new Labels(ORDER, new int[] {1, 0, 0, 0, 0}, 1);
        }

        @Override
        public RowShape shape() {
            return new FeatureShape(1);
        }

        @Override
        public int rowBytes() {
            return Float.BYTES;
        }

        @Override
        public void read(int[] positions, ByteBuffer into, Runnable onProgress) {
            try {
                mayLoad.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            while (loadsForever) {
                onProgress.run();
            }
            if (fails) {
                throw new IllegalStateException("a test's");
            }
            for (int position : positions) {
                into.putFloat(position);
            }
        }

        @Override
        public NDArray wrap(NDManager manager, ByteBuffer bytes, int rows) {
            NDArray array = manager.create(bytes, new Shape(rows), DataType.FLOAT32);
            loaded.add(array);
            return array;
        }

        @Override
        public InputPipeline pipeline(NDManager manager) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addTo(MessageDigest digest, Runnable onProgress) {
            throw new UnsupportedOperationException();
        }
    }
}
