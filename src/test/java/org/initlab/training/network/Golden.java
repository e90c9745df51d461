package org.initlab.training.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.weights.StateDict;
import tools.jackson.databind.json.JsonMapper;

/** torchvision's numbers for weights and images made by a formula; see the files in {@code golden/}. */
public final class Golden {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private Golden() {}

    record Case(
            String architecture,
            int imageSize,
            int batch,
            double learningRate,
            double momentum,
            String salt,
            double gain,
            Eval eval,
            Double positiveRate,
            float[] trainModeLogits,
            List<Step> training,
            Map<String, double[]> afterTraining,
            float[] evalAfterTraining,
            long parameters) {
        @Override
        public String toString() {
            return architecture + " at " + imageSize;
        }
    }

    record Eval(double backboneMean, double backboneStd, float[] backboneRow0First8, float[] logits) {}

    record Step(double loss, double outputBias, Map<String, Double> gradNorms) {}

    private record File(String torch, String torchvision, List<Case> cases) {}

    /** A network whose last layer is the head. */
    record Replaced(
            String architecture,
            ModelSpec.Trained train,
            int imageSize,
            int batch,
            double gain,
            double learningRate,
            double momentum,
            float[] logits,
            float[] losses,
            float[] logitsAfter,
            float headBias) {
        @Override
        public String toString() {
            return architecture + ", training " + train.wireName();
        }
    }

    private record ReplacedFile(String torch, List<Replaced> cases) {}

    /** One architecture's tensors, and what it computes at gain 1.35 for two images of 64 pixels. */
    public record Outline(
            int tensors,
            String namesAndShapesSha256,
            String replacedSha256,
            float[] evalLogits,
            Double stemRunningVar,
            Double lastRunningMean) {}

    private record Outlines(String madeBy, Map<String, Outline> architectures) {}

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String family : List.of("efficientnet", "resnet", "networks")) {
            cases.addAll(read("/golden/" + family + ".json", File.class).cases());
        }
        return cases;
    }

    static List<Replaced> replaced() throws IOException {
        return read("/golden/replaced.json", ReplacedFile.class).cases();
    }

    public static Map<String, Outline> architectures() throws IOException {
        return read("/golden/architectures.json", Outlines.class).architectures();
    }

    private static <T> T read(String resource, Class<T> type) throws IOException {
        try (InputStream stream = Golden.class.getResourceAsStream(resource)) {
            return JsonMapper.builder().build().readValue(stream, type);
        }
    }

    /** Fills every tensor of a model by its name. */
    public static StateDict weights(StateDict like, String salt, double gain) {
        Map<String, StateDict.Tensor> tensors = new LinkedHashMap<>();
        like.tensors().forEach((name, tensor) -> {
            float[] values = symmetric(salt + name, tensor.values().length, scale(name, tensor.shape(), gain));
            tensors.put(name, new StateDict.Tensor(tensor.shape(), values));
        });
        return new StateDict(tensors);
    }

    private static DoubleUnaryOperator scale(String name, long[] shape, double gain) {
        if (name.endsWith("running_mean")) {
            return s -> 0.05 * s;
        }
        if (name.endsWith("running_var")) {
            return s -> 1 + 0.2 * s;
        }
        if (name.endsWith("layer_scale")) {
            return s -> 0.3 + 0.1 * s;
        }
        if (shape.length >= 2) {
            long fanIn = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
            double bound = Math.sqrt(3.0 / fanIn);
            return s -> gain * s * bound;
        }
        return name.endsWith("weight") ? s -> 1 + 0.1 * s : s -> 0.05 * s;
    }

    /** The images of one step, row-major NCHW. */
    static float[] images(Case golden, int step) {
        return images(golden.salt(), step, golden.batch(), golden.imageSize());
    }

    public static float[] images(String salt, int step, int batch, int size) {
        String name = "%sinput/%d/%dx3x%dx%d".formatted(salt, step, batch, size, size);
        return symmetric(name, batch * 3 * size * size, s -> 2 * s);
    }

    static float[] labels(Case golden) {
        return labels(golden.batch());
    }

    static float[] labels(int batch) {
        float[] labels = new float[batch];
        for (int i = 0; i < labels.length; i += 5) {
            labels[i] = 1;
        }
        return labels;
    }

    /** Row-major values for a name, from a formula of its uniform numbers in ±1. */
    public static float[] symmetric(String name, int count, DoubleUnaryOperator scale) {
        long seed = fnv1a(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double unit = (mix(seed + (i + 1) * GAMMA) >>> 11) * 0x1p-53;
            values[i] = (float) scale.applyAsDouble(2 * unit - 1);
        }
        return values;
    }

    private static long fnv1a(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
