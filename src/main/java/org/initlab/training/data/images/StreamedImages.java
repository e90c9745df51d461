package org.initlab.training.data.images;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import org.initlab.training.data.Fingerprint;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.Preparation;
import org.initlab.training.data.Split;
import org.initlab.training.data.Splits;
import org.initlab.training.data.cache.CacheKey;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.data.cache.RowSequence;
import org.initlab.training.data.cache.StreamedRows;
import org.initlab.training.spec.ImageShape;

/**
 * Opens the splits of a source whose images all have the same size. They are kept in the cache at it, for networks of every size,
 * and their fingerprints are remembered, as they cover every pixel.
 */
final class StreamedImages {
    private static final int KEPT_FINGERPRINTS = 64;

    private final RowCache cache;
    private final ImageShape shape;
    private final Cache<Object, String> fingerprints = Caffeine.newBuilder()
            .maximumSize(KEPT_FINGERPRINTS)
            .executor(Runnable::run)
            .build();

    StreamedImages(RowCache cache, ImageShape shape) {
        this.cache = cache;
        this.shape = shape;
    }

    /**
     * What a split is made of.
     *
     * @param identity all that decides which rows these are and how they are decoded, except the content of files
     * @param count how many rows there are
     */
    record Part(List<String> identity, int count, RowSequence rows) {}

    /**
     * Opens both splits; makes the rows that the cache does not have.
     *
     * @throws org.initlab.training.spec.TrainingException if a file is damaged, or the cache cannot be written
     */
    Splits open(Part train, Part test, LoadRequest request) {
        StreamedSplit trained = open(train, request);
        boolean opened = false;
        try {
            StreamedSplit tested = open(test, request);
            opened = true;
            List<Object> version = List.of(
                    key(train),
                    key(test),
                    trained.pixels().stamp(),
                    tested.pixels().stamp());
            return new Opened(trained, tested, version, fingerprints);
        } finally {
            if (!opened) {
                trained.pixels().close();
            }
        }
    }

    private StreamedSplit open(Part part, LoadRequest request) {
        StreamedRows rows = StreamedRows.open(cache, key(part), part.rows(), request.onProgress());
        return new StreamedSplit(rows, shape, rows.classes());
    }

    private CacheKey key(Part part) {
        List<String> parts = new ArrayList<>(part.identity());
        parts.add(Integer.toString(part.count()));
        return CacheKey.of(parts, part.count(), shape.imageHeight() * shape.imageWidth() * shape.channels());
    }

    private record Opened(StreamedSplit train, StreamedSplit test, Object version, Cache<Object, String> fingerprints)
            implements Splits {

        @Override
        public Preparation prepare(LoadRequest request, Split trained, Split tested) {
            Object key = List.of(version, request.spec(), request.positiveClass());
            return Preparation.done(fingerprints.get(key, absent -> Fingerprint.of(request, trained, tested)));
        }

        @Override
        public void close() {
            train.pixels().close();
            test.pixels().close();
        }
    }
}
