/** Optimizers, with {@code torch.optim}'s formulas and kernels, and learning-rate schedules. */
package org.initlab.training.optimizer;
