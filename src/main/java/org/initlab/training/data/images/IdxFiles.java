package org.initlab.training.data.images;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.initlab.training.data.cache.RowSequence;
import org.initlab.training.spec.TrainingException;

/**
 * One split in IDX format: a file of images and a file of labels, each with a header of big-endian integers.
 *
 * @param images the images' file; gzipped if it ends in {@code .gz}
 * @param labels the labels' file, likewise
 * @param maxRows the most rows that there can be
 * @param classes how many classes there are
 */
record IdxFiles(DataFolder folder, String images, String labels, int maxRows, int classes) implements RowSequence {
    static final int SIDE = 28;

    private static final int IMAGES_MAGIC = 0x0803;
    private static final int LABELS_MAGIC = 0x0801;

    @Override
    public String name() {
        return folder.location();
    }

    @Override
    public int stamp() {
        return folder.stamp(List.of(images, labels));
    }

    /**
     * Reads the number of images.
     *
     * @throws TrainingException if it cannot be; the message names the file
     */
    int count() {
        try (DataInputStream in = open(images)) {
            return readHeader(in);
        } catch (IOException e) {
            throw folder.unreadable(images, e);
        }
    }

    @Override
    public Reader open() {
        return new Images(readClasses());
    }

    private final class Images implements Reader {
        private final int[] classes;
        private int row;
        private DataInputStream in = new DataInputStream(DataInputStream.nullInputStream());

        private Images(int[] classes) {
            this.classes = classes;
        }

        @Override
        public int next(byte[] into, int at) {
            try {
                if (row == 0) {
                    in = IdxFiles.this.open(images);
                    readHeader(in);
                }
                in.readFully(into, at, SIDE * SIDE);
                row++;
                check(images, row < classes.length || in.read() < 0, "it is longer than its header says");
                return classes[row - 1];
            } catch (IOException e) {
                throw folder.unreadable(images, e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /**
     * Reads the labels, and of the images only how many they are.
     *
     * @throws TrainingException if a file is damaged; the message names it
     */
    int[] readClasses() {
        int rows = count();
        try (DataInputStream in = open(labels)) {
            check(labels, in.readInt() == LABELS_MAGIC, "it is not an IDX file of labels");
            check(labels, in.readInt() == rows, "its number of rows differs from that of " + images);
            int[] read = new int[rows];
            for (int row = 0; row < rows; row++) {
                read[row] = in.readUnsignedByte();
                check(labels, read[row] < classes, "it has the label " + read[row]);
            }
            check(labels, in.read() < 0, "it is longer than its header says");
            return read;
        } catch (IOException e) {
            throw folder.unreadable(labels, e);
        }
    }

    private int readHeader(DataInputStream in) throws IOException {
        check(images, in.readInt() == IMAGES_MAGIC, "it is not an IDX file of images");
        int rows = in.readInt();
        check(images, rows > 0 && rows <= maxRows, "it claims to have " + rows + " rows");
        int height = in.readInt();
        int width = in.readInt();
        check(images, height == SIDE && width == SIDE, "its images do not have 28×28 pixels");
        return rows;
    }

    private DataInputStream open(String file) throws IOException {
        DataInputStream in = folder.open(file);
        return file.endsWith(".gz") ? new DataInputStream(new GZIPInputStream(in, 1 << 16)) : in;
    }

    private void check(String file, boolean right, String fault) {
        if (!right) {
            throw new TrainingException(
                    folder.location(file) + " is damaged: " + fault + "; replace it with the official file");
        }
    }
}
