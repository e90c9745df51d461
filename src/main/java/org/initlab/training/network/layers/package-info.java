/** What networks are built from: {@code torch.nn}'s modules under its names, laid out channels-last. */
package org.initlab.training.network.layers;
