package org.initlab.run;

/**
 * How far the images of a run are that its worker still decodes, while it trains already.
 *
 * @param rowsDone images that are ready
 * @param rowsTotal images that the run needs
 */
public record Preparing(int rowsDone, int rowsTotal) {}
