package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Labels;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;
import org.junit.jupiter.api.Test;

class ImagePipelineTest {

    @Test
    void pixelsAreScaledAndNormalisedByImageNet() {
        Images images = Images.allocate(1, 2, 2, 3);
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
        Images grey = Images.allocate(1, 3, 3, 1);
        Images colour = Images.allocate(1, 3, 3, 3);
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
        Images images = Images.allocate(3, 5, 5, 3);
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
        Images images = Images.allocate(1, 10, 6, 3);
        Arrays.fill(images.pixels(), (byte) 200);
        float red = (200 / 255f - 0.485f) / 0.229f;
        for (int size : new int[] {3, 8, 21}) {
            float[] values = transform(images, ImageTransform.square(size), 0);
            assertThat(Arrays.copyOf(values, size * size)).containsOnly(new float[] {red}, within(1e-5f));
        }
    }

    @Test
    void theDevicesResizeRoundsAndClipsAsPillowDoes() {
        Images noise = Images.allocate(1, 20, 30, 3);
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

    @Test
    void everythingABatchNeedsIsFreedWithIt() {
        Images images = Images.allocate(1, 8, 8, 3);
        SelectedImages split = select(images, ImageTransform.square(16), 0);
        try (NDManager manager = NDManager.newBaseManager()) {
            InputPipeline pipeline = split.pipeline(manager);
            int constants = manager.getManagedArrays().size();
            NDManager batch = manager.newSubManager();
            NDArray input = pipeline.apply(split.load(batch, new int[] {0}));
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

    private static float[] transform(Images images, ImageTransform transform, int... positions) {
        SelectedImages split = select(images, transform, 0, 1, 2);
        try (NDManager manager = NDManager.newBaseManager()) {
            return split.pipeline(manager).apply(split.load(manager, positions)).toFloatArray();
        }
    }

    private static SelectedImages select(Images images, ImageTransform transform, int... rows) {
        return new SelectedImages(images, new Labels(rows, images.classes(), 0), transform);
    }
}
