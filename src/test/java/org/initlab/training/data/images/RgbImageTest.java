package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RgbImageTest {

    /** The hashes are of what torchvision's {@code Resize} and {@code CenterCrop} make of this image of 56×40 pixels. */
    @ParameterizedTest
    @CsvSource({
        "24, BILINEAR, false, 20, 50832fc5306d48f15984c47419c5b3784fc3e1555f2cd9b86f7b991d3135ff62",
        "65, BICUBIC,  false, 50, e7d2a3f66cbdff2870a67fcd082793b19ed9265c9123bc8f477b78a2aa69201d",
        "13, BICUBIC,  false, 13, 0f096cdcff946a7ea76748c0d99705c048b86ed76d0a26498f153058426b135d",
        "17, BILINEAR, true,  17, 719212bb772672dc137737535ab3e0f725e5257146a06eb98564f7a356b601da",
        "48, BILINEAR, true,  48, e6b1c2d8ff6d93acb93135a46a12cd0d99fa03ec5f86fa3e1c2979f801bd47fd",
    })
    void itIsTransformedToTheBitAsTorchvisionDoes(
            int resize, Interpolation interpolation, boolean stretch, int crop, String sha256) throws IOException {
        ImageTransform transform = new ImageTransform(resize, interpolation, stretch, crop);
        byte[] transformed = new byte[crop * crop * 3];
        image().transformInto(transform, transformed, 0);
        assertThat(DigestUtils.sha256Hex(transformed)).isEqualTo(sha256);
    }

    /** Pillow then shrinks the rows before the columns, which rounds otherwise. */
    @Test
    void aVeryTallImageIsTransformedToTheBitToo() throws IOException {
        byte[] transformed = new byte[16 * 16 * 3];
        new RgbImage(560, 4, image().pixels())
                .transformInto(new ImageTransform(16, Interpolation.BICUBIC, true, 16), transformed, 0);
        assertThat(DigestUtils.sha256Hex(transformed))
                .isEqualTo("cdd99b235a89a60b3836b17ea34a615ea4eabe324764f0b79304b245fc739f6d");
    }

    @Test
    void itGoesWhereItIsTold() throws IOException {
        byte[] target = new byte[2 * 5 * 5 * 3 + 2];
        image().transformInto(ImageTransform.square(5), target, 75);
        assertThat(target[74]).isZero();
        assertThat(target[75]).isNotZero();
        assertThat(target[149]).isNotZero();
        assertThat(target[150]).isZero();
    }

    private static RgbImage image() throws IOException {
        try (InputStream in = RgbImageTest.class.getResourceAsStream("/images/rgb.png")) {
            return ImageDecoder.decode(in.readAllBytes());
        }
    }
}
