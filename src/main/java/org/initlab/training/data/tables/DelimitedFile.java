package org.initlab.training.data.tables;

import java.io.BufferedInputStream;
import java.io.EOFException;
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
import java.util.stream.IntStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.spec.TrainingException;

/**
 * A file of delimited text.
 *
 * @param name its path below {@code initlab.home}, for messages
 * @param content its bytes
 * @param delimiter between fields
 * @param zipped whether it is compressed by gzip
 */
record DelimitedFile(String name, Content content, char delimiter, boolean zipped) implements TableFile {
    private static final int BUFFER = 1 << 16;
    private static final int BOM = 3;
    private static final int MAGIC = 4;
    /** Some tenths of a second of reading. */
    private static final int SMALL = 4 << 20;

    /** Where the bytes come from. */
    interface Content {
        InputStream open() throws IOException;

        /** Returns a value that stays equal as long as the bytes do. */
        Object stamp();

        /** The bytes of a file. */
        static Content of(Path path) {
            return new Content() {
                @Override
                public InputStream open() throws IOException {
                    return Files.newInputStream(path);
                }

                @Override
                public Object stamp() {
                    return FileStamp.of(path);
                }
            };
        }
    }

    @Override
    public Object stamp() {
        return content.stamp();
    }

    /** By the text's length, as a small compressed file may hold a long one. */
    @Override
    public boolean isSmall() {
        try (InputStream text = unzipped()) {
            text.skipNBytes(SMALL);
            return text.read() < 0;
        } catch (EOFException e) {
            return true;
        } catch (IOException | TrainingException e) {
            // whoever reads it finds the same and says so
            return true;
        }
    }

    @Override
    public TableReader open() {
        return new DelimitedReader(this);
    }

    /** Opens the file as text: UTF-8, or UTF-16 if it begins with its mark; the reader fails on bytes that are neither. */
    Reader text() throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(unzipped(), BOM);
        try {
            Charset charset = charset(bytes);
            return new InputStreamReader(
                    bytes,
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private InputStream unzipped() throws IOException {
        InputStream file = new BufferedInputStream(content.open(), BUFFER);
        boolean opened = false;
        try {
            file.mark(MAGIC);
            checkKind(file.readNBytes(MAGIC));
            file.reset();
            InputStream unzipped = zipped ? gunzip(file) : file;
            opened = true;
            return unzipped;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    /** The JDK's own stream ends without a word where a second part of the file is damaged. */
    private static InputStream gunzip(InputStream file) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(file)
                .setDecompressConcatenated(true)
                .get();
    }

    /** Names with wrong endings are common, and what follows from them is hard to understand. */
    private void checkKind(byte[] first) {
        boolean gzip = startsWith(first, 0x1F, 0x8B);
        String fault = null;
        if (zipped && first.length > 0 && !gzip) {
            fault = "is not compressed by gzip, as .gz says; take that off its name, or compress it";
        } else if (!zipped && gzip) {
            fault = "is compressed by gzip; add .gz to its name";
        } else if (startsWith(first, 'P', 'K', 3, 4) || startsWith(first, 0xD0, 0xCF, 0x11, 0xE0)) {
            fault = "is a spreadsheet or an archive; save the table in it as CSV";
        } else if (startsWith(first, 'P', 'A', 'R', '1')) {
            fault = "is a Parquet file; let its name end in .parquet";
        }
        if (fault != null) {
            throw new TrainingException(name + " " + fault);
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
