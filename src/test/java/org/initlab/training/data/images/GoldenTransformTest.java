package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The image transforms against torchvision's numbers ({@code golden/transforms.json}). */
class GoldenTransformTest {
    private static final int SIDE = 32;
    private static final double TOLERANCE = 0.03;

    /** One case; a sample is channel, y, x and the normalised value there. */
    record Case(
            int image,
            String architecture,
            int size,
            List<Double> channelMean,
            List<Double> channelStd,
            List<List<Double>> samples) {
        ImageTransform transform() {
            return architecture.equals("efficientnet_b0")
                    ? ImageTransform.resizeAndCrop(256, Interpolation.BICUBIC, 224)
                    : ImageTransform.resizeAndCrop(255, Interpolation.BILINEAR, 240);
        }

        @Override
        public String toString() {
            return "image " + image + " for " + architecture;
        }
    }

    record Golden(String image, String note, List<Case> cases) {}

    static List<Case> cases() throws IOException {
        try (InputStream json = GoldenTransformTest.class.getResourceAsStream("/golden/transforms.json")) {
            return JsonMapper.shared().readValue(json, Golden.class).cases();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theDevicesTransformGivesTorchvisionsNumbers(Case golden) {
        ImageArray images = goldenImage(golden.image());
        int[] first = {0};
        Split split = new SelectedImages(images, new Labels(first, images.classes(), 0), golden.transform());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray transformed = split.pipeline(manager).apply(split.load(manager, first));
            assertThat(transformed.getShape()).isEqualTo(new Shape(1, 3, golden.size(), golden.size()));
            assertMatches(golden, transformed.toFloatArray());
        }
    }

    private static void assertMatches(Case golden, float[] values) {
        int plane = golden.size() * golden.size();
        for (List<Double> sample : golden.samples()) {
            int at = sample.get(0).intValue() * plane
                    + sample.get(1).intValue() * golden.size()
                    + sample.get(2).intValue();
            assertThat((double) values[at]).as("sample %s", sample).isCloseTo(sample.get(3), within(TOLERANCE));
        }
        for (int c = 0; c < 3; c++) {
            int from = c * plane;
            double mean = IntStream.range(from, from + plane)
                    .mapToDouble(i -> values[i])
                    .average()
                    .orElseThrow();
            double squares = IntStream.range(from, from + plane)
                    .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                    .sum();
            assertThat(mean).isCloseTo(golden.channelMean().get(c), within(0.001));
            assertThat(Math.sqrt(squares / (plane - 1)))
                    .isCloseTo(golden.channelStd().get(c), within(0.001));
        }
    }

    /** The image that the file's first line describes. */
    private static ImageArray goldenImage(int k) {
        ImageArray split = ImageArray.allocate(1, SIDE, SIDE, 3);
        double[] gains = {1, 0.5, -1};
        long seed = fnv1a("image/" + k);
        for (int i = 0; i < split.imageBytes(); i++) {
            int y = i / 3 / SIDE;
            int x = i / 3 % SIDE;
            double wave = 80 * Math.sin(y / (3.0 + k)) * Math.cos(x / 4.0) * gains[i % 3];
            double value = Math.floor(127 + wave + 40 * symmetric(seed, i));
            split.pixels()[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return split;
    }

    private static long fnv1a(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return hash;
    }

    private static double symmetric(long seed, int i) {
        long z = seed + (i + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return 2 * ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53 - 1;
    }
}
