/**
 * The PyTorch process: its device, threads, memory, random streams and autograd, and the rule of {@link
 * org.initlab.training.engine.Managed who owns an array}.
 */
package org.initlab.training.engine;
