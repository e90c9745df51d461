package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles in otherwise valid zip files; the timeout catches a test that hangs. */
@Timeout(120)
class HostilePickleTest {
    private static final long[] TWO = {2};
    private static final long[] ONE = {1};

    @TempDir
    Path folder;

    @Test
    void aHandWrittenTensorLikeTheHostileOnesIsRead() throws IOException {
        StateDict read = read(new PickleBytes()
                .op("}")
                .tensor("a", "FloatStorage", 2, 0, TWO, ONE)
                .stop());
        assertThat(read.tensors().get("a").values()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "builtins, getattr",
        "__builtin__, bytearray",
        "array, array",
        "decimal, Decimal",
        "datetime, datetime",
        "exceptions, Exception",
        "subprocess, Popen",
        "torch.storage, _load_from_bytes",
        "torch, FloatStorage.from_file",
        "java.lang.Runtime, getRuntime"
    })
    void everyOtherGlobalIsAnInertPlaceholder(String module, String name) throws IOException {
        String refusal = "a whole object, " + module + "." + name + ", whose code is not run";
        assertRefused(
                new PickleBytes()
                        .global(module, name)
                        .text("touch x")
                        .op("\u0085R")
                        .stop(),
                refusal);
        assertRefused(
                new PickleBytes()
                        .global(module, name)
                        .text("touch x")
                        .op("\u0085\u0081")
                        .stop(),
                refusal);
        assertRefused(new PickleBytes().text(module).text(name).op("\u0093)R").stop(), refusal);
        assertRefused(
                new PickleBytes()
                        .op("(")
                        .global(module, name)
                        .text("touch x")
                        .op("o")
                        .stop(),
                refusal);
        assertRefused(new PickleBytes().global(module, name).op(")}\u0092}b").stop(), refusal);
        assertRefused(
                new PickleBytes()
                        .op("(")
                        .text("touch x")
                        .op("i")
                        .raw(module + "\n" + name + "\n")
                        .stop(),
                "opcode 105");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void placeholdersBesideTheTensorsAreLeftOut() throws IOException {
        PickleBytes pickle = new PickleBytes().op("}").text("a.args");
        pickle.global("os", "system").text("touch x").op("\u0085R}").text("lr").op("Nsbs");
        assertThat(read(pickle.tensor("a", "FloatStorage", 2, 0, TWO, ONE).stop())
                        .tensors())
                .containsOnlyKeys("a");
    }

    @ParameterizedTest
    @CsvSource({
        "numpy.core.multiarray, _reconstruct",
        "torch._utils, _rebuild_qtensor",
        "torch._utils, _rebuild_sparse_tensor",
        "my.module, Tensor"
    })
    void aPlaceholderWhereATensorIsNeededIsNamed(String module, String name) throws IOException {
        PickleBytes pickle = new PickleBytes().op("}").tensor("a", "FloatStorage", 2, 0, TWO, ONE);
        write(pickle.text("module.b").global(module, name).op(")Rs").stop());
        Map<String, long[]> network = Map.of("a", TWO, "b", TWO);
        Outline outline = StateDicts.outline(folder, "bad.pth", network);
        assertThat(Misfit.of(network, outline)).hasValueSatisfying(misfit -> assertThat(misfit)
                .contains("b is not a tensor that can be read but " + module + "." + name));
    }

    /** A name of a megabyte that two opcodes of two bytes ask for again and again would unfold to a terabyte. */
    @Test
    void aLongNameIsNotMultiplied() throws IOException {
        PickleBytes names = new PickleBytes().op("](").text("x".repeat(1 << 20)).op("q\u0000");
        assertRefused(names.op("h\u0000h\u0000\u0093".repeat(500_000)).op("e").stop(), "a name that is too long");
    }

    @Test
    void aMillionPlaceholdersAreHeld() throws IOException {
        PickleBytes many = new PickleBytes().op("](").global("os", "system").op("q\u0000");
        assertRefused(many.op("h\u0000)R".repeat(700_000)).op("e").stop(), "does not hold a dict");
    }

    @Test
    void manyDictsAndManyPrefixesAreSearchedInLittleTime() throws IOException {
        PickleBytes dicts = new PickleBytes()
                .op("](")
                .global("torch._utils", "_rebuild_tensor_v2")
                .op("(");
        dicts.storage("FloatStorage", "0", 2).view(0, TWO, ONE).op("q\u0001").text("module.".repeat(30) + "a");
        write(dicts.op("q\u0000").op("}h\u0000h\u0001s".repeat(500_000)).op("e").stop());
        Map<String, long[]> network = new HashMap<>(Map.of("a", TWO));
        for (int i = 0; i < 2000; i++) {
            network.put("part" + i % 10 + ".weight" + i, TWO);
        }
        assertThat(StateDicts.outline(folder, "bad.pth", network).shapes()).containsOnlyKeys("a");
    }

    @Test
    void aPlaceholderThatHoldsItselfIsNoEndlessSearch() throws IOException {
        PickleBytes itself = new PickleBytes()
                .global("os", "environ")
                .op("q\u0000")
                .text("model")
                .op("h\u0000s");
        assertRefused(itself.stop(), "it has no tensors");
    }

    @Test
    void callsWithinCallsTakeNoStack() throws IOException {
        PickleBytes calls = new PickleBytes().global("torch._tensor", "_rebuild_from_type_v2");
        calls.op("q\u0000)q\u0001").op("(h\u0000Nh\u0001Ntq\u0001".repeat(400_000));
        assertRefused(calls.op("h\u0000h\u0001R").stop(), "a subclass of tensor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"B\u00ff\u00ff\u00ff\u00ff", "B\u00ff\u00ff\u00ff\u007f", "\u008b\u00ff\u00ff\u00ff\u007f"})
    void bytesThatClaimMoreThanThereIsAreRefused(String opcodes) throws IOException {
        assertRefused(new PickleBytes().op(opcodes).raw("abc").stop(), "more than there is");
        assertRefused(new PickleBytes().op("\u0096" + "\u00ff".repeat(8)).stop(), "more than there is");
        assertRefused(
                new PickleBytes().op("\u0096" + "\u00ff".repeat(7) + "\u007f").stop(), "more than there is");
    }

    /** EXT1, BINUNICODE8, BINBYTES8, INT, LONG, STRING, PERSID, DUP, GET: not of protocols 2 to 5, or not of torch.save. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0082", "\u008d", "\u008e", "I", "L", "S", "P", "2", "g"})
    void anOpcodeThatTorchDoesNotWriteIsRefused(String opcode) throws IOException {
        assertRefused(
                new PickleBytes().op("}" + opcode).op("11111111\n").stop(), "it has opcode " + (int) opcode.charAt(0));
    }

    @Test
    void onlyFunctionsThatAreAllowedCanBeCalled() throws IOException {
        assertRefused(new PickleBytes().global("torch", "FloatStorage").op(")R").stop(), "cannot be called");
        assertRefused(new PickleBytes().text("os.system").op(")R").stop(), "cannot be called");
        assertRefused(
                new PickleBytes()
                        .global("collections", "OrderedDict")
                        .op("]\u0085R")
                        .stop(),
                "OrderedDict");
        assertRefused(
                new PickleBytes()
                        .global("torch._utils", "_rebuild_tensor_v2")
                        .op(")R")
                        .stop(),
                "damaged");
        assertRefused(new PickleBytes().op("]}b").stop(), "sets attributes of something that has none");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 5})
    void aStringThatClaimsToBeLongerThanTheFileIsRefused(int length) throws IOException {
        for (String opcode : new String[] {"X", "T"}) {
            assertRefused(new PickleBytes().op(opcode).int32(length).raw("abc").stop(), "a string of ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "R.", "s.", "e.", "u.", "t.", "h\u0001.", "Q.", "}(X.", "}u.", "}(Nu."})
    void aPickleWhoseStackRunsOutIsRefused(String opcodes) throws IOException {
        assertRefused(new PickleBytes().op(opcodes).stop(), "its pickle");
    }

    @Test
    void deepNestingIsReadAndThenIgnored() throws IOException {
        PickleBytes deep = new PickleBytes().op("}").text("deep").op("]");
        assertRefused(deep.op("\u0085".repeat(1_000_000)).op("s").stop(), "it has no tensors");
        assertRefused(
                new PickleBytes()
                        .op("]".repeat(1_000_000))
                        .op("a".repeat(999_999))
                        .stop(),
                "does not hold a dict");
    }

    /** Each list holds the one before it twice: 2^10,000 elements for anyone who walks through them. */
    @Test
    void aBillionLaughsIsReadAndThenIgnored() throws IOException {
        PickleBytes laughs = new PickleBytes().op("]q\u0000");
        for (int i = 0; i < 10_000; i++) {
            laughs.op("](h\u0000h\u0000eq\u0000");
        }
        assertRefused(laughs.op("}").text("lol").op("h\u0000s").stop(), "it has no tensors");
    }

    @Test
    void aContainerAsAKeyIsLeftOutAsHashingItWouldWalkThroughIt() throws IOException {
        assertRefused(new PickleBytes().op("}]q\u0000h\u0000aNs").stop(), "it has no tensors");
        assertRefused(new PickleBytes().op("}(}q\u0000h\u0000u").stop(), "it has no tensors");
        assertRefused(new PickleBytes().op("\u008f(]q\u0000h\u0000a\u0090").stop(), "set");
    }

    @Test
    void aDictThatContainsItselfIsNotSearchedForever() throws IOException {
        assertRefused(
                new PickleBytes().op("}q\u0000").text("model").op("h\u0000s").stop(), "it has no tensors");
    }

    @Test
    void aListThatGrowsInSmallStepsTakesLinearTime() throws IOException {
        assertRefused(new PickleBytes().op("]").op("(Ne".repeat(1_000_000)).stop(), "does not hold a dict");
    }

    @Test
    void aSmallArchiveWithAHugePickleIsRefused() throws IOException {
        assertRefused("N".repeat(50 << 20).getBytes(StandardCharsets.US_ASCII), "bad/data.pkl is larger than");
    }

    @Test
    void aViewOutsideItsStorageIsRefused() throws IOException {
        assertTensorRefused(2, 1, TWO, ONE, "a reaches outside its storage 0");
        assertTensorRefused(2, -1, TWO, ONE, "a reaches outside its storage 0");
        assertTensorRefused(2, Long.MAX_VALUE, TWO, ONE, "overflow");
        assertTensorRefused(2, 0, TWO, TWO, "a reaches outside its storage 0");
        assertTensorRefused(2, 1, TWO, new long[] {-1}, "negative stride");
        assertTensorRefused(2, 0, new long[] {3, 3}, new long[] {Long.MAX_VALUE, 1}, "overflow");
        assertTensorRefused(2, 0, new long[] {-1}, ONE, "a has a negative dimension");
        assertTensorRefused(2, 0, new long[] {1L << 32, 1L << 32}, new long[] {0, 0}, "the shape of a overflows");
        assertTensorRefused(2, 0, new long[] {1L << 40}, new long[] {0}, "takes the file over the limit");
        assertTensorRefused(2, 0, TWO, new long[] {1, 1}, "a has 1 dimension and 2 strides");
        assertTensorRefused(2, 0, new long[1000], new long[1000], "a tensor of 1000 dimensions");
    }

    @Test
    void aStorageThatIsNotAsThePickleSaysIsRefused() throws IOException {
        assertTensorRefused(
                3, 0, TWO, ONE, "storage 0 has 8 bytes in the archive, but 3 elements of 4 according to the pickle");
        assertTensorRefused(1L << 40, 0, TWO, ONE, "takes the file over the limit");
        assertTensorRefused(-1, 0, TWO, ONE, "a reaches outside");
        assertTensorRefused(-1, 0, new long[] {0}, ONE, "storage 0");
        PickleBytes twice = new PickleBytes().op("}").tensor("a", "FloatStorage", 2, 0, TWO, ONE);
        assertRefused(twice.tensor("b", "LongStorage", 1, 0, ONE, ONE).stop(), "gives storage 0 two types or sizes");
        PickleBytes missing = new PickleBytes()
                .op("}")
                .text("a")
                .global("torch._utils", "_rebuild_tensor_v2")
                .op("(");
        assertRefused(
                missing.storage("FloatStorage", "../../x", 2)
                        .view(0, TWO, ONE)
                        .op("s")
                        .stop(),
                "storage ../../x is missing from its archive");
        PickleBytes module = new PickleBytes()
                .op("(")
                .text("socket")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu");
        assertRefused(module.number(2).op("tQ").stop(), "refers to something other than a storage");
    }

    @Test
    void aSizeThatIsNotA64BitIntegerIsRefused() throws IOException {
        PickleBytes tensor = new PickleBytes()
                .op("}")
                .text("a")
                .global("torch._utils", "_rebuild_tensor_v2")
                .op("(");
        tensor.storage("FloatStorage", "0", 2)
                .op("\u008a\u0009")
                .raw("\0\0\0\0\0\0\0\0\u0001")
                .op("))N}tRs");
        assertRefused(tensor.stop(), "other than a 64-bit integer");
    }

    private void assertTensorRefused(long elements, long offset, long[] shape, long[] strides, String reason)
            throws IOException {
        PickleBytes pickle = new PickleBytes().op("}");
        assertRefused(
                pickle.tensor("a", "FloatStorage", elements, offset, shape, strides)
                        .stop(),
                reason);
    }

    private void assertRefused(byte[] pickle, String reason) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("The weights file bad.pth cannot be used: ")
                .hasMessageContaining(reason);
    }

    private StateDict read(byte[] pickle) throws IOException {
        write(pickle);
        return StateDicts.read(folder, "bad.pth", Map.of());
    }

    private void write(byte[] pickle) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve("bad.pth"));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("bad/data.pkl"));
            zip.write(pickle);
            zip.putNextEntry(new ZipEntry("bad/data/0"));
            zip.write(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40});
        }
    }
}
