package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The images in {@code /images} are one image of 56×40 pixels, written by Pillow in every format. */
class ImageDecoderTest {
    private static final List<Integer> SAMPLES = List.of(0, 5 * 56 + 5, 20 * 56 + 30, 39 * 56 + 55);

    /** The colours are what Pillow reads at four pixels; decoders of lossy formats may differ a little. */
    @ParameterizedTest
    @CsvSource({
        "rgb.png,             7fe300, c0b519, 233d8c, e28403, 0",
        "rgb.bmp,             7fe300, c0b519, 233d8c, e28403, 0",
        "rgb.gif,             86e117, c1b430, 1e3992, dd7d25, 0",
        "rgb.jpg,             85df01, c2b51b, 223d8a, ca776f, 2",
        "progressive.jpg,     89df02, bfb619, 213f88, cd7d74, 2",
        "lossless.webp,       7fe300, c0b519, 233d8c, e28403, 0",
        "lossy.webp,          84e105, c2b419, 243d8e, d27864, 0",
        "grey.png,            ababab, a7a7a7, 3e3e3e, 919191, 0",
        "grey.jpg,            ababab, a7a7a7, 3e3e3e, 8f8f8f, 1",
        "grey16.png,          ababab, a7a7a7, 3e3e3e, 919191, 0",
        "greyalpha.png,       ababab, a7a7a7, 3e3e3e, 919191, 0",
        "bilevel.png,         ffffff, ffffff, ffffff, 000000, 0",
        "palette.png,         86e117, c1b430, 1e3992, dd7d25, 0",
        "palette_transparent.png, 86e117, c1b430, 1e3992, dd7d25, 0",
        "alpha.png,           7fe300, c0b519, 233d8c, e28403, 0",
        "alpha.webp,          000000, c0b519, 233d8c, e28403, 0",
        "cmyk.jpg,            7fe300, c0b519, 233d8c, e28405, 2",
    })
    void everyFormatBecomesTheRgbThatPillowReads(
            String name, String first, String second, String third, String fourth, int tolerance) throws IOException {
        RgbImage image = ImageDecoder.decode(bytes(name));
        assertThat(image.height()).isEqualTo(40);
        assertThat(image.width()).isEqualTo(56);
        List<String> expected = List.of(first, second, third, fourth);
        for (int i = 0; i < expected.size(); i++) {
            byte[] colour = HexFormat.of().parseHex(expected.get(i));
            for (int c = 0; c < 3; c++) {
                int value = image.pixels()[SAMPLES.get(i) * 3 + c] & 0xFF;
                assertThat(value)
                        .as("pixel %d, channel %d", SAMPLES.get(i), c)
                        .isBetween((colour[c] & 0xFF) - tolerance, (colour[c] & 0xFF) + tolerance);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "rgb.bmp",
                "rgb.gif",
                "rgb.jpg",
                "progressive.jpg",
                "lossless.webp",
                "lossy.webp",
                "cmyk.jpg"
            })
    void aTruncatedImageIsRefused(String name) throws IOException {
        byte[] whole = bytes(name);
        for (int percent : new int[] {0, 1, 30, 60, 95}) {
            byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
            assertThatIOException().as("%d %% of it", percent).isThrownBy(() -> ImageDecoder.decode(cut));
        }
    }

    @Test
    void aChangedByteInAPngIsRefused() throws IOException {
        byte[] png = bytes("rgb.png");
        png[png.length - 30] ^= 1;
        assertThatIOException().isThrownBy(() -> ImageDecoder.decode(png)).withMessageContaining("checksum");
    }

    @Test
    void aFileThatIsNotAnImageIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> ImageDecoder.decode(new byte[1000]))
                .withMessageContaining("not a JPEG, PNG, WebP, BMP, GIF, TIFF, PPM or PGM image");
    }

    @Test
    void aSmallFileThatClaimsToBeHugeIsRefused() throws IOException {
        byte[] gif = bytes("rgb.gif");
        int frame = indexOf(gif, (byte) 0x2C);
        Arrays.fill(gif, frame + 5, frame + 9, (byte) 0xFF);
        assertThatIOException().isThrownBy(() -> ImageDecoder.decode(gif)).withMessageContaining("65535×65535 pixels");
    }

    private static int indexOf(byte[] bytes, byte value) {
        // past the global palette, where any byte may occur
        int at = 13 + 3 * 256;
        while (bytes[at] != value) {
            at++;
        }
        return at;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ImageDecoderTest.class.getResourceAsStream("/images/" + name)) {
            return in.readAllBytes();
        }
    }
}
