/** The optimizers, by {@code torch.optim}'s formulas and kernels, and their learning rates. */
package org.initlab.training.optimizer;
