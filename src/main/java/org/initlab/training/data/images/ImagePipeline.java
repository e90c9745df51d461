package org.initlab.training.data.images;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;

/**
 * Turns 8-bit images into the network's input on the device: resized and cropped, grey repeated to three channels, scaled to 0…1 and
 * normalised by ImageNet's mean and deviation.
 *
 * <p>Follows torchvision's transforms on PIL images, rounding to 8 bits after each of the resize's two passes as PIL does; a pass is
 * a matrix product.
 */
final class ImagePipeline implements InputPipeline {
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
    private static final int WHITE = 255;

    private final int size;
    private final boolean resizes;
    private final NDArray rows;
    private final NDArray columns;
    private final NDArray mean;
    private final NDArray deviation;

    /**
     * Prepares the transform for images of one shape.
     *
     * @param manager owns the constants, on the device of the batches; close it after the last batch
     * @param transform the size to reach
     * @param images their height, width and channels
     */
    ImagePipeline(NDManager manager, ImageTransform transform, ImageShape images) {
        int height = images.imageHeight();
        int width = images.imageWidth();
        ResizeWeights vertical = ResizeWeights.rows(transform, height, width);
        ResizeWeights horizontal = ResizeWeights.columns(transform, height, width);
        int channels = images.channels();
        size = transform.crop();
        resizes = !vertical.isIdentity() || !horizontal.isIdentity();
        rows = manager.create(vertical.matrix(), new Shape(size, height));
        columns = manager.create(
                horizontal.interleaved(channels), new Shape((long) width * channels, (long) size * channels));
        mean = manager.create(MEAN);
        deviation = manager.create(DEVIATION);
    }

    /**
     * Transforms a batch.
     *
     * @param pixels 8-bit, of shape (N, height, width, channels); borrowed
     * @return float32 of shape (N, 3, size, size), channels last in memory
     */
    @Override
    public NDArray apply(NDArray pixels) {
        return apply(pixels, UnaryOperator.identity());
    }

    /**
     * Transforms a batch, with a step between the resize and the scaling.
     *
     * @param pixels as for {@link #apply(NDArray)}
     * @param step given values from 0 to 255 of shape (N, size, size, channels), 8-bit or float32; returns as many of the same kind
     */
    NDArray apply(NDArray pixels, UnaryOperator<NDArray> step) {
        NDArray sized = step.apply(resizes ? resize(pixels.toType(DataType.FLOAT32, false)) : pixels);
        // torchvision's steps one by one: folded into two they would round differently
        return sized.toType(DataType.FLOAT32, false)
                .div(WHITE)
                .sub(mean)
                .divi(deviation)
                .transpose(0, 3, 1, 2);
    }

    private NDArray resize(NDArray images) {
        Shape shape = images.getShape();
        long batch = shape.get(0);
        NDArray wide = round(images.reshape(batch * shape.get(1), shape.get(2) * shape.get(3))
                .matMul(columns)
                .reshape(batch, shape.get(1), size * shape.get(3)));
        NDArray resized = rows.matMul(wide);
        resized.attach(images.getManager());
        return round(resized).reshape(batch, size, size, shape.get(3));
    }

    /** To the nearest 8-bit value, halves up. */
    private static NDArray round(NDArray values) {
        return values.addi(0.5f).floor().clip(0, WHITE);
    }
}
