package org.initlab.training.data.images;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.spec.TrainingException;

/** Keeps the last listings for as long as no folder of theirs changes; safe for use by several threads. */
final class FolderListings {
    /** A folder that changed less than this before it was listed may change again without its time showing it. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Cache<Path, FolderListing> listings = Caffeine.newBuilder()
            .maximumSize(4)
            .softValues()
            .executor(Runnable::run)
            .build();

    /**
     * Lists a tree.
     *
     * @throws TrainingException when it cannot be trained on as it is
     */
    FolderListing of(ImageTree tree) {
        FolderListing kept = listings.getIfPresent(tree.root());
        if (kept == null || !isCurrent(kept)) {
            kept = FolderListing.of(tree);
            listings.put(tree.root(), kept);
        }
        return kept;
    }

    private static boolean isCurrent(FolderListing listing) {
        Instant settled = listing.begun().minus(SETTLED);
        List<FileStamp> folders = listing.folders();
        return folders.stream()
                .allMatch(folder -> folder.modified().toInstant().isBefore(settled) && folder.isCurrent());
    }
}
