package org.initlab.training.data.images;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.initlab.training.data.Labels;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.Preparation;
import org.initlab.training.data.Split;
import org.initlab.training.data.Splits;
import org.initlab.training.data.cache.CachedRows;
import org.initlab.training.data.cache.Filling;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.ImageTransform;

/** A tree as one run reads it: through the cache. */
record FolderSplits(ImageTree tree, FolderSplit train, FolderSplit test) implements Splits {

    /**
     * Opens the cache.
     *
     * @param limits how many rows of it are needed
     */
    static FolderSplits open(
            ImageTree tree, FolderListing listing, ImageTransform transform, RowCache cache, Limits limits) {
        FolderSplit train = split("train", tree, listing.train(), transform, cache, limits.train());
        boolean opened = false;
        try {
            FolderSplit test = split("test", tree, listing.test(), transform, cache, limits.test());
            opened = true;
            return new FolderSplits(tree, train, test);
        } finally {
            if (!opened) {
                train.pixels().close();
            }
        }
    }

    /** How many rows are needed at most; {@code null} for all. */
    record Limits(Integer train, Integer test) {}

    private static FolderSplit split(
            String name,
            ImageTree tree,
            List<FolderListing.Row> rows,
            ImageTransform transform,
            RowCache cache,
            Integer limit) {
        FolderRows decoder = new FolderRows(tree, rows, transform);
        int needed = limit == null ? rows.size() : Math.min(limit, rows.size());
        CachedRows pixels = new CachedRows(cache, decoder.key(name), needed, decoder);
        return new FolderSplit(rows, pixels, transform.crop());
    }

    /** Decodes the test split first, as a run begins with its evaluation. */
    @Override
    public Preparation prepare(LoadRequest request, Split trained, Split tested) {
        Filling filling = new Filling(List.of(
                new Filling.Part(test.pixels(), rowsOf(tested.labels())),
                new Filling.Part(train.pixels(), rowsOf(trained.labels()))));
        CompletableFuture<String> fingerprint = filling.end()
                .thenApply(all -> new FolderFingerprint(tree, request.positiveClass())
                        .add(train, trained.labels())
                        .add(test, tested.labels())
                        .value());
        return new Decoding(filling, fingerprint);
    }

    private static int[] rowsOf(Labels labels) {
        return IntStream.range(0, labels.count()).map(labels::row).sorted().toArray();
    }

    private record Decoding(Filling filling, CompletableFuture<String> fingerprint) implements Preparation {
        @Override
        public int rowsDone() {
            return filling.rowsDone();
        }

        @Override
        public int rowsTotal() {
            return filling.rowsTotal();
        }

        @Override
        public void close() {
            filling.close();
        }
    }

    @Override
    public void close() {
        train.pixels().close();
        test.pixels().close();
    }
}
