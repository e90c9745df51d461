package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as a broken download, a broken disk or an attacker leaves them; the timeout catches a test that hangs. */
@Timeout(120)
class DamagedFileTest {
    private static final int MUTATIONS = 500;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny_zip.pth", "tiny_legacy.pth", "tiny.safetensors"})
    void aFileThatIsTruncatedAnywhereIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.FOLDER.resolve(name));
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "bad.pth cannot be used: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny_zip.pth",
                "tiny_nested.pth",
                "tiny_legacy.pth",
                "tiny.safetensors",
                "../weights/wrapped/everything_2.pth",
                "../weights/wrapped/everything_5.pth",
                "../weights/wrapped/everything_legacy.pth"
            })
    void aFileWithChangedBytesIsReadOrRefusedAndNothingElse(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.FOLDER.resolve(name));
        Random random = new Random(1);
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            byte[] bytes = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                read(bytes);
            } catch (TrainingException refused) {
                // a refusal is as good as reading it
            } catch (Throwable e) {
                fail(name + ", mutation " + mutation, e);
            }
        }
    }

    @Test
    void anotherByteOrderIsRefused() throws IOException {
        assertRefused(zip(Map.of("x/data.pkl", new byte[0], "x/byteorder", ascii("big"))), "a big-endian machine");
        byte[] legacy = Files.readAllBytes(Golden.FOLDER.resolve("tiny_legacy.pth"));
        int value = indexOf(legacy, ascii("little_endian")) + "little_endian".length();
        while (legacy[value] != (byte) 0x88) {
            value++;
        }
        legacy[value] = (byte) 0x89;
        assertRefused(legacy, "a big-endian machine");
    }

    @Test
    void aZipThatTorchDidNotWriteIsRefused() throws IOException {
        assertRefused(zip(Map.of("data.pkl", new byte[0], "a/b/data.pkl", new byte[0])), "0 entries called …/data.pkl");
        assertRefused(zip(Map.of("a/data.pkl", new byte[0], "b/data.pkl", new byte[0])), "2 entries called …/data.pkl");
        assertRefused(zip(Map.of("../data.pkl", new byte[0])), "its pickle is damaged or ends too early");
    }

    @Test
    void anEntryWhoseCommentIsNotUtf8IsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("x/data.pkl");
            entry.setComment("comment");
            zip.putNextEntry(entry);
        }
        byte[] content = bytes.toByteArray();
        content[indexOf(content, ascii("comment"))] = (byte) 0xff;
        // Java 25 reads past such a comment, to a pickle that is empty
        assertRefused(content, "bad.pth");
    }

    @Test
    void anEntryThatClaimsMoreThanItHasIsRefused() throws IOException {
        int claimed = 1 << 20;
        byte[] pickle = new PickleBytes()
                .op("}")
                .tensor("a", "FloatStorage", claimed, 0, new long[] {claimed}, new long[] {1})
                .stop();
        byte[] zip = zip(Map.of("x/data.pkl", pickle, "x/data/0", new byte[44_444]));
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < zip.length - 4; i++) {
            if (bytes.getInt(i) == 44_444) {
                bytes.putInt(i, claimed * Float.BYTES);
            }
        }
        assertRefused(zip, "it ends too early");
    }

    @Test
    void aLegacyFileWhoseStorageClaimsMoreThanItHasIsRefused() throws IOException {
        byte[] legacy = Files.readAllBytes(Golden.MORE.resolve("views_legacy.pth"));
        // the storage of "other" is the only one of two elements
        int count = indexOf(legacy, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f});
        legacy[count + 4] = 1;
        assertRefused(legacy, "has 4,294,967,298 elements, but 2 according to the pickle");
    }

    @Test
    void aPickleThatTorchSaveDidNotWriteIsRefused() throws IOException {
        assertRefused(new PickleBytes().op("\u0080\u0002}").stop(), "the magic number is wrong");
    }

    private void assertRefused(byte[] content, String reason) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(reason);
    }

    private void read(byte[] content) throws IOException {
        Files.write(folder.resolve("bad.pth"), content);
        StateDicts.read(folder, "bad.pth", Map.of());
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
