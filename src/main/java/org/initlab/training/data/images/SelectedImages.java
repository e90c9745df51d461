package org.initlab.training.data.images;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.initlab.training.data.Fingerprint;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.data.TrainingPipeline;
import org.initlab.training.spec.Augmentation;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;

/**
 * Some images of a split; a view, so that runs share the decoded images.
 *
 * @param images the decoded split
 * @param labels which of them, and how they are labelled
 * @param transform what remains to be done to them on the way into the network
 */
record SelectedImages(Images images, Labels labels, ImageTransform transform) implements Split {

    @Override
    public ImageShape shape() {
        return new ImageShape(images.height(), images.width(), images.channels());
    }

    /** Returns 8-bit values of shape (N, height, width, channels). */
    @Override
    public NDArray load(NDManager manager, int[] positions) {
        int size = images.imageBytes();
        ByteBuffer pixels = manager.allocateDirect(Math.multiplyExact(positions.length, size));
        for (int position : positions) {
            pixels.put(images.pixels(), labels.row(position) * size, size);
        }
        Shape shape = new Shape(positions.length, images.height(), images.width(), images.channels());
        return manager.create(pixels.flip(), shape, DataType.UINT8);
    }

    @Override
    public InputPipeline pipeline(NDManager manager) {
        return new ImagePipeline(manager, transform, shape());
    }

    @Override
    public TrainingPipeline trainingPipeline(NDManager manager, List<Augmentation> augmentation) {
        ImagePipeline pipeline = new ImagePipeline(manager, transform, shape());
        Augmenter augmenter = new Augmenter(transform.crop(), augmentation);
        return (pixels, seed) -> pipeline.apply(pixels, images -> augmenter.apply(images, seed));
    }

    @Override
    public void addTo(MessageDigest digest) {
        digest.update(Fingerprint.bytes(labels.count(), images.height(), images.width(), images.channels()));
        int size = images.imageBytes();
        for (int position = 0; position < labels.count(); position++) {
            digest.update(Fingerprint.bytes(labels.classAt(position)));
            digest.update(images.pixels(), labels.row(position) * size, size);
        }
    }
}
