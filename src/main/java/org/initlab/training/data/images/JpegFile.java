package org.initlab.training.data.images;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * A JPEG's segments (ITU-T T.81, annex B): its end is found by them, whatever its metadata say, and the metadata go.
 *
 * @param bare the first image of the file without profiles, Exif and comments
 * @param jfif whether it has JFIF's mark, which makes it YCbCr
 * @param transform Adobe's colour transform; -1 without its mark
 * @param components the ids of the components
 * @param sampling the components' horizontal and vertical factors, in a byte's upper and lower half
 */
record JpegFile(byte[] bare, boolean jfif, int transform, byte[] components, byte[] sampling) {
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END = 0xD9;

    /**
     * Finds the segments.
     *
     * @throws IIOException when the file ends before the image does
     */
    static JpegFile of(byte[] file) throws IIOException {
        ByteArrayOutputStream bare = new ByteArrayOutputStream(file.length);
        bare.write(file, 0, 2);
        boolean jfif = false;
        int transform = -1;
        byte[] components = {};
        byte[] sampling = {};
        int at = 2;
        while (true) {
            at = marker(file, at);
            int marker = file[at + 1] & 0xFF;
            if (marker == END) {
                bare.write(file, at, 2);
                return new JpegFile(bare.toByteArray(), jfif, transform, components, sampling);
            }
            int end = at + 2 + (isAlone(marker) ? 0 : length(file, at + 2));
            require(end <= file.length);
            if (marker == APP0 && startsWith(file, at + 4, "JFIF\0")) {
                jfif = true;
            } else if (marker == APP14 && startsWith(file, at + 4, "Adobe") && end - at >= 16) {
                transform = file[at + 15] & 0xFF;
            } else if (isFrame(marker)) {
                components = ofComponents(file, at, end, 0);
                sampling = ofComponents(file, at, end, 1);
            }
            end = marker == START_OF_SCAN ? endOfScan(file, end) : end;
            if (!isMetadata(marker)) {
                bare.write(file, at, end - at);
            }
            at = end;
        }
    }

    /** As libjpeg decides where there are three components or four. */
    boolean isYcc() {
        if (components.length == 4) {
            return transform == 2;
        }
        return jfif || (transform >= 0 ? transform != 0 : !Arrays.equals(components, new byte[] {'R', 'G', 'B'}));
    }

    /** Whether a component has all columns and every second row. */
    boolean hasHalfTheRows(int component) {
        int across = 0;
        int down = 0;
        for (byte factors : sampling) {
            across = Math.max(across, factors >> 4);
            down = Math.max(down, factors & 0xF);
        }
        return sampling[component] >> 4 == across && 2 * (sampling[component] & 0xF) == down;
    }

    /** The next marker from a place on; what lies between two segments is skipped as libjpeg does. */
    private static int marker(byte[] file, int from) throws IIOException {
        for (int at = from; at + 1 < file.length; at++) {
            if (file[at] == (byte) 0xFF && file[at + 1] != 0 && file[at + 1] != (byte) 0xFF) {
                return at;
            }
        }
        throw new IIOException("it is truncated");
    }

    private static int endOfScan(byte[] file, int from) throws IIOException {
        int at = from;
        while (true) {
            at = marker(file, at);
            int marker = file[at + 1] & 0xFF;
            if (marker < 0xD0 || marker > 0xD7) {
                return at;
            }
            at += 2;
        }
    }

    private static int length(byte[] file, int at) throws IIOException {
        require(at + 1 < file.length);
        int length = (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
        if (length < 2) {
            throw new IIOException("it is damaged");
        }
        return length;
    }

    /** A byte of every component's three in a frame's header. */
    private static byte[] ofComponents(byte[] file, int at, int end, int offset) {
        byte[] bytes = new byte[file[at + 9] & 0xFF];
        for (int i = 0; i < bytes.length && at + 12 + 3 * i < end; i++) {
            bytes[i] = file[at + 10 + 3 * i + offset];
        }
        return bytes;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** What says nothing about the samples: libjpeg's own look at it might only fail. */
    private static boolean isMetadata(int marker) {
        return (marker >= APP0 && marker <= APP15) || marker == COMMENT;
    }

    private static boolean isAlone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
    }

    private static boolean startsWith(byte[] file, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= file.length || file[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean whole) throws IIOException {
        if (!whole) {
            throw new IIOException("it is truncated");
        }
    }
}
