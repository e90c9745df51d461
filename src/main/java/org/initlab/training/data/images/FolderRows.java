package org.initlab.training.data.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.training.data.cache.CacheKey;
import org.initlab.training.data.cache.RowDecoder;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.data.files.ReadFault;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.TrainingException;

/** Decodes the images of one split of a tree to the network's size; what is kept about each is its content's SHA-256. */
final class FolderRows implements RowDecoder {
    /** Raised whenever an image may be decoded to other pixels than before. */
    private static final String DECODER = "1";

    private final ImageTree tree;
    private final List<FolderListing.Row> rows;
    private final ImageTransform transform;
    /** Of the files that were looked at; 0 before. */
    private final AtomicIntegerArray stamps;

    FolderRows(ImageTree tree, List<FolderListing.Row> rows, ImageTransform transform) {
        this.tree = tree;
        this.rows = rows;
        this.transform = transform;
        stamps = new AtomicIntegerArray(rows.size());
    }

    int imageBytes() {
        return transform.crop() * transform.crop() * RgbImage.CHANNELS;
    }

    /** Equal for the same files in the same order, whatever is in them. */
    CacheKey key(String split) {
        List<String> parts = new ArrayList<>(rows.size() + 5);
        parts.addAll(List.of("image_folder", DECODER, tree.root().toString(), split, transform.toString()));
        for (FolderListing.Row row : rows) {
            parts.add(row.file().toString());
        }
        return CacheKey.of(parts, rows.size(), imageBytes());
    }

    /** Remembered from the first look on, so that a run reads no two states of a file. */
    @Override
    public int stamp(int row) {
        int known = stamps.get(row);
        if (known == 0) {
            stamps.compareAndSet(row, 0, stampOf(rows.get(row).file()));
            known = stamps.get(row);
        }
        return known;
    }

    private static int stampOf(Path file) {
        FileStamp stamp = FileStamp.of(file);
        int hash = 31 * stamp.modified().hashCode() + Long.hashCode(stamp.bytes());
        return hash == 0 ? 1 : hash;
    }

    @Override
    public Decoded decode(int row) {
        Path file = rows.get(row).file();
        int before = stamp(row);
        try {
            byte[] content = Files.readAllBytes(file);
            if (stampOf(file) != before) {
                throw new TrainingException("the image " + tree.name(file)
                        + " changed while it was used: leave the files as they are while experiments run, and retry");
            }
            byte[] pixels = new byte[imageBytes()];
            ImageDecoder.decode(content).transformInto(transform, pixels, 0);
            return new Decoded(pixels, DigestUtils.sha256(content));
        } catch (IOException e) {
            throw new TrainingException(
                    "cannot read the image " + tree.name(file) + " (" + ReadFault.reason(e) + "); repair or remove it",
                    e);
        }
    }
}
