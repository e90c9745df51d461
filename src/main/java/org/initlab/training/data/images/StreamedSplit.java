package org.initlab.training.data.images;

import java.nio.ByteBuffer;
import org.initlab.training.data.DecodedSplit;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.data.cache.StreamedRows;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.InputForm;

/**
 * One split of images that all have the same size, at which they are kept.
 *
 * @param pixels the images
 * @param classes the class of each, from 0
 */
record StreamedSplit(StreamedRows pixels, ImageShape shape, int[] classes) implements DecodedSplit, ImageRows {

    @Override
    public Split select(Labels labels, InputForm form) {
        return new SelectedImages(this, labels, (ImageTransform) form);
    }

    @Override
    public void read(int row, ByteBuffer into) {
        pixels.read(row, into);
    }
}
