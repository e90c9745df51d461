package org.initlab.training.spec;

/**
 * How an image is brought to the network's size before it is scaled to 0…1 and normalised: torchvision's {@code Resize}
 * on PIL images, antialiased, then {@code CenterCrop}.
 *
 * @param resize the length in pixels to which the image is resized: its shorter side, or both sides with
 *     {@code stretch}
 * @param interpolation the filter
 * @param stretch whether both sides are resized to {@code resize}, ignoring the aspect ratio
 * @param crop height and width in pixels of the central part that is kept; at most {@code resize}
 */
public record ImageTransform(int resize, Interpolation interpolation, boolean stretch, int crop) implements InputForm {
    public ImageTransform {
        if (crop < 1 || crop > resize) {
            throw new IllegalArgumentException("the crop " + crop + " must lie between 1 and the resize " + resize);
        }
    }

    /** Resizes bilinearly to a square, ignoring the aspect ratio; an image of that size is left unchanged. */
    public static ImageTransform square(int size) {
        return new ImageTransform(size, Interpolation.BILINEAR, true, size);
    }

    /** Resizes the shorter side, then keeps the central square: what torchvision's weights expect. */
    public static ImageTransform resizeAndCrop(int resize, Interpolation interpolation, int crop) {
        return new ImageTransform(resize, interpolation, false, crop);
    }

    /**
     * The length in pixels to which one side of an image is resized; the longer side's is truncated to an integer, as
     * in torchvision.
     *
     * @param side the side's length in pixels
     * @param other the other side's length in pixels
     */
    public int resized(int side, int other) {
        return stretch || side <= other ? resize : (int) ((long) resize * side / other);
    }
}
