package org.initlab.training.data.tables;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The pages of a column in one row group, read one at a time. */
final class ParquetPages implements PageReader {
    /** Writers make pages of about a megabyte. */
    private static final int LARGEST = 256 << 20;

    private final InputStream in;
    private final ColumnMetaData column;
    private final ParquetCompression compression;
    private long valuesLeft;
    /** The header of the page that comes next, if it has been read. */
    private @Nullable PageHeader header;

    ParquetPages(FileChannel channel, ColumnMetaData column) {
        this.column = column;
        valuesLeft = column.getNum_values();
        compression = ParquetCompression.of(column.getCodec());
        long first = column.getData_page_offset();
        if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
            first = Math.min(first, column.getDictionary_page_offset());
        }
        in = new BufferedInputStream(new Chunk(channel, first, first + column.getTotal_compressed_size()), 1 << 16);
    }

    /** A part of the file; several are read in turn. */
    private static final class Chunk extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        Chunk(FileChannel channel, long position, long end) {
            this.channel = channel;
            this.position = position;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int wanted = (int) Math.min(length, end - position);
            int count = wanted <= 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
            position += Math.max(count, 0);
            return count;
        }
    }

    @Override
    public long getTotalValueCount() {
        return column.getNum_values();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            PageHeader next = peek();
            if (next.getType() != PageType.DICTIONARY_PAGE) {
                return null;
            }
            header = null;
            byte[] values = whole(next);
            return new DictionaryPage(
                    BytesInput.from(values),
                    counted(next.getDictionary_page_header().getNum_values(), values.length),
                    encoding(next.getDictionary_page_header().getEncoding()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PageHeader peek() throws IOException {
        if (header == null) {
            header = Util.readPageHeader(in);
        }
        return header;
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (valuesLeft > 0) {
                PageHeader next = peek();
                header = null;
                if (next.getType() == PageType.DATA_PAGE) {
                    return version1(next, next.getData_page_header());
                }
                if (next.getType() == PageType.DATA_PAGE_V2) {
                    return version2(next, next.getData_page_header_v2());
                }
                in.skipNBytes(next.getCompressed_page_size());
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataPage version1(PageHeader page, DataPageHeader data) throws IOException {
        valuesLeft -= counted(data.getNum_values(), valuesLeft);
        return new DataPageV1(
                BytesInput.from(whole(page)),
                data.getNum_values(),
                page.getUncompressed_page_size(),
                null,
                encoding(data.getRepetition_level_encoding()),
                encoding(data.getDefinition_level_encoding()),
                encoding(data.getEncoding()));
    }

    /** Its levels are never compressed. */
    private DataPage version2(PageHeader page, DataPageHeaderV2 data) throws IOException {
        valuesLeft -= counted(data.getNum_values(), valuesLeft);
        byte[] stored = stored(page);
        int repetitionBytes = part(data.getRepetition_levels_byte_length(), stored.length);
        int levelBytes =
                repetitionBytes + part(data.getDefinition_levels_byte_length(), stored.length - repetitionBytes);
        byte[] values = Arrays.copyOfRange(stored, levelBytes, stored.length);
        // of a page without values some writers compress nothing, others an empty text
        if (data.isIs_compressed() && values.length > 0) {
            values = compression.expand(values, checked(page.getUncompressed_page_size() - levelBytes));
        }
        return DataPageV2.uncompressed(
                data.getNum_rows(),
                data.getNum_nulls(),
                data.getNum_values(),
                BytesInput.from(stored, 0, repetitionBytes),
                BytesInput.from(stored, repetitionBytes, levelBytes - repetitionBytes),
                encoding(data.getEncoding()),
                BytesInput.from(values),
                null);
    }

    private byte[] whole(PageHeader page) throws IOException {
        return compression.expand(stored(page), checked(page.getUncompressed_page_size()));
    }

    /** What follows the header, which has its checksum if the writer made one. */
    private byte[] stored(PageHeader page) throws IOException {
        int length = checked(page.getCompressed_page_size());
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        if (page.isSetCrc() && page.getCrc() != checksum(bytes)) {
            throw new IOException("a page with a wrong checksum");
        }
        return bytes;
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static int part(int length, int most) throws IOException {
        if (length < 0 || length > most) {
            throw new IOException("levels of " + length + " bytes");
        }
        return length;
    }

    private static int checked(int length) throws IOException {
        if (length < 0 || length > LARGEST) {
            throw new IOException("a page of " + length + " bytes");
        }
        return length;
    }

    /** So that a damaged number does not take all memory. */
    private static int counted(int values, long most) throws IOException {
        if (values < 0 || values > most) {
            throw new IOException("a page of " + values + " values");
        }
        return values;
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }
}
