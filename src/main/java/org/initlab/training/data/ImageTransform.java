package org.initlab.training.data;

/**
 * How an image comes to the network's size, before it is scaled to 0…1 and normalised: torchvision's {@code Resize} on PIL images,
 * antialiased, then {@code CenterCrop}.
 *
 * @param resize the length in pixels to which the image is resized: its shorter side, or both sides with {@code stretch}
 * @param interpolation the filter
 * @param stretch whether both sides are resized to {@code resize}, whatever their ratio
 * @param crop height and width in pixels of the central part that is kept; at most {@code resize}
 */
public record ImageTransform(int resize, Interpolation interpolation, boolean stretch, int crop) {
    public ImageTransform {
        if (crop < 1 || crop > resize) {
            throw new IllegalArgumentException("the crop " + crop + " must lie between 1 and the resize " + resize);
        }
    }

    /** Resizes bilinearly to a square, whatever the image's ratio; leaves an image of that size as it is. */
    public static ImageTransform square(int size) {
        return new ImageTransform(size, Interpolation.BILINEAR, true, size);
    }

    /** Resizes the shorter side, then keeps the central square: what torchvision's weights ask for. */
    public static ImageTransform resizeAndCrop(int resize, Interpolation interpolation, int crop) {
        return new ImageTransform(resize, interpolation, false, crop);
    }

    /** The rows of the output as weighted sums of an image's {@code height} rows. */
    ResizeWeights rows(int height, int width) {
        return ResizeWeights.of(height, resized(height, width), crop, interpolation);
    }

    /** The columns of the output as weighted sums of an image's {@code width} columns. */
    ResizeWeights columns(int height, int width) {
        return ResizeWeights.of(width, resized(width, height), crop, interpolation);
    }

    /** The new length of one side; the longer side's is cut to an integer as torchvision does. */
    private int resized(int side, int other) {
        return stretch || side <= other ? resize : (int) ((long) resize * side / other);
    }
}
