package org.initlab.training.data.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.Split;
import org.initlab.training.data.TableColumn;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.FlatRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against pandas' and scikit-learn's numbers; see golden/table.py. */
class EqualToScikitLearnTest {
    @TempDir
    Path datasets;

    @Test
    void featuresAreScikitLearns() throws IOException {
        for (String split : List.of("train", "test")) {
            String file = "table_" + split + ".csv";
            try (InputStream in = getClass().getResourceAsStream("/golden/" + file)) {
                Files.copy(in, datasets.resolve(file));
            }
        }
        JsonNode golden = golden();
        DatasetSpec spec = new DatasetSpec(
                "table",
                "yes",
                null,
                null,
                null,
                null,
                "table_train.csv",
                "fraud",
                null,
                null,
                List.of("amount"),
                golden.get("clip").asDouble(),
                "table_test.csv",
                null,
                null,
                null);
        BinaryDataset data = new DatasetCatalog(
                        datasets, DatasetAddresses.official(), RowCache.unlimited(datasets.resolve("cache")))
                .load(spec, new FlatRows(), () -> {});

        assertRows(data.train(), golden.get("train"));
        assertRows(data.test(), golden.get("test"));
        assertThat(data.summary().trainPositiveRate()).isEqualTo(0.2);
        for (JsonNode expected : golden.get("columns")) {
            assertColumn(data.summary().columns(), expected);
        }
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = EqualToScikitLearnTest.class.getResourceAsStream("/golden/table.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static void assertRows(Split split, JsonNode expected) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            int[] all = IntStream.range(0, split.labels().count()).toArray();
            float[] values = split.load(manager, all).toFloatArray();
            float[] numbers = new float[values.length];
            int at = 0;
            for (JsonNode row : expected) {
                for (JsonNode value : row) {
                    numbers[at] = (float) value.asDouble();
                    at++;
                }
            }
            assertThat(at).isEqualTo(values.length);
            assertThat(values).containsExactly(numbers, Offset.offset(1e-5f));
        }
    }

    private static void assertColumn(List<TableColumn> columns, JsonNode expected) {
        TableColumn column = columns.stream()
                .filter(candidate ->
                        candidate.name().equals(expected.get("name").asString()))
                .findFirst()
                .orElseThrow();
        if (expected.has("values")) {
            assertThat(column.values())
                    .containsExactlyElementsOf(expected.get("values")
                            .valueStream()
                            .map(value -> value.isNull() ? null : value.asString())
                            .toList());
        } else {
            assertThat(column.mean()).isCloseTo(expected.get("mean").asDouble(), within(1e-5));
            assertThat(column.std()).isCloseTo(expected.get("std").asDouble(), within(1e-5));
        }
    }
}
