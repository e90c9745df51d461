package org.initlab.training.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.StateDict.Tensor;

/** Reads the state dicts that users put into the weights folder. */
public final class StateDicts {
    private static final Pattern PARAMETER_NAME = Pattern.compile("[\\p{Print}]{1,256}");

    private StateDicts() {}

    /**
     * Reads a safetensors file or a {@code torch.save} file, zipped or legacy; the content tells which.
     *
     * <p>Of all dicts of tensors in it the one with most that fit the network is read. Prefixes of wrappers such as
     * DataParallel and torch.compile that all names have are taken off, and what is kept beside the network's tensors is left
     * out, such as BatchNorm's {@code num_batches_tracked}. A pickle is read as data: nothing that it names is ever run.
     *
     * @param weightsFolder {@code initlab.home/weights}
     * @param name the file's path below the folder
     * @param network shapes by name, of all names that the network's tensors may have; empty where it is not known
     * @return every tensor as float32, by the network's names
     * @throws TrainingException if the name leaves the folder, or the file is missing, of another kind, or not sound
     */
    public static StateDict read(Path weightsFolder, String name, Map<String, long[]> network) {
        return WeightsFile.read(locate(weightsFolder, name), path -> {
            try (TensorFile<?> file = open(path)) {
                return read(file, network);
            }
        });
    }

    /**
     * Reads what {@link #read} would, but only names and shapes: a pickle or a header of a few megabytes at most.
     *
     * @throws TrainingException as {@link #read}
     */
    public static Outline outline(Path weightsFolder, String name, Map<String, long[]> network) {
        return WeightsFile.read(locate(weightsFolder, name), path -> {
            try (TensorFile<?> file = open(path)) {
                return outline(name, file, network);
            }
        });
    }

    /**
     * Finds a file below the weights folder.
     *
     * @throws TrainingException if the name leaves the folder, or the file is missing
     */
    public static Path locate(Path folder, String name) {
        return UserFile.locate(folder, "weights file", name);
    }

    private static TensorFile<?> open(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(Long.BYTES + 1);
        }
        // a safetensors header's length can look like a pickle's first bytes, so look for its brace first
        if (start.length > Long.BYTES && start[Long.BYTES] == '{') {
            return SafetensorsFile.open(file);
        }
        if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
            return TorchZip.open(file);
        }
        if (start.length > 0 && start[0] == (byte) 0x80) {
            return TorchLegacy.open(file);
        }
        throw new WeightsFormatException("it is neither a safetensors file nor a torch.save file");
    }

    private static <T extends Shaped> StateDict read(TensorFile<T> file, Map<String, long[]> network)
            throws IOException {
        Choice<T> choice = choose(file, network).choice();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        file.read(choice.tensors())
                .forEach((name, tensor) -> tensors.put(choice.names().get(name), tensor));
        return new StateDict(tensors);
    }

    private static <T extends Shaped> Outline outline(String name, TensorFile<T> file, Map<String, long[]> network)
            throws IOException {
        Choice.Chosen<T> chosen = choose(file, network);
        Map<String, T> tensors = chosen.choice().tensors();
        file.check(tensors);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((own, tensor) -> shapes.put(chosen.choice().names().get(own), tensor.shape()));
        return new Outline(
                shapes,
                chosen.choice().unread(network),
                List.copyOf(tensors.keySet()),
                chosen.warning().map(warning -> "The weights file " + name + ": " + WeightsFile.printable(warning)));
    }

    private static <T extends Shaped> Choice.Chosen<T> choose(TensorFile<T> file, Map<String, long[]> network)
            throws WeightsFormatException {
        Choice.Chosen<T> chosen = Choice.of(file.containers(), network);
        for (String name : chosen.choice().names().values()) {
            if (!PARAMETER_NAME.matcher(name).matches()) {
                throw new WeightsFormatException("a parameter's name is empty, too long, or not plain text: " + name);
            }
        }
        return chosen;
    }
}
