package org.initlab.training.data.tables;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.initlab.training.data.files.UserFiles;
import org.initlab.training.spec.TrainingException;

/**
 * A file of delimited text.
 *
 * @param path where it is
 * @param name its path below {@code initlab.home}, for messages
 * @param delimiter between fields
 * @param zipped whether it is compressed by gzip
 */
record TableFile(Path path, String name, char delimiter, boolean zipped) {
    private static final int BUFFER = 1 << 16;
    private static final int BOM = 3;

    /**
     * Finds a file.
     *
     * @param path below the datasets folder
     * @throws TrainingException if there is none, it lies outside, or its name is not a table's
     */
    static TableFile find(Path datasets, String path) {
        UserFiles files = new UserFiles(datasets, "the table");
        Path found = files.find(path)
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new TrainingException(
                        "there is no file " + files.named(path) + " below initlab.home; put the table there"));
        String lower = path.toLowerCase(Locale.ROOT);
        boolean zipped = lower.endsWith(".gz");
        String plain = zipped ? lower.substring(0, lower.length() - ".gz".length()) : lower;
        if (!plain.endsWith(".csv") && !plain.endsWith(".tsv")) {
            throw new TrainingException(files.named(path)
                    + " is not a table that can be read: its name must end in .csv or .tsv, or either with .gz");
        }
        return new TableFile(found, files.name(found), plain.endsWith(".tsv") ? '\t' : ',', zipped);
    }

    /** Opens the file as text: UTF-8, or UTF-16 if it begins with its mark; the reader fails on bytes that are neither. */
    Reader open() throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            PushbackInputStream bytes = new PushbackInputStream(zipped ? new GZIPInputStream(file, BUFFER) : file, BOM);
            Charset charset = charset(bytes);
            return new InputStreamReader(
                    bytes,
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Skips a mark at the beginning. */
    private static Charset charset(PushbackInputStream bytes) throws IOException {
        byte[] first = bytes.readNBytes(BOM);
        int mark = 0;
        Charset charset = StandardCharsets.UTF_8;
        if (startsWith(first, 0xEF, 0xBB, 0xBF)) {
            mark = BOM;
        } else if (startsWith(first, 0xFE, 0xFF)) {
            mark = 2;
            charset = StandardCharsets.UTF_16BE;
        } else if (startsWith(first, 0xFF, 0xFE)) {
            mark = 2;
            charset = StandardCharsets.UTF_16LE;
        }
        bytes.unread(first, mark, first.length - mark);
        return charset;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        return bytes.length >= mark.length
                && IntStream.range(0, mark.length).allMatch(at -> (bytes[at] & 0xFF) == mark[at]);
    }
}
