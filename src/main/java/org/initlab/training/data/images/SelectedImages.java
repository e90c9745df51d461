package org.initlab.training.data.images;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.initlab.training.data.Fingerprint;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.data.TrainingPipeline;
import org.initlab.training.data.cache.Slices;
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
record SelectedImages(ImageRows images, Labels labels, ImageTransform transform) implements Split {

    /** What a thread copies in the time that it takes to wake another. */
    private static final int SLICE_BYTES = 1 << 20;
    /** Decoding a row takes a millisecond or more. */
    private static final int SLICE_ROWS = 4;

    @Override
    public ImageShape shape() {
        return images.shape();
    }

    @Override
    public int rowBytes() {
        return images.imageBytes();
    }

    /** Copies by as many threads as it takes. */
    @Override
    public void read(int[] positions, ByteBuffer into, Runnable onProgress) {
        int size = images.imageBytes();
        int start = into.position();
        long absent = Arrays.stream(positions)
                .filter(position -> !images.isReady(labels.row(position)))
                .count();
        long slices = 1 + Math.max((long) positions.length * size / SLICE_BYTES, absent / SLICE_ROWS);
        Slices.run(positions.length, slices, i -> {
            onProgress.run();
            images.read(labels.row(positions[i]), into.duplicate().position(start + i * size));
        });
        into.position(start + positions.length * size);
    }

    /** Returns 8-bit values of shape (N, height, width, channels). */
    @Override
    public NDArray wrap(NDManager manager, ByteBuffer bytes, int rows) {
        ImageShape image = images.shape();
        Shape shape = new Shape(rows, image.imageHeight(), image.imageWidth(), image.channels());
        return manager.create(bytes, shape, DataType.UINT8);
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
    public void addTo(MessageDigest digest, Runnable onProgress) {
        ImageShape image = images.shape();
        digest.update(Fingerprint.bytes(labels.count(), image.imageHeight(), image.imageWidth(), image.channels()));
        ByteBuffer pixels = ByteBuffer.allocate(images.imageBytes());
        for (int position = 0; position < labels.count(); position++) {
            onProgress.run();
            digest.update(Fingerprint.bytes(labels.classAt(position)));
            images.read(labels.row(position), pixels.clear());
            digest.update(pixels.array());
        }
    }
}
