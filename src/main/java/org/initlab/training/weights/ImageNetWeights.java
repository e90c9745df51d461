package org.initlab.training.weights;

import static org.initlab.training.data.Interpolation.BICUBIC;
import static org.initlab.training.data.Interpolation.BILINEAR;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.initlab.training.data.ImageTransform;
import org.initlab.training.download.Download;
import org.initlab.training.spec.TrainingException;

/**
 * One of torchvision's files of EfficientNet weights trained on ImageNet.
 *
 * @param architecture torchvision's name of the network
 * @param file its name, which holds the first digits of its SHA-256 between the last hyphen and the ending
 * @param transform how images are brought to the size that the weights were made for
 */
public record ImageNetWeights(String architecture, String file, ImageTransform transform) {
    /** Where PyTorch serves the files. */
    public static final URI OFFICIAL_ADDRESS = URI.create("https://download.pytorch.org/models/");

    /** An architecture's default comes before its other weights. */
    private static final List<ImageNetWeights> OFFICIAL = List.of(
            bicubic("efficientnet_b0", "efficientnet_b0_rwightman-7f5810bc.pth", 256, 224),
            new ImageNetWeights(
                    "efficientnet_b1",
                    "efficientnet_b1-c27df63c.pth",
                    ImageTransform.resizeAndCrop(255, BILINEAR, 240)),
            bicubic("efficientnet_b1", "efficientnet_b1_rwightman-bac287d4.pth", 256, 240),
            bicubic("efficientnet_b2", "efficientnet_b2_rwightman-c35c1473.pth", 288, 288),
            bicubic("efficientnet_b3", "efficientnet_b3_rwightman-b3899882.pth", 320, 300),
            bicubic("efficientnet_b4", "efficientnet_b4_rwightman-23ab8bcd.pth", 384, 380),
            bicubic("efficientnet_b5", "efficientnet_b5_lukemelas-1a07897c.pth", 456, 456),
            bicubic("efficientnet_b6", "efficientnet_b6_lukemelas-24a108a5.pth", 528, 528),
            bicubic("efficientnet_b7", "efficientnet_b7_lukemelas-c5b4e57e.pth", 600, 600));

    /**
     * The weights that torchvision calls {@code DEFAULT} for an architecture: for {@code efficientnet_b1} IMAGENET1K_V2.
     *
     * @throws TrainingException if there are none
     */
    public static ImageNetWeights of(String architecture) {
        return OFFICIAL.stream()
                .filter(weights -> weights.architecture.equals(architecture))
                .findFirst()
                .orElseThrow(() -> new TrainingException("There are no ImageNet weights for " + architecture
                        + "; use efficientnet_b0 to efficientnet_b7, or weights none"));
    }

    /** The official weights of that file name, which a user may also have put into the weights folder by hand. */
    public static Optional<ImageNetWeights> ofFile(String file) {
        return OFFICIAL.stream().filter(weights -> weights.file.equals(file)).findFirst();
    }

    /** Whether the file is in the weights folder; its hash is checked when it is loaded. */
    public boolean isIn(Path weightsFolder) {
        return Files.isRegularFile(weightsFolder.resolve(file));
    }

    /**
     * Reads the weights, which fill the backbone; downloads them first where they are missing.
     *
     * @param weightsFolder {@code initlab.home/weights}; the file is kept there
     * @param address the folder to download from, ending in a slash
     * @param onProgress called at least once a second while the network is waited for
     * @throws TrainingException if the file cannot be had, has another hash than its name says, or is not sound
     */
    public ModelWeights load(Path weightsFolder, URI address, Runnable onProgress) {
        String byHand = "put " + file + " into " + weightsFolder.getFileName() + " below initlab.home";
        new Download(address.resolve(file), weightsFolder.resolve(file), hash(), byHand).fetch(onProgress);
        return ModelWeights.of(StateDicts.read(weightsFolder, file));
    }

    private String hash() {
        return file.substring(file.lastIndexOf('-') + 1, file.lastIndexOf('.'));
    }

    private static ImageNetWeights bicubic(String architecture, String file, int resize, int crop) {
        return new ImageNetWeights(architecture, file, ImageTransform.resizeAndCrop(resize, BICUBIC, crop));
    }
}
