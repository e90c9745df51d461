package org.initlab.training.data.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.ClassCount;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.ContentException;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.DecodedSplit;
import org.initlab.training.data.Labels;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.Split;
import org.initlab.training.data.Splits;
import org.initlab.training.data.TableColumn;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.FlatRows;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {
    @TempDir
    Path datasets;

    private static DatasetSpec spec(String path, Integer trainLimit, Double positiveRate, String group) {
        return new DatasetSpec(
                "table",
                null,
                trainLimit,
                null,
                positiveRate,
                null,
                path,
                "y",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                group);
    }

    private static DatasetSpec spec(String path) {
        return spec(path, null, null, null);
    }

    private static DatasetSpec spec(String path, String testPath) {
        return new DatasetSpec(
                "table", null, null, null, null, null, path, "y", null, null, null, null, testPath, null, null, null);
    }

    private BinaryDataset load(DatasetSpec spec) {
        return new DatasetCatalog(datasets, DatasetAddresses.official(), RowCache.unlimited(datasets.resolve("cache")))
                .load(spec, new FlatRows(), () -> {});
    }

    private TableSpace space(long heapBytes) {
        return new TableSpace(RowCache.unlimited(datasets.resolve("cache")), heapBytes);
    }

    private TableSpace heap() {
        return space(Long.MAX_VALUE);
    }

    private void write(String name, String text, Charset charset) throws IOException {
        Path file = datasets.resolve(name);
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(text.getBytes(charset));
        }
    }

    private void write(String name, String header, int rows, IntFunction<String> row) throws IOException {
        String text = header + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", "\n", ""));
        write(name, text, StandardCharsets.UTF_8);
    }

    @Test
    void everyFormOfAFileIsTheSameData() throws IOException {
        String text = "x,y\n1,a\n\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n";
        write("plain.csv", text, StandardCharsets.UTF_8);
        String spaced = text.replace("\n\n", "\n \n") + "  \n";
        write("zipped.csv.gz", spaced.replace("\n", "\r\n"), StandardCharsets.UTF_8);
        write("tabs.TSV", "\uFEFF" + text.replace(",", "\t"), StandardCharsets.UTF_8);
        write("wide.csv", "\uFEFF" + text, StandardCharsets.UTF_16LE);
        write("semicolons.csv", text.replace(",", ";").replace("9;", "9,0;"), StandardCharsets.UTF_8);
        write("kept.csv", text.replaceAll("(?m)^([0-9]+),", "\"$1\t\","), StandardCharsets.UTF_8);
        write("unnamed.csv", text.replaceAll("(?m)^(.+)$", "7,$1,").replace("7,x", ",x"), StandardCharsets.UTF_8);

        Set<String> fingerprints = Stream.of(
                        "plain.csv",
                        "zipped.csv.gz",
                        "tabs.TSV",
                        "wide.csv",
                        "semicolons.csv",
                        "unnamed.csv",
                        "kept.csv")
                .map(file -> load(spec(file)).summary().fingerprint())
                .collect(Collectors.toSet());

        assertThat(fingerprints).hasSize(1);
    }

    @Test
    void theSplitIsStratifiedAndDependsOnTheSeed() throws IOException {
        write("t.csv", "x,y", 104, row -> row + "," + (row % 8 == 0 ? 1 : 0));
        RawTable table = RawTable.read(
                List.of(TableFile.find(datasets, "t.csv")),
                new TableLayout("y", List.of("x"), Set.of(), null),
                heap(),
                () -> {});
        PositiveClass positive = new PositiveClass(1, "1");

        TableRows rows = TableRows.of(table, spec("t.csv").withSplitDefaults(), positive);

        // 13 positive rows and 91 others: a fifth of each, rounded
        assertThat(rows.test()).hasSize(3 + 18);
        assertThat(rows.testClasses(table))
                .satisfies(classes -> assertThat(Arrays.stream(classes).sum()).isEqualTo(3));
        assertThat(IntStream.concat(Arrays.stream(rows.train()), Arrays.stream(rows.test()))
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(0, 104).boxed().toList());
        assertThat(rows.train())
                .isNotEqualTo(Arrays.stream(rows.train()).sorted().toArray());
        assertThat(TableRows.of(table, spec("t.csv").withSplitDefaults(), positive)
                        .test())
                .containsExactly(rows.test());
        DatasetSpec other = new DatasetSpec(
                "table", null, null, null, null, null, "t.csv", "y", null, null, null, null, null, 0.2, 1L, null);
        assertThat(TableRows.of(table, other, positive).test()).isNotEqualTo(rows.test());
    }

    @Test
    void rowsOfAGroupStayTogether() throws IOException {
        write("t.csv", "x,g,y", 200, row -> row + ",g" + row % 40 + "," + (row % 8 == 0 ? 1 : 0));
        RawTable table = RawTable.read(
                List.of(TableFile.find(datasets, "t.csv")),
                new TableLayout("y", List.of("x"), Set.of(), "g"),
                heap(),
                () -> {});

        TableRows rows =
                TableRows.of(table, spec("t.csv", null, null, "g").withSplitDefaults(), new PositiveClass(1, "1"));

        Set<Integer> train =
                Arrays.stream(rows.train()).mapToObj(row -> row % 40).collect(Collectors.toSet());
        Set<Integer> test = Arrays.stream(rows.test()).mapToObj(row -> row % 40).collect(Collectors.toSet());
        assertThat(train).hasSize(32).doesNotContainAnyElementsOf(test);
        // 5 of the 40 groups are positive
        assertThat(test).hasSize(8).filteredOn(group -> group % 8 == 0).hasSize(1);
    }

    @Test
    void statisticsAreThoseOfTheRowsThatAreKept() throws IOException {
        write("t.csv", "x,y", 1000, row -> row + "," + (row % 10 == 0 ? 1 : 0));
        DatasetSummary all = load(spec("t.csv")).summary();
        BinaryDataset few = load(spec("t.csv", 100, 0.5, null));

        assertThat(all.trainRows()).isEqualTo(800);
        int rows = few.summary().trainRows();
        assertThat(rows).isLessThan(40);
        assertThat(few.summary().trainPositiveRate()).isEqualTo(0.5);
        TableColumn column = few.summary().columns().get(0);
        assertThat(column.mean()).isNotEqualTo(all.columns().get(0).mean());
        assertThat(all.warnings()).anyMatch(warning -> warning.contains("rise from row to row"));
    }

    /** The first thousand texts could be numbers or texts; memory holds differences from then on. */
    @Test
    void manyNumbersFarFromZeroKeepTheirPrecision() throws IOException {
        write("t.csv", "x,y", 5000, row -> (1_600_000_000.0 + row * 7919 % 5000 / 4.0) + "," + row % 2);

        TableColumn column = load(spec("t.csv")).summary().columns().get(0);

        assertThat(column.kind()).isEqualTo(ColumnKind.NUMBER);
        assertThat(column.std()).isBetween(340.0, 380.0);
    }

    @Test
    void whatLooksOddIsAWarning() throws IOException {
        write(
                "t.csv",
                "x,leak,y",
                60,
                row -> row * 7 % 60 + "," + (row % 3 == 0 ? "paid late" : "fine") + ","
                        + List.of("a", "b", "c").get(row % 3));

        List<String> warnings = load(spec("t.csv")).summary().warnings();

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("3 values; \"a\" is trained against all the others");
        assertThat(warnings.get(1))
                .contains("alone tell the positive rows")
                .contains("\"leak\"")
                .doesNotContain("\"x\"");
    }

    @Test
    void theShippedTableNeedsNoFile() {
        DatasetSpec spec = new DatasetSpec("wisconsin", null, null, null, null, null);
        DatasetSummary data = load(spec).summary();

        assertThat(datasets.resolve("cache")).doesNotExist();
        assertThat(data.positiveClass().name()).isEqualTo("malignant");
        assertThat(data.trainRows()).isEqualTo(286 + 15);
        assertThat(data.testRows()).isEqualTo(71 + 4);
        assertThat(data.testCounts().get(1).count()).isEqualTo(4);
        assertThat(data.columns()).hasSize(30);
        assertThat(data.columns().get(0).name()).isEqualTo("mean radius");
        assertThat(data.columns().get(0).mean()).isBetween(12.0, 13.0);
        assertThat(data.warnings()).isEmpty();
    }

    /** Numbers, of which some columns have many late, texts, booleans and gaps; in several pages. */
    private void writeMixture() throws IOException {
        write(
                "t.csv",
                "a,late,text,b,bool,gaps,few,y",
                20_000,
                row -> row * 7919L % 20_011 / 7.0 + ","
                        + (row % 13 == 0 ? "" : 5e6 + (row < 9000 ? row * 31 % 900 : row * 7919 % 10_007) / 7.0) + ",t"
                        + row * 31 % 200 + "," + row * 104_729L % 1_000_003 + ","
                        + (row % 3 == 0 ? "true" : "False") + "," + (row % 5 == 0 ? "" : "k" + row % 4) + "," + row % 7
                        + "," + (row * 17 % 11 == 0 ? "yes" : "no"));
    }

    private static byte[] read(Split split, int... positions) {
        ByteBuffer bytes = ByteBuffer.allocate(split.bytes(positions.length)).order(ByteOrder.nativeOrder());
        split.read(positions, bytes, () -> {});
        assertThat(bytes.hasRemaining()).isFalse();
        return bytes.array();
    }

    private BinaryDataset load(DatasetSpec given, TableSpace space) {
        Tables tables = new Tables(datasets, space);
        DatasetSpec spec = tables.resolved(given);
        PositiveClass positive = tables.defaultPositiveClass(spec);
        LoadRequest request = new LoadRequest(spec, positive, new FlatRows(), () -> {});
        Splits splits = tables.read(request);
        return BinaryDataset.of(
                request,
                splits,
                view(splits.train(), positive),
                view(splits.test(), positive),
                tables.classNames(spec),
                tables.notes(spec, positive));
    }

    private static Split view(DecodedSplit split, PositiveClass positive) {
        int[] all = IntStream.range(0, split.classes().length).toArray();
        return split.select(new Labels(all, split.classes(), positive.index()), new FlatRows());
    }

    /** The fingerprint is what versions without files on disk computed: experiments that they began go on. */
    @ParameterizedTest
    @ValueSource(longs = {0, 600_000, Long.MAX_VALUE})
    void aTableIsTheSameDataWhereverItIs(long heapBytes) throws IOException {
        writeMixture();

        try (BinaryDataset data = load(spec("t.csv"), space(heapBytes))) {
            assertThat(data.summary().fingerprint())
                    .isEqualTo("sha256:fd3bdaf94b89062aef8eb365d12d2b63b93e9acb081c892663015e5b4f265e1c");
            int[] some = IntStream.range(0, 500).map(i -> i * 7919 % 16_000).toArray();
            ByteBuffer oneByOne = ByteBuffer.allocate(data.train().bytes(some.length));
            Arrays.stream(some).forEach(position -> oneByOne.put(read(data.train(), position)));
            assertThat(read(data.train(), some)).isEqualTo(oneByOne.array());
            if (heapBytes < Long.MAX_VALUE) {
                // without a name, so that nothing is left, however the process ends
                assertThat(datasets.resolve("cache")).isEmptyDirectory();
            } else {
                assertThat(datasets.resolve("cache")).doesNotExist();
            }
        }
    }

    /** Else the fault in the last row would be found. */
    @Test
    void whoeverStopsTheWorkIsHeardWhileTheTableIsRead() throws IOException {
        writeMixture();
        Files.writeString(datasets.resolve("t.csv"), "\n1,2", StandardOpenOption.APPEND);
        DatasetCatalog catalog = new DatasetCatalog(
                datasets, DatasetAddresses.official(), RowCache.unlimited(datasets.resolve("cache")));

        assertThatThrownBy(() -> catalog.load(spec("t.csv"), new FlatRows(), () -> {
                    throw new CancellationException();
                }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aDiskThatTakesNoMoreIsToldInWords() throws IOException {
        writeMixture();
        Files.createFile(datasets.resolve("cache"));

        assertThatThrownBy(() -> load(spec("t.csv"), space(0)))
                .isExactlyInstanceOf(TrainingException.class)
                .hasMessageStartingWith("cannot keep data in the cache (")
                .hasMessageContaining("initlab.cache.folder");
        assertThat(load(spec("t.csv")).summary().trainRows()).isEqualTo(16_000);
    }

    /** The first text is the JVM's; only a broken disk makes it throw this. */
    @Test
    void aPageThatTheDiskDoesNotGiveBackIsToldAndNotKept() throws IOException {
        writeMixture();
        DatasetCatalog catalog = new DatasetCatalog(
                datasets, DatasetAddresses.official(), RowCache.unlimited(datasets.resolve("cache")));
        FeatureRows kept = trainRows(catalog);
        assertThat(trainRows(catalog)).isSameAs(kept);

        assertThat(catalog.explained(new InternalError(
                        "a fault occurred in a recent unsafe memory access operation in compiled Java code")))
                .hasMessageContaining("initlab.cache.folder could not be read; check that disk, and retry");

        assertThat(trainRows(catalog)).isNotSameAs(kept);
        assertThatThrownBy(() -> catalog.explained(new InternalError("another")))
                .isInstanceOf(InternalError.class);
    }

    private FeatureRows trainRows(DatasetCatalog catalog) {
        return ((SelectedRows)
                        catalog.load(spec("t.csv"), new FlatRows(), () -> {}).train())
                .rows();
    }

    /** Values {3, 5}, as one split of two classes. */
    private FeatureRows twoRows() {
        try (CellRows.Writer writer = heap().rows(1)) {
            writer.add(new float[] {3});
            writer.add(new float[] {5});
            Moments none = new Moments(0);
            Encoder number = Encoder.Standardised.of(RawColumn.Numbers.few("x", new double[0]), none, 0, 1);
            return new FeatureRows(new FeatureLayout(List.of(number)), writer.build(), new int[] {0, 1});
        }
    }

    @Test
    void aBatchThatNoArrayHoldsIsToldInWords() {
        Split split = new SelectedRows(twoRows(), new Labels(new int[] {0, 1}, new int[] {0, 1}, 1));

        assertThat(split.bytes(1 << 28)).isEqualTo(1 << 30);
        assertThatThrownBy(() -> split.bytes(1 << 29))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("a batch of 536,870,912 rows takes 2,147 MB")
                .hasMessageContaining("choose a smaller training.batchSize");
    }

    /** The loader fills its memory again as soon as the batch is closed, and a module may keep what it has seen. */
    @Test
    void aNetworkSeesACopyOfTheLoadersMemory() {
        Split split = new SelectedRows(twoRows(), new Labels(new int[] {0, 1}, new int[] {0, 1}, 1));
        ByteBuffer bytes = ByteBuffer.allocateDirect(2 * Float.BYTES).order(ByteOrder.nativeOrder());
        split.read(new int[] {1, 0}, bytes, () -> {});
        try (NDManager manager = NDManager.newBaseManager(PyTorch.device("cpu"))) {
            NDArray input = split.pipeline(manager).apply(split.wrap(manager, bytes.flip(), 2));
            bytes.putFloat(0, 7);

            assertThat(input.toFloatArray()).containsExactly(5, 3);
        }
    }

    @Test
    void whatWasGuessedWhileReadingIsAWarning() throws IOException {
        write(
                "t.csv",
                ";price;zip;size;share;y",
                120,
                row -> row + ";" + row + ",5;0" + row % 7 + ";" + (row == 50 ? "none" : row % 20) + ";" + row % 9
                        + " %;" + row % 2);

        List<String> warnings = load(spec("t.csv")).summary().warnings();

        assertThat(warnings)
                .contains(
                        datasets.getFileName()
                                + "/t.csv has a column without a name in its first line; it is left out.",
                        "Columns that hold numbers with decimal commas, 1,5 being read as 1.5: \"price\".",
                        "Columns that hold numbers with leading zeros, as codes do, and are read as numbers: \"zip\".",
                        "Columns that hold numbers with signs such as % or $, each value being a feature of its own; write them"
                                + " without the signs: \"share\".");
        assertThat(warnings)
                .anyMatch(warning -> warning.startsWith(datasets.getFileName()
                        + "/t.csv, row 51 (line 52), column \"size\" has the text \"none\" among numbers"));
    }

    @Test
    void idsAndCopiesOfTheLabelAreWarningsHoweverTheyLook() throws IOException {
        write(
                "t.csv",
                "id,name,since,code,same,x,y",
                200,
                row -> row * 7919 % 1000 + ",n" + row + ","
                        + (row % 5 == 0 ? 3.5 * row : "") + ","
                        + List.of(4, 1, 2, 7, 0).get(row % 5) + ",here," + row % 11 + ","
                        + (row % 5 == 0 ? "yes" : "no"));

        assertThat(load(spec("t.csv")).summary().warnings())
                .containsExactly(
                        "Columns that are 1, as all training rows have the same value: \"same\".",
                        "Columns that hold a different whole number in each row, as ids do: \"id\".",
                        "Columns that hold texts that hardly repeat, as names and ids do: \"name\".",
                        "Columns that alone tell the positive rows from the others; they may come from the label: \"since\","
                                + " \"code\".");
    }

    /** A second file is often written by another program. */
    @Test
    void spellingsOfOneValueAreOneClass() throws IOException {
        write("train.csv", "x,y", 20, row -> row + "," + (row % 4 == 0 ? 1 : 0));
        write("test.csv", "x,y", 20, row -> row + "," + (row % 2 == 0 ? "1.0" : "0.0"));
        write(
                "booleans.csv",
                "x,y",
                20,
                row -> row + "," + List.of("True", "TRUE", "false", "False").get(row % 4));
        write(
                "words.csv",
                "x,y",
                20,
                row -> row + "," + List.of("1", "0", "1.0").get(row % 3));
        Files.writeString(datasets.resolve("words.csv"), "\n7,none", StandardOpenOption.APPEND);

        DatasetSummary numbers = load(spec("train.csv", "test.csv")).summary();
        assertThat(numbers.trainCounts()).extracting(ClassCount::name).containsExactly("0", "1");
        assertThat(numbers.testPositiveRate()).isEqualTo(0.5);
        assertThat(load(spec("booleans.csv")).summary().trainCounts())
                .extracting(ClassCount::name)
                .containsExactly("False", "TRUE");
        assertThat(load(spec("words.csv")).summary().trainCounts()).hasSize(4);
        assertThat(load(spec("train.csv", "words.csv")).summary().warnings())
                .contains("The label \"y\" has values in the second file that the first lacks: \"1.0\", \"none\".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t.csv | '\u001F\u008B\b' | is compressed by gzip; add .gz to its name",
                "t.csv.gz | 'x,y' | is not compressed by gzip",
                "t.csv | 'PK\u0003\u0004' | is a spreadsheet or an archive",
                "t.tsv | '\u00D0\u00CF\u0011\u00E0' | is a spreadsheet or an archive",
                "t.csv | 'PAR1' | is a Parquet file",
            })
    void aFileOfAnotherKindThanItsNameSaysIsToldByItsFirstBytes(String name, String first, String message)
            throws IOException {
        Files.write(datasets.resolve(name), first.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> TableFile.find(datasets, name).open())
                .isExactlyInstanceOf(TrainingException.class)
                .hasMessageContaining("/" + name + " " + message);
    }

    @Test
    void aFolderIsNoTable() throws IOException {
        Files.createDirectory(datasets.resolve("parts.parquet"));

        assertThatThrownBy(() -> TableFile.find(datasets, "parts.parquet"))
                .hasMessageContaining("/parts.parquet is no file");
    }

    @Test
    void twoDecimalMarksInAColumnAreNotGuessedAt() throws IOException {
        write("t.csv", "x;y\n1,5;a\n1.234;b\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> load(spec("t.csv")))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("row 1 (line 2), column \"x\" has \"1,5\", and")
                .hasMessageContaining("row 2 (line 3), column \"x\" has \"1.234\"; write all");
    }

    /** So that one quote does not take the whole file into memory. */
    @Test
    void aQuoteThatIsNeverClosedEndsTheReadingEarly() throws IOException {
        write("t.csv", "x,y\n1,a\n2,\"b\n" + "3,a\n".repeat(5_000_000), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> load(spec("t.csv")))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("near row 2")
                .hasMessageContaining("a quote is opened and not closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'1,2,a' | row 3 (line 4) has 3 fields",
                "'1' | row 3 (line 4) has 1 field, and",
                "'1,a,' | columns; if all rows end with \",\", add one to the end of the first line",
                "'-2e38,a' | row 3 (line 4), column \"x\" has the number -2e38, and numbers may be as large as 1e38",
                "'1\0,a' | row 3 (line 4), column \"x\" has a text with the character U+0000 in it, \"1\\0\"",
                "'1,a\0' | row 3 (line 4), column \"y\" has a text with the character U+0000 in it, \"a\\0\"",
                "'inf,a' | row 3 (line 4), column \"x\" has the infinite number inf",
                "'x,y' | row 3 (line 4) repeats the columns' names, as where files were joined",
                "'\uFEFFx,y' | row 3 (line 4) repeats the columns' names",
                "'1,NA' | row 3 (line 4), column \"y\" has no value",
                "'\"1,234\",a' | row 3 (line 4), column \"x\" has \"1,234\"; write numbers as 1234.5",
                "'\"1' | near row 3 (line 4): a quote is opened and not closed",
                "'\"1\"2,a' | near row 3 (line 4): a quote is opened and not closed, or closed before the field ends",
            })
    void aRowThatCannotBeUsedIsNamed(String row, String message) throws IOException {
        write("t.csv", "x,y\n1,a\n2,b\n" + row + "\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> load(spec("t.csv")))
                .isInstanceOf(ContentException.class)
                .hasMessageStartingWith(datasets.getFileName() + "/t.csv, ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\0");
    }

    @Test
    void aSingleColumnIsMostLikelySeveralWithSomethingElseBetweenThem() throws IOException {
        write("t.csv", "x|y\n1|a\n2|b\n", StandardCharsets.UTF_8);

        assertThat(new Tables(datasets, heap()).faults(spec("t.csv")))
                .singleElement()
                .extracting(DatasetFault::detail, STRING)
                .contains("which has only \"x|y\"", "commas, semicolons or tabs");
    }

    /** Half a table would train without a word. */
    @Test
    void aDamagedPartOfACompressedFileIsToldAndNotLeftOut() throws IOException {
        write("joined.csv.gz", "x,y\n1,a\n2,b\n", StandardCharsets.UTF_8);
        write("second.csv.gz", "3,a\n4,b\n", StandardCharsets.UTF_8);
        byte[] second = Files.readAllBytes(datasets.resolve("second.csv.gz"));
        Files.write(datasets.resolve("joined.csv.gz"), second, StandardOpenOption.APPEND);
        DatasetSpec spec = spec("joined.csv.gz", "joined.csv.gz");
        DatasetSummary whole = load(spec).summary();
        assertThat(whole.trainRows()).isEqualTo(4);
        assertThat(whole.warnings())
                .anyMatch(warning -> warning.startsWith("The test split is the file that is trained on"));

        second[1] ^= 1;
        write("joined.csv.gz", "x,y\n1,a\n2,b\n", StandardCharsets.UTF_8);
        Files.write(datasets.resolve("joined.csv.gz"), second, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> load(spec))
                .isInstanceOf(TrainingException.class)
                .hasMessageContainingAll("/joined.csv.gz", "after a valid .gz stream");
    }

    @Test
    void aColumnOfFreeTextIsNamedWithWhatToDo() throws IOException {
        write("t.csv", "x,y", 1500, row -> "text" + row + "," + row % 2);

        assertThatThrownBy(() -> load(spec("t.csv")))
                .hasMessageContaining("row 1 (line 2), column \"x\" has the text \"text0\"")
                .hasMessageContaining("more than 1,000 different values")
                .hasMessageContaining("exclude");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "',' | names no column",
                "'x,\"y' | quote",
                "'x,y,x' | several columns named \"x\"",
                "'x\0,y' | U+0000",
                "'' | is empty"
            })
    void aHeaderThatCannotBeUsedIsRefused(String header, String message) throws IOException {
        write("t.csv", header, StandardCharsets.UTF_8);

        assertThatThrownBy(() -> TableFile.find(datasets, "t.csv").open())
                .isInstanceOf(TrainingException.class)
                .isNotInstanceOf(ContentException.class)
                .hasMessageContaining(message);
    }
}
