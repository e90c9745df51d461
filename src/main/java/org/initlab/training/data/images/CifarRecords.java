package org.initlab.training.data.images;

import static org.initlab.text.Counts.counted;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.initlab.training.data.cache.RowSequence;
import org.initlab.training.spec.TrainingException;

/**
 * The records of files in CIFAR-10's binary layout, one file after the other: a label byte, then the planes of the colours.
 *
 * @param names the files in {@code folder}
 * @param classes how many classes there are
 */
record CifarRecords(DataFolder folder, List<String> names, int classes) implements RowSequence {
    static final int SIDE = 32;
    static final int CHANNELS = 3;
    static final int BYTES = 1 + CHANNELS * SIDE * SIDE;

    private static final int PLANE = SIDE * SIDE;

    @Override
    public String name() {
        return folder.location();
    }

    @Override
    public int stamp() {
        return folder.stamp(names);
    }

    int count() {
        return names.stream().mapToInt(this::count).sum();
    }

    /** How many records a file has. */
    int count(String name) {
        long bytes = folder.size(name);
        if (bytes == 0 || bytes % BYTES != 0) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s has %s, not a multiple of %,d: it is damaged; replace it with the official file, or delete it "
                            + "to have it downloaded again",
                    folder.location(name),
                    counted(bytes, "byte"),
                    BYTES));
        }
        return Math.toIntExact(bytes / BYTES);
    }

    /**
     * Checks a label.
     *
     * @throws TrainingException if there is no such class; the message names the file
     */
    int label(String name, int label) {
        if (label >= classes) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s has the label %d, outside 0 to %d: it is damaged; replace it with the official file",
                    folder.location(name),
                    label,
                    classes - 1));
        }
        return label;
    }

    @Override
    public Reader open() {
        return new Records();
    }

    private final class Records implements Reader {
        private final byte[] planes = new byte[BYTES - 1];
        private int file = -1;
        private int left;
        private DataInputStream in = new DataInputStream(DataInputStream.nullInputStream());

        @Override
        public int next(byte[] into, int at) {
            if (left == 0) {
                file++;
            }
            String name = names.get(file);
            try {
                if (left == 0) {
                    in.close();
                    in = folder.open(name);
                    left = count(name);
                }
                left--;
                int label = label(name, in.readUnsignedByte());
                in.readFully(planes);
                interleave(into, at);
                return label;
            } catch (IOException e) {
                throw folder.unreadable(name, e);
            }
        }

        private void interleave(byte[] into, int at) {
            int to = at;
            for (int i = 0; i < PLANE; i++) {
                for (int c = 0; c < CHANNELS; c++) {
                    into[to++] = planes[c * PLANE + i];
                }
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
