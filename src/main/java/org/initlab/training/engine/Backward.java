package org.initlab.training.engine;

import ai.djl.pytorch.jni.IValue;

/** A way to a loss's gradients: {@code torch.autograd.grad}, or one that is faster for some parameters. */
@FunctionalInterface
public interface Backward {

    /**
     * Computes the gradients and frees the loss's graph.
     *
     * @param loss a scalar; borrowed
     * @param parameters a list of tensors; borrowed
     * @return a list of tensors, one for each parameter; the caller closes it
     */
    IValue gradients(IValue loss, IValue parameters);
}
