package org.initlab.training.model;

import ai.djl.ndarray.NDManager;

/**
 * What the layers of one network share.
 *
 * @param manager owns the parameters
 * @param batchNorm the constants of every batch normalisation
 * @param silu the activation
 */
record LayerContext(NDManager manager, BatchNorm.Constants batchNorm, Silu silu) {}
