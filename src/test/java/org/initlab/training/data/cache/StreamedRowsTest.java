package org.initlab.training.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamedRowsTest {
    /** Not a multiple of what is written at once. */
    private static final int ROWS = 1001;

    private static final int ROW_BYTES = 100;
    private static final CacheKey KEY = CacheKey.of(List.of("counted"), ROWS, ROW_BYTES);

    @TempDir
    private Path folder;

    private final Counted sequence = new Counted();

    /** Rows whose bytes are their number plus a shift, in classes from 0 to 9. */
    private static final class Counted implements RowSequence {
        private final AtomicInteger opened = new AtomicInteger();
        private int shift;
        private int stamp = 1;
        /** The row at which the source changes. */
        private int changing = -1;

        @Override
        public String name() {
            return "the counted rows";
        }

        @Override
        public int stamp() {
            return stamp;
        }

        @Override
        public Reader open() {
            opened.incrementAndGet();
            AtomicInteger next = new AtomicInteger();
            return new Reader() {
                @Override
                public int next(byte[] into, int at) {
                    int row = next.getAndIncrement();
                    stamp += row == changing ? 1 : 0;
                    Arrays.fill(into, at, at + ROW_BYTES, (byte) (row + shift));
                    return row % 10;
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void allRowsAreMadeOnceWithTheirClasses() {
        for (int time = 0; time < 2; time++) {
            try (StreamedRows rows = open()) {
                assertThat(rows.classes())
                        .isEqualTo(IntStream.range(0, ROWS).map(row -> row % 10).toArray());
                assertRows(rows, 0);
            }
        }
        assertThat(sequence.opened).hasValue(1);
    }

    @Test
    void whatTheSourceMakesOnceItHasChangedReplacesAllRows() {
        open().close();
        sequence.shift = 7;
        sequence.stamp = 2;
        try (StreamedRows rows = open()) {
            assertRows(rows, 7);
        }
    }

    @Test
    void aSourceThatChangesWhileItIsReadIsRefused() {
        sequence.changing = 500;
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(this::open)
                .withMessageContaining("the counted rows changed while it was used");
        sequence.changing = -1;
        sequence.shift = 7;
        try (StreamedRows rows = open()) {
            assertRows(rows, 7);
        }
    }

    @Test
    void aStoppedBeginningIsFinishedLater() {
        AtomicInteger calls = new AtomicInteger();
        assertThatIllegalStateException()
                .isThrownBy(() -> StreamedRows.open(cache(), KEY, sequence, () -> {
                    if (calls.incrementAndGet() == 5) {
                        throw new IllegalStateException("cancelled");
                    }
                }));
        try (StreamedRows rows = open()) {
            assertRows(rows, 0);
        }
    }

    /** As a disk that lost power may leave them. */
    @Test
    void manyDamagedRowsCostOneReadingOfTheSource() throws IOException {
        open().close();
        try (StreamedRows rows = open();
                FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(300 * ROW_BYTES), new RowLayout(KEY).row(200));
            assertRows(rows, 0);
        }
        assertThat(sequence.opened).hasValue(2);
        try (StreamedRows rows = open()) {
            assertRows(rows, 0);
        }
        assertThat(sequence.opened).hasValue(2);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path taken = Files.writeString(folder.resolve("taken"), "a file");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> StreamedRows.open(RowCache.unlimited(taken), KEY, sequence, () -> {}))
                .withMessageContaining("initlab.cache.folder");
    }

    private static void assertRows(StreamedRows rows, int shift) {
        ByteBuffer bytes = ByteBuffer.allocate(ROW_BYTES);
        for (int row = 0; row < ROWS; row++) {
            rows.read(row, bytes.clear());
            assertThat(bytes.array()).containsOnly((byte) (row + shift));
        }
    }

    private StreamedRows open() {
        return StreamedRows.open(cache(), KEY, sequence, () -> {});
    }

    private RowCache cache() {
        return RowCache.unlimited(folder);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".rows"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
