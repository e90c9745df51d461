package org.initlab.training.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RowCacheTest {
    private static final int ROWS = 500;
    private static final int ROW_BYTES = 1000;

    @TempDir
    private Path folder;

    private final Counted decoder = new Counted(ROWS);

    /** Rows of one value, and how often each was decoded. */
    private static final class Counted implements RowDecoder {
        private final AtomicIntegerArray decoded;
        private volatile int stamp = 7;
        private volatile int damaged = -1;

        private Counted(int rows) {
            decoded = new AtomicIntegerArray(rows);
        }

        @Override
        public int stamp(int row) {
            return stamp;
        }

        @Override
        public Decoded decode(int row) {
            if (row == damaged) {
                throw new TrainingException("row " + row + " is damaged");
            }
            decoded.incrementAndGet(row);
            return new Decoded(contentOf(row), tagOf(row));
        }

        private int total() {
            return IntStream.range(0, decoded.length()).map(decoded::get).sum();
        }
    }

    private static byte[] contentOf(int row) {
        byte[] bytes = new byte[ROW_BYTES];
        Arrays.fill(bytes, (byte) row);
        return bytes;
    }

    private static byte[] tagOf(int row) {
        return ByteBuffer.allocate(32).putInt(0, row).array();
    }

    @Test
    void aRowIsDecodedOnceForAllWhoOpenTheCacheLater() {
        try (CachedRows rows = open(unlimited(), "a")) {
            fill(rows);
            assertThat(decoder.total()).isEqualTo(ROWS);
        }
        try (CachedRows rows = open(unlimited(), "a")) {
            assertRows(rows);
            assertThat(decoder.total()).isEqualTo(ROWS);
        }
    }

    @Test
    void aRowThatIsNotThereYetIsDecodedOnTheWay() {
        try (CachedRows rows = open(unlimited(), "a");
                CachedRows same = open(unlimited(), "a")) {
            assertThat(rows.isReady(3)).isFalse();
            assertRow(rows, 3);
            assertRow(same, 3);
            assertThat(decoder.total()).isOne();
        }
    }

    @Test
    void aRowWhoseSourceChangedIsDecodedAnewAndNoOther() {
        try (CachedRows rows = open(unlimited(), "a")) {
            assertRow(rows, 3);
            decoder.stamp = 8;
            assertRow(rows, 3);
            assertThat(decoder.decoded.get(3)).isEqualTo(2);
        }
    }

    /** What a disk may do to a file. */
    enum Damage {
        A_ROW {
            @Override
            void to(Path file) throws IOException {
                write(file, layout().row(3) + 500, new byte[] {99});
            }
        },
        AN_ENTRY {
            @Override
            void to(Path file) throws IOException {
                write(file, layout().entry(3) + 5, new byte[] {99});
            }
        };

        abstract void to(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aTornRowIsNoticedAndDecodedAnew(Damage damage) throws IOException {
        try (CachedRows rows = open(unlimited(), "a")) {
            fill(rows);
        }
        damage.to(file());
        try (CachedRows rows = open(unlimited(), "a")) {
            assertRows(rows);
            assertThat(decoder.total()).isEqualTo(ROWS + 1);
        }
        try (CachedRows rows = open(unlimited(), "a")) {
            assertRows(rows);
            assertThat(decoder.total()).isEqualTo(ROWS + 1);
        }
    }

    /** What may lie where a file of the cache is expected. */
    enum Foreign {
        OF_ANOTHER_KEY {
            @Override
            void make(Path file) throws IOException {
                write(file, 30, new byte[] {1, 2, 3});
            }
        },
        TOO_SHORT {
            @Override
            void make(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() - 1);
                }
            }
        },
        SOMETHING_ELSE {
            @Override
            void make(Path file) throws IOException {
                Files.writeString(file, "no rows");
            }
        };

        abstract void make(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aForeignFileIsMadeAnew(Foreign foreign) throws IOException {
        try (CachedRows rows = open(unlimited(), "a")) {
            fill(rows);
        }
        foreign.make(file());
        try (CachedRows rows = open(unlimited(), "a")) {
            fill(rows);
            assertRows(rows);
            assertThat(decoder.total()).isEqualTo(2 * ROWS);
        }
    }

    @Test
    void whatADeadProcessHasBegunIsRemoved() throws IOException {
        Path begun = Files.writeString(folder.resolve("x.rows.new"), "begun");
        open(unlimited(), "a").close();
        assertThat(begun).doesNotExist();
    }

    @Test
    void aDamagedRowEndsTheFillingWithItsName() {
        decoder.damaged = 7;
        try (CachedRows rows = open(unlimited(), "a");
                Filling filling = filling(rows)) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> filling.end().join())
                    .withMessageContaining("row 7 is damaged");
        }
    }

    @Test
    void whatWasUsedLeastRecentlyGoesWhenTheLimitIsReached() throws IOException {
        for (String name : List.of("old", "older", "new")) {
            try (CachedRows rows = open(unlimited(), name)) {
                fill(rows);
            }
        }
        used("older", Instant.EPOCH);
        used("old", Instant.EPOCH.plusSeconds(1));
        RowCache full = new RowCache(folder, 3 * (layout().bytes() + 4096));
        open(full, "next").close();
        assertThat(names()).containsExactlyInAnyOrder(nameOf("old"), nameOf("new"), nameOf("next"));
    }

    @Test
    void whatIsThereAlreadyNeedsNoRoomAgain() throws IOException {
        for (String name : List.of("a", "b")) {
            try (CachedRows rows = open(unlimited(), name)) {
                fill(rows);
            }
        }
        open(new RowCache(folder, 2 * layout().bytes()), "a").close();
        assertThat(names()).containsExactlyInAnyOrder(nameOf("a"), nameOf("b"));
    }

    @Test
    void whatARunOfThisProcessUsesStays() throws IOException {
        RowCache full = new RowCache(folder, 1);
        try (CachedRows used = open(full, "used")) {
            fill(used);
            try (CachedRows next = open(full, "next")) {
                assertThat(names()).contains(nameOf("used"), nameOf("next"));
                fill(next);
                assertRows(used);
            }
        }
        open(full, "third").close();
        assertThat(names()).containsExactly(nameOf("third"));
    }

    @Test
    void processesShareTheWorkAndWhatOneUsesNoOtherRemoves() throws Exception {
        Process other = other();
        try (BufferedReader said = other.inputReader()) {
            try (CachedRows rows = open(unlimited(), "a")) {
                assertThat(said.readLine()).isEqualTo("open");
                other.outputWriter().append("fill\n").flush();
                fill(rows);
                int theirs = Integer.parseInt(said.readLine());
                assertThat(decoder.total() + theirs).isEqualTo(ROWS);
                assertRows(rows);
            }
            RowCache full = new RowCache(folder, 1);
            open(full, "next").close();
            assertThat(names()).contains(nameOf("a"));
            other.outputWriter().append("end\n").flush();
            assertThat(other.waitFor()).isZero();
            open(full, "third").close();
            assertThat(names()).containsExactly(nameOf("third"));
        } finally {
            other.destroyForcibly();
        }
    }

    private Process other() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RowCacheTest.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another process: opens the same rows, and fills them when it is told to. */
    public static void main(String[] arguments) throws IOException {
        Counted decoder = new Counted(ROWS);
        try (CachedRows rows = open(RowCache.unlimited(Path.of(arguments[0])), "a", decoder)) {
            System.out.println("open");
            awaitLine();
            fill(rows);
            System.out.println(decoder.total());
            awaitLine();
        }
    }

    private static void awaitLine() throws IOException {
        while (System.in.read() != '\n') {
            // until the line ends
        }
    }

    private static void fill(CachedRows rows) {
        try (Filling filling = filling(rows)) {
            filling.end().join();
            assertThat(filling.rowsDone()).isEqualTo(filling.rowsTotal()).isEqualTo(ROWS);
        }
    }

    private static Filling filling(CachedRows rows) {
        return new Filling(
                List.of(new Filling.Part(rows, IntStream.range(0, ROWS).toArray())));
    }

    private static void assertRows(CachedRows rows) {
        IntStream.range(0, ROWS).forEach(row -> assertRow(rows, row));
    }

    private static void assertRow(CachedRows rows, int row) {
        ByteBuffer bytes = ByteBuffer.allocate(ROW_BYTES);
        rows.read(row, bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(bytes.array()).isEqualTo(contentOf(row));
        assertThat(rows.tag(row)).isEqualTo(tagOf(row));
    }

    private RowCache unlimited() {
        return RowCache.unlimited(folder);
    }

    private CachedRows open(RowCache cache, String name) {
        return open(cache, name, decoder);
    }

    private static CachedRows open(RowCache cache, String name, RowDecoder decoder) {
        return new CachedRows(cache, key(name), ROWS, decoder);
    }

    private static CacheKey key(String name) {
        return CacheKey.of(List.of(name), ROWS, ROW_BYTES);
    }

    private static RowLayout layout() {
        return new RowLayout(key("a"));
    }

    private static String nameOf(String name) {
        return key(name).hash().substring(0, 32) + ".rows";
    }

    private void used(String name, Instant when) throws IOException {
        Files.setLastModifiedTime(folder.resolve(nameOf(name)), FileTime.from(when));
    }

    private Path file() {
        return folder.resolve(nameOf("a"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".rows"))
                    .toList();
        }
    }

    private static void write(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }
}
