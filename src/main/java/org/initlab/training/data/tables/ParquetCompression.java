package org.initlab.training.data.tables;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.initlab.training.data.ContentException;

/** How a column's pages are compressed. */
interface ParquetCompression {

    /**
     * Expands a page.
     *
     * @param length of the result
     */
    byte[] expand(byte[] bytes, int length) throws IOException;

    /**
     * The one with a codec's name.
     *
     * @throws ContentException if it is not known
     */
    static ParquetCompression of(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED -> (bytes, length) -> bytes;
            case GZIP -> (bytes, length) -> new GZIPInputStream(new ByteArrayInputStream(bytes)).readNBytes(length);
            case SNAPPY -> by(new SnappyDecompressor());
            case ZSTD -> by(new ZstdDecompressor());
            case LZ4_RAW -> by(new Lz4Decompressor());
            default ->
                throw new ContentException("a column is compressed by " + codec.name()
                        + ", which is not read; write the file with snappy, zstd, gzip or LZ4_RAW");
        };
    }

    private static ParquetCompression by(Decompressor decompressor) {
        return (bytes, length) -> {
            byte[] expanded = new byte[length];
            decompressor.decompress(bytes, 0, bytes.length, expanded, 0, length);
            return expanded;
        };
    }
}
