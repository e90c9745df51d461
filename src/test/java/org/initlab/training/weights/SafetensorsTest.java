package org.initlab.training.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void theGoldenFileReadsAsPyTorchReadIt() {
        Golden.assertEqual(Safetensors.read(Golden.FOLDER.resolve("tiny.safetensors")), Golden.tiny());
    }

    @Test
    void whatIsWrittenReadsBackWithItsOrderBitsAndMetadata() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        float[] many = new float[20_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = (float) Math.sin(i);
        }
        tensors.put("z.many", new Tensor(new long[] {100, 200}, many));
        tensors.put("a.scalar", new Tensor(new long[] {}, new float[] {Float.NaN}));
        tensors.put("empty", new Tensor(new long[] {0, 3}, new float[0]));
        tensors.put("a.bias", new Tensor(new long[] {3}, new float[] {-0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE}));
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            Safetensors.write(new StateDict(tensors), Map.of("epoch", "3", "näme", "\"x\""), out);
        }

        Map<String, Tensor> read = Safetensors.read(file).tensors();
        assertThat(read.keySet()).containsExactly("z.many", "a.scalar", "empty", "a.bias");
        tensors.forEach((name, tensor) -> {
            assertThat(read.get(name).shape()).isEqualTo(tensor.shape());
            assertThat(read.get(name).values()).isEqualTo(tensor.values());
        });
        assertThat(Safetensors.readMetadata(file)).containsOnly(Map.entry("epoch", "3"), Map.entry("näme", "\"x\""));
        long header = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        assertThat(header % 8).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} {}",
                "null",
                "[]",
                "{\"a\":null}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8]}}",
                "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2,-1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1073741824],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9223372036854775808]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],"
                    + "\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],"
                    + "\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],"
                    + "\"data_offsets\":[0,8]}}",
                "{\"__metadata__\":{\"a\":{}},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"__metadata__\":null,\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
            })
    void aHeaderThatDoesNotFitTheDataIsRefusedWithTheFilesName(String header) throws IOException {
        byte[] json = header.getBytes(UTF_8);
        assertRefused(file(json.length, json, new byte[8]));
    }

    @Test
    void aLyingHeaderLengthIsRefused() throws IOException {
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1 << 30, 11, 1, 0}) {
            assertRefused(file(length, "{}".getBytes(UTF_8), new byte[8]));
        }
    }

    @Test
    void deepNestingInTheHeaderIsRefused() throws IOException {
        byte[] json = ("{\"a\":" + "[".repeat(1_000_000)).getBytes(UTF_8);
        assertRefused(file(json.length, json, new byte[0]));
    }

    @Test
    void aMissingFileIsNamedWithoutItsFolder() {
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("gone.safetensors")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("gone.safetensors")
                .message()
                .doesNotContain(folder.toString());
    }

    private Path file(long headerLength, byte[] json, byte[] data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(headerLength).put(json).put(data);
        return Files.write(folder.resolve("bad.safetensors"), bytes.array());
    }

    private static void assertRefused(Path file) {
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("The weights file bad.safetensors cannot be used: ");
    }
}
