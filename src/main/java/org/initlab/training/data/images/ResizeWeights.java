package org.initlab.training.data.images;

import java.util.Arrays;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;

/**
 * One side of a resize as PIL computes it (Resample.c, {@code precompute_coeffs}): output {@code i} is the sum of the inputs from
 * {@code first[i]} on, times {@code weights[i]}, which sum to 1.
 *
 * @param input the length of the image's side, in pixels
 * @param first the first input of each output
 * @param weights the weights of each output
 */
record ResizeWeights(int input, int[] first, double[][] weights) {
    /** The rows of the output as weighted sums of an image's {@code height} rows. */
    static ResizeWeights rows(ImageTransform transform, int height, int width) {
        return of(height, transform.resized(height, width), transform.crop(), transform.interpolation());
    }

    /** The columns of the output as weighted sums of an image's {@code width} columns. */
    static ResizeWeights columns(ImageTransform transform, int height, int width) {
        return of(width, transform.resized(width, height), transform.crop(), transform.interpolation());
    }

    /**
     * The outputs that a central crop keeps of a side resized from {@code input} to {@code resized} pixels.
     *
     * @param crop how many outputs to keep
     */
    static ResizeWeights of(int input, int resized, int crop, Interpolation interpolation) {
        // Python's round, as torchvision's center_crop: 7.5 becomes 8, and 8.5 too
        int offset = (int) Math.rint((resized - crop) / 2.0);
        ResizeWeights side = new ResizeWeights(input, new int[crop], new double[crop][]);
        double scale = (double) input / resized;
        for (int i = 0; i < crop; i++) {
            side.compute(i, (i + offset + 0.5) * scale, Math.max(scale, 1), interpolation);
        }
        return side;
    }

    /** The weights of one output; a scale above 1, when shrinking, widens the filter, which is the antialiasing. */
    private void compute(int output, double center, double scale, Interpolation interpolation) {
        double support = interpolation.support() * scale;
        int from = Math.max((int) (center - support + 0.5), 0);
        int to = Math.min((int) (center + support + 0.5), input);
        double[] row = new double[to - from];
        Arrays.setAll(row, i -> interpolation.weight((i + from - center + 0.5) / scale));
        double sum = Arrays.stream(row).sum();
        Arrays.setAll(row, i -> row[i] / sum);
        first[output] = from;
        weights[output] = row;
    }

    int outputs() {
        return first.length;
    }

    /** Whether the outputs equal the inputs. */
    boolean isIdentity() {
        return outputs() == input
                && Arrays.stream(weights).allMatch(row -> Arrays.stream(row).anyMatch(weight -> weight == 1));
    }

    /** The weights as a dense matrix, row-major: a row for each output, a column for each input. */
    float[] matrix() {
        float[] matrix = new float[outputs() * input];
        for (int i = 0; i < outputs(); i++) {
            for (int k = 0; k < weights[i].length; k++) {
                matrix[i * input + first[i] + k] = (float) weights[i][k];
            }
        }
        return matrix;
    }

    /**
     * The transposed matrix for pixels whose channels lie side by side: a row for each input and channel, a column for each output
     * and channel, and no weight between different channels.
     */
    float[] interleaved(int channels) {
        int columns = outputs() * channels;
        float[] matrix = new float[input * channels * columns];
        for (int i = 0; i < outputs(); i++) {
            for (int k = 0; k < weights[i].length; k++) {
                for (int c = 0; c < channels; c++) {
                    matrix[((first[i] + k) * channels + c) * columns + i * channels + c] = (float) weights[i][k];
                }
            }
        }
        return matrix;
    }
}
