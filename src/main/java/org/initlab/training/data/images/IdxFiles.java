package org.initlab.training.data.images;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.initlab.training.spec.TrainingException;

/**
 * One split in IDX format: a file of images and a file of labels, each with a header of big-endian integers.
 *
 * @param images the images' file; gzipped where it ends in {@code .gz}
 * @param labels the labels' file, likewise
 * @param maxRows how many rows there can be at most
 * @param classes how many classes there are
 */
record IdxFiles(DataFolder folder, String images, String labels, int maxRows, int classes) {
    static final int SIDE = 28;

    private static final int IMAGES_MAGIC = 0x0803;
    private static final int LABELS_MAGIC = 0x0801;

    /**
     * Reads both files.
     *
     * @throws TrainingException when one is not as it must be; its message names the file
     */
    Images read() {
        try (DataInputStream in = open(images)) {
            Images split = Images.allocate(readHeader(in), SIDE, SIDE, 1);
            in.readFully(split.pixels());
            check(images, in.read() < 0, "it is longer than it says");
            System.arraycopy(readLabels(split.rows()), 0, split.classes(), 0, split.rows());
            return split;
        } catch (IOException e) {
            throw folder.unreadable(images, e);
        }
    }

    /**
     * Reads the labels, and of the images only how many there are.
     *
     * @throws TrainingException when a file is not as it must be; its message names the file
     */
    int[] readClasses() {
        try (DataInputStream in = open(images)) {
            return readLabels(readHeader(in));
        } catch (IOException e) {
            throw folder.unreadable(images, e);
        }
    }

    private int readHeader(DataInputStream in) throws IOException {
        check(images, in.readInt() == IMAGES_MAGIC, "it is no IDX file of images");
        int rows = in.readInt();
        check(images, rows > 0 && rows <= maxRows, "it says that it has " + rows + " rows");
        int height = in.readInt();
        int width = in.readInt();
        check(images, height == SIDE && width == SIDE, "its images are not of 28×28 pixels");
        return rows;
    }

    private int[] readLabels(int rows) {
        try (DataInputStream in = open(labels)) {
            check(labels, in.readInt() == LABELS_MAGIC, "it is no IDX file of labels");
            check(labels, in.readInt() == rows, "it has another number of rows than " + images);
            int[] read = new int[rows];
            for (int row = 0; row < rows; row++) {
                read[row] = in.readUnsignedByte();
                check(labels, read[row] < classes, "it has the label " + read[row]);
            }
            check(labels, in.read() < 0, "it is longer than it says");
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
                    folder.location(file) + " is damaged: " + fault + "; put the official file in its place");
        }
    }
}
