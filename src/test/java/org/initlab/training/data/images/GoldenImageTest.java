package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format that is read, against the pixels that Pillow reads in it ({@code images/make.py}). */
class GoldenImageTest {

    /** One file; a tolerance other than 0 has its pixels beside it. */
    record Golden(String name, int height, int width, int tolerance, String sha256) {
        static Golden of(String line) {
            String[] fields = line.split(",", -1);
            return new Golden(
                    fields[0],
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]),
                    fields[4]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Golden> images() throws IOException {
        return new String(bytes("golden.csv"), StandardCharsets.UTF_8)
                .lines()
                .map(Golden::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("images")
    void thePixelsArePillows(Golden golden) throws IOException {
        RgbImage image = ImageDecoder.decode(bytes(golden.name()));
        assertThat(image.height()).isEqualTo(golden.height());
        assertThat(image.width()).isEqualTo(golden.width());
        if (golden.tolerance() == 0) {
            assertThat(DigestUtils.sha256Hex(image.pixels())).isEqualTo(golden.sha256());
        } else {
            assertThat(difference(image.pixels(), bytes(golden.name() + ".rgb")))
                    .isLessThanOrEqualTo(golden.tolerance());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "r_lab.tif, CIELAB",
        "r_ink16.tif, 16-bit inks",
        "r_white16.tif, 0 is white",
        "r_planes16.tif, in planes of their own",
        "r_ycc.tif, YCbCr without compression",
        "r_palette8.tif, 8 bits instead of TIFF's 16",
        "r_old_jpeg.tif, before 1995",
        "r_float.tif, not whole numbers",
        "r_interlaced.gif, it is interlaced and has only 4 rows"
    })
    void whatPillowReadsAsOtherColoursIsRefused(String name, String words) {
        assertThatIOException()
                .isThrownBy(() -> ImageDecoder.decode(bytes(name)))
                .withMessageContainingAll(words, "; convert it to ");
    }

    private static int difference(byte[] actual, byte[] expected) {
        int most = 0;
        for (int i = 0; i < expected.length; i++) {
            most = Math.max(most, Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF)));
        }
        return most;
    }

    /** A file that ends too early is refused, but where only what follows the first frame is missing. */
    @ParameterizedTest
    @MethodSource("images")
    void aTruncatedFileIsRefused(Golden golden) throws IOException {
        byte[] whole = bytes(golden.name());
        for (int percent : new int[] {0, 1, 20, 45}) {
            byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
            assertThatIOException().as("%d %% of it", percent).isThrownBy(() -> ImageDecoder.decode(cut));
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = GoldenImageTest.class.getResourceAsStream("/images/" + name)) {
            return in.readAllBytes();
        }
    }
}
