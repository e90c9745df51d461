package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.initlab.training.data.Labels;
import org.initlab.training.data.TrainingPipeline;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.spec.Augmentation;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImagePipelineTest {

    @Test
    void pixelsAreScaledAndNormalisedByImageNet() {
        ImageArray images = ImageArray.allocate(1, 2, 2, 3);
        images.pixels()[3] = (byte) 255;
        images.pixels()[4] = (byte) 128;
        float[] values = transform(images, ImageTransform.square(2), 0);
        assertThat(values).hasSize(12);
        assertThat(values[0]).isCloseTo(-0.485f / 0.229f, within(1e-5f));
        assertThat(values[1]).isCloseTo((1 - 0.485f) / 0.229f, within(1e-5f));
        assertThat(values[5]).isCloseTo((128 / 255f - 0.456f) / 0.224f, within(1e-5f));
        assertThat(values[9]).isCloseTo(-0.406f / 0.225f, within(1e-5f));
    }

    @Test
    void greyIsRepeatedToThreeChannels() {
        ImageArray grey = ImageArray.allocate(1, 3, 3, 1);
        ImageArray colour = ImageArray.allocate(1, 3, 3, 3);
        for (int i = 0; i < 9; i++) {
            grey.pixels()[i] = (byte) (i * 28);
            Arrays.fill(colour.pixels(), 3 * i, 3 * i + 3, (byte) (i * 28));
        }
        for (int size : new int[] {3, 7}) {
            ImageTransform square = ImageTransform.square(size);
            assertThat(transform(grey, square, 0)).isEqualTo(transform(colour, square, 0));
        }
    }

    @Test
    void rowsOfABatchKeepTheirOrderAndTheirValues() {
        ImageArray images = ImageArray.allocate(3, 5, 5, 3);
        for (int i = 0; i < images.pixels().length; i++) {
            images.pixels()[i] = (byte) (i * 37);
        }
        ImageTransform transform = ImageTransform.resizeAndCrop(12, Interpolation.BICUBIC, 9);
        float[] batch = transform(images, transform, 2, 0);
        int half = batch.length / 2;
        assertThat(Arrays.copyOf(batch, half)).isEqualTo(transform(images, transform, 2));
        assertThat(Arrays.copyOfRange(batch, half, batch.length)).isEqualTo(transform(images, transform, 0));
    }

    @Test
    void aConstantImageStaysConstantAtEverySize() {
        ImageArray images = ImageArray.allocate(1, 10, 6, 3);
        Arrays.fill(images.pixels(), (byte) 200);
        float red = (200 / 255f - 0.485f) / 0.229f;
        for (int size : new int[] {3, 8, 21}) {
            float[] values = transform(images, ImageTransform.square(size), 0);
            assertThat(Arrays.copyOf(values, size * size)).containsOnly(new float[] {red}, within(1e-5f));
        }
    }

    @Test
    void theDevicesResizeRoundsAndClipsAsPillowDoes() {
        ImageArray noise = ImageArray.allocate(1, 20, 30, 3);
        new Random(1).nextBytes(noise.pixels());
        ImageTransform transform = ImageTransform.resizeAndCrop(47, Interpolation.BICUBIC, 40);
        byte[] expected = new byte[40 * 40 * 3];
        new RgbImage(20, 30, noise.pixels()).transformInto(transform, expected, 0);
        float[] values = transform(noise, transform, 0);
        double sum = 0;
        for (int i = 0; i < 1600; i++) {
            double red = (values[i] * 0.229 + 0.485) * 255;
            assertThat(red).isCloseTo(expected[3 * i] & 0xFF, within(1.001));
            sum += Math.abs(red - (expected[3 * i] & 0xFF));
        }
        assertThat(sum / 1600).isLessThan(0.01);
    }

    private static List<Arguments> augmentations() {
        return List.of(
                Arguments.of(List.of(Augmentation.HORIZONTAL_FLIP), 9, 2),
                Arguments.of(List.of(Augmentation.RANDOM_CROP), 9, 9),
                Arguments.of(List.of(Augmentation.HORIZONTAL_FLIP, Augmentation.RANDOM_CROP), 9, 18),
                Arguments.of(List.of(Augmentation.HORIZONTAL_FLIP, Augmentation.RANDOM_CROP), 17, 50));
    }

    /** Each image by its own chance, which shows in the image; nearly all of the ways that there are in 400 images. */
    @ParameterizedTest
    @MethodSource("augmentations")
    void everyImageIsMirroredAndMovedByItselfWithBlackAroundIt(List<Augmentation> augmentation, int size, int ways) {
        ImageArray images = ImageArray.allocate(400, 9, 9, 3);
        new Random(2).nextBytes(images.pixels());
        int[] all = RandomStreams.inOrder(400);
        SelectedImages split = select(images, ImageTransform.square(size), all);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray rows = split.load(manager, all);
            float[][][][] plain = images(split.pipeline(manager).apply(rows));
            TrainingPipeline pipeline = split.trainingPipeline(manager, augmentation);
            NDArray input = pipeline.apply(rows, 5);
            float[][][][] augmented = images(input);
            Map<List<Integer>, Integer> seen = new HashMap<>();
            for (int image : all) {
                seen.merge(change(plain[image], augmented[image], size / 8), 1, Integer::sum);
            }

            assertThat(seen).hasSize(ways);
            assertThat(seen.values()).allMatch(count -> count < 2 * 400 / ways + 10);
            assertThat(pipeline.apply(rows, 5)).isEqualTo(input);
            assertThat(pipeline.apply(rows, 6)).isNotEqualTo(input);
        }
    }

    /** Whether an image was mirrored, and from where in its padded self it was cut. */
    private static List<Integer> change(float[][][] plain, float[][][] augmented, int padding) {
        for (int mirrored = 0; mirrored < 2; mirrored++) {
            for (int top = 0; top <= 2 * padding; top++) {
                for (int left = 0; left <= 2 * padding; left++) {
                    if (Arrays.deepEquals(augmented, changed(plain, mirrored == 1, top - padding, left - padding))) {
                        return List.of(mirrored, top, left);
                    }
                }
            }
        }
        throw new AssertionError("no flip and crop makes this image");
    }

    private static float[][][] changed(float[][][] plain, boolean mirrored, int down, int right) {
        float[] black = {(0 - 0.485f) / 0.229f, (0 - 0.456f) / 0.224f, (0 - 0.406f) / 0.225f};
        int size = plain[0].length;
        float[][][] changed = new float[3][size][size];
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    int row = y + down;
                    int column = mirrored ? size - 1 - x - right : x + right;
                    boolean within = Math.min(row, column) >= 0 && Math.max(row, column) < size;
                    changed[channel][y][x] = within ? plain[channel][row][column] : black[channel];
                }
            }
        }
        return changed;
    }

    private static float[][][][] images(NDArray input) {
        Shape shape = input.getShape();
        int size = (int) shape.get(2);
        FloatBuffer values = FloatBuffer.wrap(input.toFloatArray());
        float[][][][] images = new float[(int) shape.get(0)][3][size][size];
        for (float[][][] image : images) {
            for (float[][] channel : image) {
                for (float[] row : channel) {
                    values.get(row);
                }
            }
        }
        return images;
    }

    @Test
    void everythingABatchNeedsIsFreedWithIt() {
        ImageArray images = ImageArray.allocate(1, 8, 8, 3);
        SelectedImages split = select(images, ImageTransform.square(16), 0);
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingPipeline pipeline = split.trainingPipeline(manager, List.of(Augmentation.values()));
            int constants = manager.getManagedArrays().size();
            NDManager batch = manager.newSubManager();
            NDArray input = pipeline.apply(split.load(batch, new int[] {0}), 1);
            assertThat(input.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(input.getShape()).isEqualTo(new Shape(1, 3, 16, 16));
            batch.close();
            assertThat(input.isReleased()).isTrue();
            assertThat(manager.getManagedArrays()).hasSize(constants);
        }
    }

    @Test
    void aCropBeyondTheResizeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageTransform.resizeAndCrop(8, Interpolation.BILINEAR, 9));
    }

    private static float[] transform(ImageArray images, ImageTransform transform, int... positions) {
        SelectedImages split = select(images, transform, 0, 1, 2);
        try (NDManager manager = NDManager.newBaseManager()) {
            return split.pipeline(manager).apply(split.load(manager, positions)).toFloatArray();
        }
    }

    private static SelectedImages select(ImageArray images, ImageTransform transform, int... rows) {
        return new SelectedImages(images, new Labels(rows, images.classes(), 0), transform);
    }
}
