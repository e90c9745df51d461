package org.initlab.training.data;

/** Splits that are in memory, all of them. */
public record DecodedSplits(DecodedSplit train, DecodedSplit test) implements Splits {

    @Override
    public Preparation prepare(PositiveClass positiveClass, Split trained, Split tested) {
        return Preparation.done(Fingerprint.of(positiveClass, trained, tested));
    }

    /** They are left to the garbage collector, as several runs may share them. */
    @Override
    public void close() {}
}
