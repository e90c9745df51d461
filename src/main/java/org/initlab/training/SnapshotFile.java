package org.initlab.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.DType;
import org.initlab.training.weights.Safetensors;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as one safetensors file: the state, the kept losses and the predictions as tensors, the counts in the metadata.
 */
public final class SnapshotFile {
    static final String LABELS = "progress.labels";
    static final String LOGITS = "progress.logits";
    /** In the metadata. */
    static final String BATCHES = "batches";

    private static final String PROGRESS = "progress.";
    private static final String STEPS = "progress.steps";
    private static final String STEPS_HIGH = "progress.steps_high";
    private static final String LOSSES = "progress.losses";
    private static final String FORMAT = "format";
    /** Below it, float32 holds every whole number. */
    private static final long EXACT = 1L << 24;

    private SnapshotFile() {}

    /**
     * Writes a snapshot.
     *
     * @param out left open; the bytes are flushed
     * @throws IOException if {@code out} fails
     */
    public static void write(Snapshot snapshot, OutputStream out) throws IOException {
        PartialEpoch partial = snapshot.partial();
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put("epoch", Integer.toString(snapshot.epoch()));
        counts.put("steps", Integer.toString(partial.steps()));
        counts.put("rows", Long.toString(partial.rows()));
        counts.put("lossSum", Double.toString(partial.lossSum()));
        counts.put("seconds", Double.toString(partial.seconds()));
        counts.put(FORMAT, "2");
        if (snapshot.batches() != null) {
            counts.put(BATCHES, Long.toString(snapshot.batches()));
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>(snapshot.state().tensors());
        int kept = partial.kept().steps().length;
        // all fit float32: a mini-batch loss is one already, and a step goes into two numbers below 2^24
        float[] steps = new float[kept];
        float[] stepsHigh = new float[kept];
        float[] losses = new float[kept];
        for (int i = 0; i < kept; i++) {
            long step = partial.kept().steps()[i];
            long high = step / EXACT;
            steps[i] = step % EXACT;
            stepsHigh[i] = high;
            losses[i] = (float) partial.kept().losses()[i];
        }
        tensors.put(STEPS, new Tensor(new long[] {kept}, steps));
        tensors.put(STEPS_HIGH, new Tensor(new long[] {kept}, stepsHigh));
        tensors.put(LOSSES, new Tensor(new long[] {kept}, losses));
        if (snapshot.predictions() != null) {
            put(snapshot.predictions(), tensors);
        }
        Safetensors.write(new StateDict(tensors), counts, out);
    }

    private static void put(Predictions predictions, Map<String, Tensor> tensors) {
        long[] shape = {predictions.logits().length};
        float[] labels = new float[predictions.labels().length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = predictions.labels()[row];
        }
        tensors.put(LOGITS, new Tensor(shape, predictions.logits()));
        // last, as its single bytes would shift what follows
        tensors.put(LABELS, new Tensor(shape, labels, DType.U8));
    }

    static Predictions predictions(Tensor labels, Tensor logits) {
        byte[] bytes = new byte[labels.values().length];
        for (int row = 0; row < bytes.length; row++) {
            bytes[row] = (byte) labels.values()[row];
        }
        return new Predictions(bytes, logits.values());
    }

    /** Whether a tensor's name in such a file is of what belongs to no model and no optimizer. */
    static boolean isProgress(String name) {
        return name.startsWith(PROGRESS);
    }

    /**
     * Reads a snapshot written by {@link #write}.
     *
     * @throws TrainingException if the file is not a valid snapshot; the message says what is wrong with it
     */
    public static Snapshot read(Path file) {
        try {
            return readUnchecked(file);
        } catch (IllegalArgumentException e) {
            throw new TrainingException("it is no snapshot: " + e.getMessage(), e);
        }
    }

    private static Snapshot readUnchecked(Path file) {
        Map<String, String> counts = Safetensors.readMetadata(file);
        Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(file).tensors());
        Tensor steps = tensors.remove(STEPS);
        // snapshots of before have none
        Tensor stepsHigh = tensors.remove(STEPS_HIGH);
        Tensor losses = tensors.remove(LOSSES);
        Tensor labels = tensors.remove(LABELS);
        Tensor logits = tensors.remove(LOGITS);
        if (!counts.containsKey(FORMAT)) {
            tensors.replaceAll((name, tensor) -> ModelState.isOptimizers(name) ? inOrderOfShape(tensor) : tensor);
        }
        PartialEpoch partial = steps == null || losses == null
                ? PartialEpoch.NONE
                : new PartialEpoch(
                        number(counts, "steps", Integer::parseInt),
                        number(counts, "rows", Long::parseLong),
                        number(counts, "lossSum", Double::parseDouble),
                        number(counts, "seconds", Double::parseDouble),
                        kept(steps.values(), stepsHigh == null ? null : stepsHigh.values(), losses.values()));
        return new Snapshot(
                number(counts, "epoch", Integer::parseInt),
                partial,
                new StateDict(tensors),
                counts.containsKey(BATCHES) ? number(counts, BATCHES, Long::parseLong) : null,
                labels == null || logits == null ? null : predictions(labels, logits));
    }

    private static <N extends Number> N number(Map<String, String> counts, String name, Function<String, N> parse) {
        String text = counts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("its metadata has no " + name);
        }
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the " + name + " in its metadata is not a number", e);
        }
    }

    /** The first format has the optimizer's values in the order of a convolution's memory, channels last. */
    private static Tensor inOrderOfShape(Tensor tensor) {
        long[] shape = tensor.shape();
        if (shape.length != 4) {
            return tensor;
        }
        int channels = (int) shape[1];
        int pixels = (int) (shape[2] * shape[3]);
        float[] values = new float[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            int outer = i / (channels * pixels);
            int pixel = i / channels % pixels;
            int channel = i % channels;
            values[(outer * channels + channel) * pixels + pixel] = tensor.values()[i];
        }
        return new Tensor(shape, values);
    }

    private static StepLosses kept(float[] steps, float @Nullable [] stepsHigh, float[] losses) {
        if (losses.length != steps.length || (stepsHigh != null && stepsHigh.length != steps.length)) {
            throw new IllegalArgumentException("it has losses for other steps than it names");
        }
        StepLosses.Builder kept = new StepLosses.Builder(StepLosses.NONE);
        for (int i = 0; i < steps.length; i++) {
            long high = stepsHigh == null ? 0 : (long) stepsHigh[i];
            kept.add(high * EXACT + (long) steps[i], losses[i]);
        }
        return kept.build();
    }
}
