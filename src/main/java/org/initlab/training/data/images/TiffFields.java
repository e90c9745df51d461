package org.initlab.training.data.images;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.IIOException;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The whole numbers among a TIFF page's fields, by their tags (TIFF 6.0). */
record TiffFields(Map<Integer, int[]> values) {
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int PLANES = 284;
    private static final int COLOUR_MAP = 320;
    private static final int EXTRA_SAMPLES = 338;

    private static final int ASSOCIATED_ALPHA = 1;
    private static final int OLD_JPEG = 6;

    private static final int WHITE_IS_ZERO = 0;
    private static final int PALETTE = 3;
    private static final int INKS = 5;
    private static final int YCC = 6;
    private static final int LAB = 8;
    private static final int ITU_LAB = 10;

    static TiffFields of(IIOMetadata metadata) {
        Map<Integer, int[]> values = new HashMap<>();
        Element root = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
        NodeList fields = root.getElementsByTagName("TIFFField");
        for (int i = 0; i < fields.getLength(); i++) {
            Element field = (Element) fields.item(i);
            Node list = field.getFirstChild();
            if (list != null && list.getNodeName().matches("TIFF(Shorts|Longs)")) {
                values.put(Integer.valueOf(field.getAttribute("number")), numbers(list.getChildNodes()));
            }
        }
        return new TiffFields(values);
    }

    private static int[] numbers(NodeList list) {
        int[] numbers = new int[list.getLength()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) Long.parseLong(((Element) list.item(i)).getAttribute("value"));
        }
        return numbers;
    }

    int orientation() {
        return first(ORIENTATION, 1);
    }

    boolean isMultipliedByAlpha() {
        return first(EXTRA_SAMPLES, 0) == ASSOCIATED_ALPHA;
    }

    /**
     * Refuses what PIL refuses or reads as other colours.
     *
     * @throws IIOException naming the kind
     */
    void requireReadable() throws IIOException {
        int colours = first(PHOTOMETRIC, -1);
        boolean wide = first(BITS, 1) > Byte.SIZE;
        refuse(first(COMPRESSION, 1) == OLD_JPEG, "it has JPEG in the form that TIFF had before 1995");
        refuse(colours >= LAB && colours <= ITU_LAB, "its colours are CIELAB");
        refuse(wide && colours == INKS, "it has 16-bit inks");
        refuse(wide && colours == WHITE_IS_ZERO, "it has 16-bit grey in which 0 is white");
        refuse(wide && first(PLANES, 1) == 2 && first(SAMPLES, 1) > 1, "it has 16-bit colours in planes of their own");
        refuse(colours == YCC && first(COMPRESSION, 1) == 1, "it is YCbCr without compression");
        refuse(
                colours == PALETTE && Arrays.stream(values.get(COLOUR_MAP)).allMatch(colour -> colour < 1 << Byte.SIZE),
                "its palette has 8 bits instead of TIFF's 16");
        refuse(first(SAMPLES, 1) != 4 && isMultipliedByAlpha(), "it is not RGB but multiplied by alpha");
    }

    private static void refuse(boolean unlike, String kind) throws IIOException {
        if (unlike) {
            throw new IIOException(kind + "; convert it to 8-bit RGB");
        }
    }

    private int first(int tag, int otherwise) {
        int[] numbers = values.get(tag);
        return numbers == null || numbers.length == 0 ? otherwise : numbers[0];
    }
}
