package org.initlab.training.spec;

/**
 * How an image comes to the network's size, before it is scaled to 0…1 and normalised: torchvision's {@code Resize} on PIL images,
 * antialiased, then {@code CenterCrop}.
 *
 * @param resize the length in pixels to which the image is resized: its shorter side, or both sides with {@code stretch}
 * @param interpolation the filter
 * @param stretch whether both sides are resized to {@code resize}, whatever their ratio
 * @param crop height and width in pixels of the central part that is kept; at most {@code resize}
 */
public record ImageTransform(int resize, Interpolation interpolation, boolean stretch, int crop) implements InputForm {
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

    /**
     * The length in pixels to which one side of an image is resized; the longer side's is cut to an integer as torchvision does.
     *
     * @param side the side's length in pixels
     * @param other the other side's
     */
    public int resized(int side, int other) {
        return stretch || side <= other ? resize : (int) ((long) resize * side / other);
    }
}
