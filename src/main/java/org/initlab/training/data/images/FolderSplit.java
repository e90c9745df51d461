package org.initlab.training.data.images;

import java.nio.ByteBuffer;
import java.util.List;
import org.initlab.training.data.DecodedSplit;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.data.cache.CachedRows;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.InputForm;

/**
 * One split of a tree, its images at the network's size already.
 *
 * @param rows which files they are
 * @param pixels the same rows, decoded
 * @param size height and width in pixels
 */
record FolderSplit(List<FolderListing.Row> rows, CachedRows pixels, int size) implements DecodedSplit, ImageRows {

    @Override
    public int[] classes() {
        return rows.stream().mapToInt(FolderListing.Row::label).toArray();
    }

    @Override
    public Split select(Labels labels, InputForm form) {
        return new SelectedImages(this, labels, ImageTransform.square(size));
    }

    @Override
    public ImageShape shape() {
        return new ImageShape(size, size, RgbImage.CHANNELS);
    }

    @Override
    public void read(int row, ByteBuffer into) {
        pixels.read(row, into);
    }

    @Override
    public boolean isReady(int row) {
        return pixels.isReady(row);
    }
}
