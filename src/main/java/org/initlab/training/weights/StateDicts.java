package org.initlab.training.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.StateDict.Tensor;

/** Reads the state dicts that users put into the weights folder. */
public final class StateDicts {
    private static final Set<String> ENDINGS = Set.of("pth", "pt", "safetensors");
    private static final Pattern PARAMETER_NAME = Pattern.compile("[\\p{Print}]{1,256}");
    private static final String DATA_PARALLEL = "module.";
    private static final String BATCH_COUNTER = "num_batches_tracked";

    private StateDicts() {}

    /**
     * Reads a safetensors file or a {@code torch.save} file, zipped or legacy; the content tells which.
     *
     * <p>A dict nested under {@code model}, {@code state_dict} or {@code model_state_dict} is found,
     * {@code DataParallel}'s prefix {@code module.} is removed if all names have it, and BatchNorm's
     * {@code num_batches_tracked} is left out. A pickle is read as data: nothing that it names is ever run.
     *
     * @param weightsFolder {@code initlab.home/weights}
     * @param name the file's path below the folder, ending in .pth, .pt or .safetensors
     * @return every tensor as float32
     * @throws TrainingException if the name leaves the folder, or the file is missing, of another kind, or damaged
     */
    public static StateDict read(Path weightsFolder, String name) {
        Path file = locate(weightsFolder, name);
        return WeightsFile.read(file, path -> normalise(readAny(path)));
    }

    /**
     * Checks that a file with this name exists and may be read.
     *
     * @throws TrainingException if the name leaves the folder or has another extension, or the file is missing
     */
    public static void check(Path weightsFolder, String name) {
        locate(weightsFolder, name);
    }

    private static Path locate(Path folder, String name) {
        Path file;
        try {
            file = folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new TrainingException("The weights file's name has a character that is not allowed in a path", e);
        }
        String shown = folder.getFileName() + "/" + name;
        if (!file.startsWith(folder.normalize())) {
            throw new TrainingException("The weights file " + name + " is outside the weights folder; copy it there");
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!ENDINGS.contains(ending)) {
            throw new TrainingException("The weights file " + shown + " must end in .pth, .pt or .safetensors");
        }
        if (!Files.isRegularFile(file)) {
            throw new TrainingException("The weights file " + shown
                    + " does not exist (the path is relative to initlab.home); put it there or name another");
        }
        checkLinks(folder, file, shown);
        return file;
    }

    private static void checkLinks(Path folder, Path file, String shown) {
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new TrainingException(
                        "The weights file " + shown + " is a link to outside the weights folder; copy the file there");
            }
        } catch (IOException e) {
            throw new TrainingException("The weights file " + shown + " cannot be opened", e);
        }
    }

    private static StateDict readAny(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(Long.BYTES + 1);
        }
        // a safetensors header's length can look like a pickle's first bytes, so look for its brace first
        if (start.length > Long.BYTES && start[Long.BYTES] == '{') {
            return Safetensors.readTensors(file);
        }
        if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
            return TorchZip.read(file);
        }
        if (start.length > 0 && start[0] == (byte) 0x80) {
            return TorchLegacy.read(file);
        }
        throw new WeightsFormatException("it is neither a safetensors file nor a torch.save file");
    }

    private static StateDict normalise(StateDict stateDict) throws WeightsFormatException {
        boolean parallel = stateDict.tensors().keySet().stream().allMatch(name -> name.startsWith(DATA_PARALLEL));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> entry : stateDict.tensors().entrySet()) {
            String name = parallel ? entry.getKey().substring(DATA_PARALLEL.length()) : entry.getKey();
            if (!PARAMETER_NAME.matcher(name).matches()) {
                throw new WeightsFormatException("a parameter's name is empty, too long, or not plain text: " + name);
            }
            if (!name.equals(BATCH_COUNTER) && !name.endsWith("." + BATCH_COUNTER)) {
                tensors.put(name, entry.getValue());
            }
        }
        return new StateDict(tensors);
    }
}
