package org.initlab.training.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.initlab.training.weights.StateDict;
import tools.jackson.databind.json.JsonMapper;

/** torchvision's numbers for weights and images that a formula makes, see {@code golden/efficientnet.json}. */
final class Golden {
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

    static List<Case> cases() throws IOException {
        try (InputStream stream = Golden.class.getResourceAsStream("/golden/efficientnet.json")) {
            return JsonMapper.builder().build().readValue(stream, File.class).cases();
        }
    }

    /** Fills every tensor of a model by its name. */
    static StateDict weights(StateDict like, Case golden) {
        Map<String, StateDict.Tensor> tensors = new LinkedHashMap<>();
        like.tensors().forEach((name, tensor) -> {
            String torchName = name.startsWith("backbone.") || name.startsWith("output.") ? name : "backbone." + name;
            float[] values = symmetric(golden.salt() + torchName, tensor.values().length, scale(name, tensor, golden));
            tensors.put(name, new StateDict.Tensor(tensor.shape(), values));
        });
        return new StateDict(tensors);
    }

    private static DoubleUnaryOperator scale(String name, StateDict.Tensor tensor, Case golden) {
        long[] shape = tensor.shape();
        if (name.endsWith("running_mean")) {
            return s -> 0.05 * s;
        }
        if (name.endsWith("running_var")) {
            return s -> 1 + 0.2 * s;
        }
        if (shape.length >= 2) {
            long fanIn = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
            double bound = Math.sqrt(3.0 / fanIn);
            return s -> golden.gain() * s * bound;
        }
        return name.endsWith("weight") ? s -> 1 + 0.1 * s : s -> 0.05 * s;
    }

    /** The images of one step, row-major NCHW. */
    static float[] images(Case golden, int step) {
        String shape = "%dx3x%2$dx%2$d".formatted(golden.batch(), golden.imageSize());
        int count = golden.batch() * 3 * golden.imageSize() * golden.imageSize();
        return symmetric(golden.salt() + "input/" + step + "/" + shape, count, s -> 2 * s);
    }

    static float[] labels(Case golden) {
        float[] labels = new float[golden.batch()];
        for (int i = 0; i < labels.length; i += 5) {
            labels[i] = 1;
        }
        return labels;
    }

    private static float[] symmetric(String name, int count, DoubleUnaryOperator scale) {
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
