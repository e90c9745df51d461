package org.initlab.training.data;

/** A data set as a run reads it; whoever asked a source for it closes it. */
public interface Splits extends AutoCloseable {
    DecodedSplit train();

    DecodedSplit test();

    /**
     * Begins to make ready what a run will read, and to compute its fingerprint.
     *
     * @param request what this was read for
     * @param train a view of {@link #train()}
     * @param test a view of {@link #test()}
     * @return closed before this is
     */
    Preparation prepare(LoadRequest request, Split train, Split test);

    @Override
    void close();
}
