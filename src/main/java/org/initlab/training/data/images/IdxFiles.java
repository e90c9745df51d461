package org.initlab.training.data.images;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.initlab.training.spec.TrainingException;

/**
 * One split in IDX format: a file of images and a file of labels, each with a header of big-endian integers.
 *
 * @param images the images' file; gzipped if it ends in {@code .gz}
 * @param labels the labels' file, likewise
 * @param maxRows the most rows that there can be
 * @param classes how many classes there are
 */
record IdxFiles(DataFolder folder, String images, String labels, int maxRows, int classes) {
    static final int SIDE = 28;

    private static final int IMAGES_MAGIC = 0x0803;
    private static final int LABELS_MAGIC = 0x0801;

    /**
     * Reads both files.
     *
     * @throws TrainingException if one is damaged; the message names it
     */
    Images read() {
        try (DataInputStream in = open(images)) {
            Images split = Images.allocate(readHeader(in), SIDE, SIDE, 1);
            in.readFully(split.pixels());
            check(images, in.read() < 0, "it is longer than its header says");
            System.arraycopy(readLabels(split.rows()), 0, split.classes(), 0, split.rows());
            return split;
        } catch (IOException e) {
            throw folder.unreadable(images, e);
        }
    }

    /**
     * Reads the labels, and only the number of images.
     *
     * @throws TrainingException if a file is damaged; the message names it
     */
    int[] readClasses() {
        try (DataInputStream in = open(images)) {
            return readLabels(readHeader(in));
        } catch (IOException e) {
            throw folder.unreadable(images, e);
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

    private int[] readLabels(int rows) {
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
