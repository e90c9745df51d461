package org.initlab.training.network;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.initlab.training.download.Download;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.weights.StateDicts;

/**
 * One of torchvision's files of weights trained on ImageNet.
 *
 * @param file its name, which holds the first digits of its SHA-256 between the last hyphen and the extension
 * @param transform how images are brought to the size that the weights were trained for
 */
public record ImageNetWeights(String file, ImageTransform transform) {
    /** Where PyTorch serves the files. */
    public static final URI OFFICIAL_ADDRESS = URI.create("https://download.pytorch.org/models/");

    /** Whether the file is in the weights folder; its hash is checked when it is loaded. */
    public boolean isIn(Path weightsFolder) {
        return Files.isRegularFile(weightsFolder.resolve(file));
    }

    /**
     * Reads the weights, which fill all but the head; downloads them first if they are missing.
     *
     * @param weightsFolder {@code initlab.home/weights}; the file is kept there
     * @param address the folder to download from, ending in a slash
     * @param onProgress called at least once a second while waiting for the network
     * @throws org.initlab.training.spec.TrainingException if the file cannot be obtained, its hash is not the one in
     *     its name, or it is damaged
     */
    public ModelWeights load(Path weightsFolder, URI address, Runnable onProgress) {
        String byHand = "put " + file + " into " + weightsFolder.getFileName() + " below initlab.home";
        new Download(address.resolve(file), weightsFolder.resolve(file), hash(), byHand).fetch(onProgress);
        return new ModelWeights(StateDicts.read(weightsFolder, file, Map.of()));
    }

    private String hash() {
        return file.substring(file.lastIndexOf('-') + 1, file.lastIndexOf('.'));
    }
}
