package org.initlab.training.weights;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.SafetensorsHeader.Entry;
import org.initlab.training.weights.StateDict.Tensor;

/** Reads and writes safetensors files: a length, a JSON header, and the tensors' bytes, all little-endian. */
public final class Safetensors {
    /** EfficientNet-B7's header takes 0.2 MB. */
    private static final int MOST_HEADER_BYTES = 16 << 20;

    private Safetensors() {}

    /**
     * Writes the tensors in their order and without making a second copy.
     *
     * @param stateDict the tensors
     * @param metadata free text for the header's {@code __metadata__}
     * @param out flushed and left open
     * @throws IOException if {@code out} fails
     */
    public static void write(StateDict stateDict, Map<String, String> metadata, OutputStream out) throws IOException {
        out.write(SafetensorsHeader.of(stateDict, metadata).toBytes());
        for (Tensor tensor : stateDict.tensors().values()) {
            tensor.type().write(tensor.values(), out);
        }
        out.flush();
    }

    /**
     * Reads every tensor, whatever its type (F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL), with its values as float32.
     *
     * @return the tensors in the order of their data
     * @throws TrainingException if the file cannot be read or is damaged; names the file and the fault
     */
    public static StateDict read(Path file) {
        return WeightsFile.read(file, Safetensors::readTensors);
    }

    /**
     * Reads only the header's {@code __metadata__}; empty if it has none.
     *
     * @throws TrainingException as {@link #read}
     */
    public static Map<String, String> readMetadata(Path file) {
        return WeightsFile.read(file, path -> readHeader(path).metadata());
    }

    static StateDict readTensors(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ElementBudget budget = new ElementBudget();
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Entry entry : readHeader(in, Files.size(file)).entries()) {
                int elements = budget.take(entry.name(), ElementBudget.elements(entry.name(), entry.shape()));
                float[] values = entry.dtype().read(in, elements);
                tensors.put(
                        entry.name(),
                        new Tensor(entry.shape(), values, entry.dtype().kept()));
            }
            return new StateDict(tensors);
        }
    }

    static SafetensorsHeader readHeader(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return readHeader(in, Files.size(file));
        }
    }

    static SafetensorsHeader readHeader(InputStream in, long fileSize) throws IOException {
        byte[] prefix = in.readNBytes(Long.BYTES);
        if (prefix.length < Long.BYTES) {
            throw new EOFException();
        }
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long most = Math.min(fileSize - Long.BYTES, MOST_HEADER_BYTES);
        if (length < 0 || length > most) {
            throw new WeightsFormatException("its header claims to have " + Long.toUnsignedString(length)
                    + " bytes, but it can have at most " + most);
        }
        byte[] json = in.readNBytes((int) length);
        return SafetensorsHeader.parse(json, fileSize - Long.BYTES - length);
    }
}
