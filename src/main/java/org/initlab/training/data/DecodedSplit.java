package org.initlab.training.data;

import org.initlab.training.spec.InputForm;

/** All rows of one split, as its source keeps them. */
public interface DecodedSplit {

    /** Returns the class of each row, from 0. */
    int[] classes();

    /**
     * Returns a view of some rows.
     *
     * @param labels which rows, and how they are labelled
     * @param form the form in which the network takes its input
     */
    Split select(Labels labels, InputForm form);
}
