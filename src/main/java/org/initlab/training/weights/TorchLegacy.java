package org.initlab.training.weights;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's format before 1.6: pickles of a magic number, the protocol, the writer's machine, the value and the storages'
 * keys; then each storage's number of elements and its bytes.
 */
final class TorchLegacy {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int PROTOCOL = 1001;

    private TorchLegacy() {}

    static StateDict read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            byte[] head = Channels.newInputStream(channel).readNBytes(TorchUnpickler.MOST_BYTES);
            ByteArrayInputStream pickles = new ByteArrayInputStream(head);
            checkPreamble(pickles);
            TorchUnpickler unpickler = new TorchUnpickler(pickles);
            Object root = unpickler.load();
            Object keys = new TorchUnpickler(pickles).load();
            channel.position(head.length - pickles.available());
            Map<String, Long> positions = positions(channel, keys, unpickler.storages());
            return TorchStateDict.read(root, (storage, elements) -> {
                Long position = positions.get(storage.key());
                if (position == null) {
                    throw new WeightsFormatException("storage " + storage.key() + " is missing");
                }
                return storage.dtype().read(Channels.newInputStream(channel.position(position)), elements);
            });
        }
    }

    private static void checkPreamble(ByteArrayInputStream pickles) throws WeightsFormatException {
        if (!MAGIC.equals(new TorchUnpickler(pickles).load())) {
            throw new WeightsFormatException("torch.save did not write it: the magic number is wrong");
        }
        if (!Integer.valueOf(PROTOCOL).equals(new TorchUnpickler(pickles).load())) {
            throw new WeightsFormatException("its protocol is not " + PROTOCOL + "; save it with a newer PyTorch");
        }
        if (!(new TorchUnpickler(pickles).load() instanceof Map<?, ?> machine)
                || !Boolean.TRUE.equals(machine.get("little_endian"))) {
            throw new WeightsFormatException("it was written on a big-endian machine, which is not supported");
        }
    }

    /** Where each storage's bytes begin; every one must lie within the file. */
    private static Map<String, Long> positions(FileChannel channel, Object keys, Map<String, TorchStorage> storages)
            throws IOException {
        if (!(keys instanceof List<?> list)) {
            throw new WeightsFormatException("it has no list of its storages");
        }
        Map<String, Long> positions = new HashMap<>();
        for (Object key : list) {
            TorchStorage storage = key instanceof String ? storages.get(key) : null;
            if (storage == null) {
                throw new WeightsFormatException("its list of storages does not match its pickle");
            }
            long elements = readLong(channel);
            if (elements != storage.elements()) {
                throw new WeightsFormatException("storage " + key + " has " + elements + " elements, but "
                        + storage.elements() + " according to the pickle");
            }
            long left = channel.size() - channel.position();
            if (elements < 0 || elements > left / storage.dtype().size()) {
                throw new EOFException();
            }
            positions.put(storage.key(), channel.position());
            channel.position(channel.position() + elements * storage.dtype().size());
        }
        return positions;
    }

    private static long readLong(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip().getLong();
    }
}
