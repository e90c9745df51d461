package org.initlab.training.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.SpecFault;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;
import org.initlab.training.spec.ModelSpec;
import org.junit.jupiter.api.Test;

class NetworkCatalogTest {
    private static final String B1_V1 = "efficientnet_b1_rwightman-bac287d4.pth";
    private static final ImageShape SMALL = new ImageShape(32, 32, 3);
    private static final ImageShape MIXED = new ImageShape(null, null, 3);

    private final Architecture b1 = NetworkCatalog.named("efficientnet_b1").orElseThrow();
    private final Architecture convNeXt = NetworkCatalog.named("convnext_tiny").orElseThrow();
    private final Architecture resnet50 = NetworkCatalog.named("resnet50").orElseThrow();

    @Test
    void networksAreKnownByTorchvisionsNames() {
        assertThat(NetworkCatalog.all())
                .extracting(Architecture::name)
                .containsSubsequence(List.of(
                        "efficientnet_b0",
                        "efficientnet_b7",
                        "resnet18",
                        "resnet34",
                        "resnet50",
                        "mobilenet_v3_small",
                        "mobilenet_v3_large",
                        "convnext_tiny"))
                .doesNotHaveDuplicates();
        assertThat(NetworkCatalog.named("EfficientNet_B1")).isEmpty();
    }

    @Test
    void whatASpecLeavesOutIsTheNetworksOwn() {
        assertThat(b1.resolve(spec("efficientnet_b1", "none", null), MIXED))
                .isEqualTo(new ModelSpec("efficientnet_b1", "none", 240, 0.2, 0.2));
        assertThat(resnet50.resolve(spec("resnet50", "none", null), MIXED))
                .isEqualTo(new ModelSpec("resnet50", "none", 224, null, null));
    }

    @Test
    void theImageSizeIsTheDatasWithoutWeightsAndTheWeightsOwnWithThem() {
        assertThat(size(b1, "none", null)).isEqualTo(32);
        assertThat(size(b1, "none", 64)).isEqualTo(64);
        assertThat(size(b1, "imagenet", null)).isEqualTo(240);
        assertThat(size(b1, "mine.pth", null)).isEqualTo(240);
    }

    @Test
    void imagenetBringsItsOwnResizeAndCrop() {
        assertThat(b1.input(spec("efficientnet_b1", "imagenet", 240)))
                .isEqualTo(ImageTransform.resizeAndCrop(255, Interpolation.BILINEAR, 240));
        assertThat(b1.input(spec("efficientnet_b1", B1_V1, 240)))
                .isEqualTo(ImageTransform.resizeAndCrop(256, Interpolation.BICUBIC, 240));
        assertThat(resnet50.input(spec("resnet50", "imagenet", 224)))
                .isEqualTo(ImageTransform.resizeAndCrop(232, Interpolation.BILINEAR, 224));
    }

    @Test
    void imagesAreResizedToASquareIfTheSizeIsNotTheWeightsOwn() {
        assertThat(b1.input(spec("efficientnet_b1", "imagenet", 64))).isEqualTo(ImageTransform.square(64));
        assertThat(b1.input(spec("efficientnet_b1", "none", 240))).isEqualTo(ImageTransform.square(240));
    }

    @Test
    void mapsOfOnePixelNeedTwoRows() {
        assertThat(b1.smallestTrainingBatch(spec("efficientnet_b1", "none", 32)))
                .isEqualTo(2);
        assertThat(b1.smallestTrainingBatch(spec("efficientnet_b1", "none", 33)))
                .isEqualTo(1);
        assertThat(resnet50.smallestTrainingBatch(spec("resnet50", "none", 32))).isEqualTo(2);
        assertThat(resnet50.smallestTrainingBatch(spec("resnet50", "none", 33))).isEqualTo(1);
        assertThat(convNeXt.smallestTrainingBatch(spec("convnext_tiny", "none", 32)))
                .isEqualTo(1);
    }

    @Test
    void aNetworkSaysWhatItDoesNotHave() {
        ModelSpec everything = new ModelSpec(null, "none", 31, 0.1, 0.1);
        assertThat(b1.faults(everything, SMALL)).isEmpty();
        assertThat(resnet50.faults(everything, null))
                .extracting(SpecFault::field)
                .containsExactly("dropout", "stochasticDepth");
        assertThat(convNeXt.faults(everything, SMALL))
                .extracting(SpecFault::field)
                .containsExactly("dropout", "imageSize");
    }

    @Test
    void patchesNeedTheirPixels() {
        assertThat(convNeXt.resolve(spec("convnext_tiny", "none", null), new ImageShape(8, 8, 1))
                        .imageSize())
                .isEqualTo(32);
    }

    private static Integer size(Architecture architecture, String weights, Integer asked) {
        return architecture
                .resolve(spec(architecture.name(), weights, asked), SMALL)
                .imageSize();
    }

    private static ModelSpec spec(String architecture, String weights, Integer imageSize) {
        return new ModelSpec(architecture, weights, imageSize, null, null);
    }
}
