package org.initlab.training.data.tables;

import org.initlab.training.data.Fingerprint;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.Preparation;
import org.initlab.training.data.Split;
import org.initlab.training.data.Splits;
import org.jspecify.annotations.Nullable;

/** The encoded rows of a table, shared by all runs of a spec. Thread-safe. */
final class TableSplits implements Splits {
    private final FeatureRows train;
    private final FeatureRows test;
    private @Nullable String fingerprint;

    TableSplits(FeatureRows train, FeatureRows test) {
        this.train = train;
        this.test = test;
    }

    @Override
    public FeatureRows train() {
        return train;
    }

    @Override
    public FeatureRows test() {
        return test;
    }

    /** A table's splits are made for one positive class and used whole, so there is one fingerprint. */
    @Override
    public synchronized Preparation prepare(LoadRequest request, Split trained, Split tested) {
        if (fingerprint == null) {
            fingerprint = Fingerprint.of(request, trained, tested);
        }
        return Preparation.done(fingerprint);
    }

    /** They are left to the garbage collector. */
    @Override
    public void close() {}
}
