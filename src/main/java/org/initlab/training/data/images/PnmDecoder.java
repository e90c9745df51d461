package org.initlab.training.data.images;

import java.io.IOException;
import javax.imageio.IIOException;

/**
 * Reads the Netpbm formats P1 to P6, values scaled to 0…255 as PIL does; of 16-bit grey the upper 8 bits are taken.
 *
 * <p>Comments may stand in the header and, in the plain formats, among the values.
 */
final class PnmDecoder {
    private static final int WHITE = 255;
    private static final int MAX_VALUE = 65_535;

    private final byte[] file;
    private int at;

    PnmDecoder(byte[] file) {
        this.file = file;
    }

    RgbImage decode() throws IOException {
        int kind = file[1] - '0';
        at = 2;
        boolean plain = kind <= 3;
        boolean bilevel = kind == 1 || kind == 4;
        int channels = kind == 3 || kind == 6 ? RgbImage.CHANNELS : 1;
        int width = number();
        int height = number();
        check(width > 0 && height > 0, "it is damaged");
        Readers.checkSize(width, height);
        int max = bilevel ? 1 : number();
        check(max > 0 && max <= MAX_VALUE, "it is damaged");
        if (!plain) {
            at++;
        }
        byte[] pixels = new byte[width * height * RgbImage.CHANNELS];
        for (int pixel = 0; pixel < width * height; pixel++) {
            for (int c = 0; c < channels; c++) {
                int value = bilevel ? bit(plain, pixel % width, width) : plain ? number() : binary(max);
                check(!plain || value <= max, "it is damaged: a value is larger than it says");
                byte scaled = (byte) (bilevel ? WHITE * (1 - value) : eightBits(value, max, channels));
                for (int copy = c; copy < RgbImage.CHANNELS; copy += channels) {
                    pixels[pixel * RgbImage.CHANNELS + copy] = scaled;
                }
            }
        }
        return new RgbImage(height, width, pixels);
    }

    private static int eightBits(int value, int max, int channels) {
        boolean wideGrey = max > WHITE && channels == 1;
        int out = wideGrey ? MAX_VALUE : WHITE;
        int scaled = (int) Math.min(out, Math.rint((double) value / max * out));
        return wideGrey ? scaled >> Byte.SIZE : scaled;
    }

    private int binary(int max) throws IIOException {
        return max > WHITE ? next() << Byte.SIZE | next() : next();
    }

    private int bit(boolean plain, int x, int width) throws IIOException {
        if (plain) {
            skipSpace();
            int digit = next() - '0';
            check(digit == 0 || digit == 1, "it is damaged");
            return digit;
        }
        check(at < file.length, "it is truncated");
        int bit = file[at] >> (7 - x % Byte.SIZE) & 1;
        if (x % Byte.SIZE == Byte.SIZE - 1 || x == width - 1) {
            at++;
        }
        return bit;
    }

    private int number() throws IIOException {
        skipSpace();
        int from = at;
        long value = 0;
        while (at < file.length && isInNumber(at > from) && value <= Integer.MAX_VALUE) {
            if (file[at] == '#') {
                skipComment();
            } else {
                value = value * 10 + file[at++] - '0';
            }
        }
        check(at > from || at < file.length, "it is truncated");
        check(at > from && value <= Integer.MAX_VALUE, "it is damaged");
        return (int) value;
    }

    /** A comment ends no number: what follows its line goes on with it. */
    private boolean isInNumber(boolean begun) {
        return (file[at] >= '0' && file[at] <= '9') || (begun && file[at] == '#');
    }

    private void skipSpace() {
        while (at < file.length && (file[at] == '#' || Character.isWhitespace(file[at]))) {
            if (file[at] == '#') {
                skipComment();
            } else {
                at++;
            }
        }
    }

    private void skipComment() {
        while (at < file.length && file[at] != '\n' && file[at] != '\r') {
            at++;
        }
        at = Math.min(at + 1, file.length);
    }

    private int next() throws IIOException {
        check(at < file.length, "it is truncated");
        return file[at++] & 0xFF;
    }

    private static void check(boolean right, String fault) throws IIOException {
        if (!right) {
            throw new IIOException(fault);
        }
    }
}
