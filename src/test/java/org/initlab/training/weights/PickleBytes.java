package org.initlab.training.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a pickle opcode by opcode, as no pickler would. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An opcode, or several that take no argument. */
    PickleBytes op(String opcodes) {
        out.writeBytes(opcodes.getBytes(ISO_8859_1));
        return this;
    }

    PickleBytes global(String module, String name) {
        return op("c").raw(module + "\n" + name + "\n");
    }

    PickleBytes text(String text) {
        return op("X").int32(text.getBytes(UTF_8).length).raw(text);
    }

    PickleBytes number(long number) {
        out.write(0x8a);
        out.write(8);
        out.writeBytes(little(8).putLong(number).array());
        return this;
    }

    PickleBytes int32(int number) {
        out.writeBytes(little(4).putInt(number).array());
        return this;
    }

    PickleBytes raw(String ascii) {
        out.writeBytes(ascii.getBytes(UTF_8));
        return this;
    }

    /** Pushes a persistent storage. */
    PickleBytes storage(String type, String key, long elements) {
        op("(").text("storage").global("torch", type).text(key).text("cpu").number(elements);
        return op("tQ");
    }

    /** Pushes a tensor of the storage that is on the stack after {@code _rebuild_tensor_v2} and a mark. */
    PickleBytes view(long offset, long[] shape, long[] strides) {
        return number(offset).tuple(shape).tuple(strides).op("\u0089}tR");
    }

    PickleBytes tensor(String name, String type, long elements, long offset, long[] shape, long[] strides) {
        text(name).global("torch._utils", "_rebuild_tensor_v2").op("(");
        return storage(type, "0", elements).view(offset, shape, strides).op("s");
    }

    private PickleBytes tuple(long... numbers) {
        op("(");
        for (long number : numbers) {
            number(number);
        }
        return op("t");
    }

    byte[] stop() {
        op(".");
        return out.toByteArray();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
