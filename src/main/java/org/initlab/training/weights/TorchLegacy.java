package org.initlab.training.weights;

import static org.initlab.text.Counts.counted;

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
import java.util.Optional;

/**
 * PyTorch's format before 1.6: pickles of a magic number, the protocol, the writer's machine, the value and the storages'
 * keys; then each storage's number of elements and its bytes.
 */
final class TorchLegacy implements TorchStorages {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int PROTOCOL = 1001;

    private final FileChannel channel;
    private final Map<String, Long> positions;

    private TorchLegacy(FileChannel channel, Map<String, Long> positions) {
        this.channel = channel;
        this.positions = positions;
    }

    static TorchFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            byte[] head = Channels.newInputStream(channel).readNBytes(TorchUnpickler.MOST_BYTES);
            ByteArrayInputStream pickles = new ByteArrayInputStream(head);
            checkPreamble(pickles);
            TorchUnpickler unpickler = new TorchUnpickler(pickles);
            List<Container<TorchTensor>> containers = Containers.in(unpickler.load());
            Object keys = new TorchUnpickler(pickles).load();
            channel.position(head.length - pickles.available());
            return new TorchFile(containers, new TorchLegacy(channel, positions(channel, keys, unpickler)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Its size was checked as its place was found. */
    @Override
    public void check(TorchStorage storage) throws WeightsFormatException {
        if (!positions.containsKey(storage.key())) {
            throw new WeightsFormatException("storage " + storage.key() + " is missing");
        }
    }

    @Override
    public float[] read(TorchStorage storage, int elements) throws IOException {
        channel.position(positions.get(storage.key()));
        return storage.dtype().read(Channels.newInputStream(channel), elements);
    }

    @Override
    public void close() throws IOException {
        channel.close();
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
    private static Map<String, Long> positions(FileChannel channel, Object keys, TorchUnpickler pickle)
            throws IOException {
        if (!(keys instanceof List<?> list)) {
            throw new WeightsFormatException("it has no list of its storages");
        }
        Map<String, Long> positions = new HashMap<>();
        for (Object key : list) {
            long elements = readLong(channel);
            long size = elementBytes(key, elements, pickle);
            long left = channel.size() - channel.position();
            if (elements < 0 || elements > left / size) {
                throw new EOFException();
            }
            positions.put((String) key, channel.position());
            channel.position(channel.position() + elements * size);
        }
        return positions;
    }

    private static int elementBytes(Object key, long elements, TorchUnpickler pickle) throws WeightsFormatException {
        TorchStorage storage = key instanceof String ? pickle.storages().get(key) : null;
        if (storage == null) {
            String type = key instanceof String ? pickle.unreadStorages().get(key) : null;
            return Optional.ofNullable(type)
                    .flatMap(TorchGlobals::unreadElementBytes)
                    .orElseThrow(() -> new WeightsFormatException("its list of storages does not fit its pickle"
                            + (type == null ? "" : ", or has one of the unknown type " + type)));
        }
        if (elements != storage.elements()) {
            throw new WeightsFormatException("storage " + key + " has " + counted(elements, "element") + ", but "
                    + storage.elements() + " according to the pickle");
        }
        return storage.dtype().size();
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
