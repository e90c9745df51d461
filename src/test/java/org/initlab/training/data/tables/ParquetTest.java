package org.initlab.training.data.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.ContentException;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.FlatRows;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are pandas' and pyarrow's; {@code golden/table_parquet.py} writes them. */
class ParquetTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path datasets;

    private DatasetSummary load(String path, String testPath) {
        DatasetSpec spec = new DatasetSpec(
                "table",
                "yes",
                null,
                null,
                null,
                null,
                path,
                "fraud",
                null,
                null,
                List.of("amount"),
                2.0,
                testPath,
                null,
                null,
                null);
        return new DatasetCatalog(datasets, DatasetAddresses.official(), RowCache.unlimited(datasets.resolve("cache")))
                .load(spec, new FlatRows(), () -> {})
                .summary();
    }

    private TableReader open(String name) {
        return TableFile.find(datasets, name).open();
    }

    private void copy(String... names) throws IOException {
        for (String name : names) {
            Files.copy(GOLDEN.resolve(name), datasets.resolve(name));
        }
    }

    @Test
    void theSameRowsAreTheSameDataAsInText() throws IOException {
        copy("table_train.csv", "table_test.csv", "table_train.parquet", "table_test.parquet");

        DatasetSummary text = load("table_train.csv", "table_test.csv");
        DatasetSummary parquet = load("table_train.parquet", "table_test.parquet");

        assertThat(parquet.columns()).isEqualTo(text.columns());
        assertThat(parquet.fingerprint()).isEqualTo(text.fingerprint());
        assertThat(load("table_train.parquet", "table_test.csv").fingerprint()).isEqualTo(text.fingerprint());
        assertThat(parquet.warnings())
                .anyMatch(warning -> warning.contains("table_test.parquet: \"__index_level_0__\""));
    }

    @Test
    void everyKindOfColumnIsReadOrLeftOut() throws IOException {
        copy("kinds.parquet");
        try (TableReader reader = open("kinds.parquet")) {
            int columns = reader.header().size();
            List<String> read = new ArrayList<>();
            while (reader.next()) {
                read.add(Arrays.toString(
                        IntStream.range(0, columns).mapToObj(reader::field).toArray()));
            }

            assertThat(reader.header())
                    .containsExactly(
                            "int",
                            "delta",
                            "unsigned",
                            "half",
                            "decimal",
                            "bool",
                            "NA",
                            "category",
                            "date",
                            "time",
                            "last");
            assertThat(IntStream.range(0, columns)
                            .mapToObj(column ->
                                    reader.kind(column).orElseThrow().name().charAt(0))
                            .map(String::valueOf))
                    .containsExactly("N", "N", "N", "N", "N", "B", "T", "T", "T", "T", "N");
            assertThat(read)
                    .containsExactly(
                            "[1, 1, 255, 0.5, 1.25, True, NA, b, 2024-02-29, 2024-02-29T12:30:15.000000000, 1.5]",
                            "[null, 2, 0, 1, null, null, null, a, null, 2024-02-29T12:30:15.000000000, null]",
                            "[-3, 4, 1, -2, -0.5, False, 1, b, 1969-12-31, 2024-02-29T12:30:15.000000000, 2.5]");
            assertThat(reader.note().orElseThrow()).contains("\"list\", \"struct\"");
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        copy("bytes.parquet");
        try (TableReader reader = open("bytes.parquet")) {
            reader.next();

            assertThat(reader.field(1)).isEqualTo("é");
            assertThatThrownBy(() -> reader.field(0))
                    .isInstanceOf(ContentException.class)
                    .hasMessageContaining("/bytes.parquet, column \"bytes\": a value is not a text in UTF-8");
        }
    }

    @Test
    void everyDigitOfAnIdCountsAndEveryBitOfACheckedPage() throws IOException {
        copy("checked.parquet");
        assertThat(texts("checked.parquet", 0))
                .containsExactly("9007199254740992", "9007199254740993", "9007199254740994", "9007199254740995");

        byte[] bytes = Files.readAllBytes(datasets.resolve("checked.parquet"));
        int mantissa = indexOf(
                bytes,
                ByteBuffer.allocate(Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(2.5)
                        .array());
        bytes[mantissa] ^= 1;
        Files.write(datasets.resolve("flipped.parquet"), bytes);
        assertThat(texts("flipped.parquet", 0)).hasSize(4);
        assertThatThrownBy(() -> texts("flipped.parquet", 1))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("/flipped.parquet, row 1, column \"x\" cannot be decoded; the file is damaged");
    }

    private List<String> texts(String name, int column) {
        List<String> texts = new ArrayList<>();
        try (TableReader reader = open(name)) {
            while (reader.next()) {
                texts.add(reader.field(column));
            }
        }
        return texts;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    /** Apache's own example of one that some writers make. */
    @Test
    void aCompressedPageWithoutValuesMayTakeNoBytes() throws IOException {
        copy("datapage_v2_empty_datapage.snappy.parquet");
        assertThat(texts("datapage_v2_empty_datapage.snappy.parquet", 0)).containsExactly((String) null);
    }

    @Test
    void whatIsNoParquetFileIsRefused() throws IOException {
        Files.writeString(datasets.resolve("text.parquet"), "x,y\n1,2\n3,4\n5,6\n7,8\n");
        copy("table_train.parquet");
        byte[] whole = Files.readAllBytes(datasets.resolve("table_train.parquet"));
        Files.write(datasets.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length - 100));

        for (String name : List.of("text.parquet", "cut.parquet")) {
            assertThatThrownBy(() -> open(name))
                    .isExactlyInstanceOf(TrainingException.class)
                    .hasMessageContaining("/" + name + " is not a Parquet file, or it is damaged");
        }
    }

    @Test
    void aDamagedPageIsNamedByRowAndColumn() throws IOException {
        copy("table_train.parquet");
        byte[] bytes = Files.readAllBytes(datasets.resolve("table_train.parquet"));
        Arrays.fill(bytes, 100, 400, (byte) 0xFF);
        Files.write(datasets.resolve("torn.parquet"), bytes);

        assertThatThrownBy(() -> load("torn.parquet", "table_train.parquet"))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("/torn.parquet, row 1, column \"age\" cannot be decoded");
    }

    /** The seed is fixed, so that a failure stays one. */
    @Test
    void noDamageDoesMoreThanFail() throws IOException {
        byte[] whole = Files.readAllBytes(GOLDEN.resolve("table_train.parquet"));
        copy("table_test.csv");
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = whole.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(datasets.resolve("flipped.parquet"), bytes);
            try {
                load("flipped.parquet", "table_test.csv");
            } catch (TrainingException e) {
                assertThat(e.getMessage()).as("bit flipped at %d", at).doesNotContain("null", "Exception");
            }
        }
    }
}
