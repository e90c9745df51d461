/** What networks are built of: {@code torch.nn}'s modules by its names, laid out channels-last. */
package org.initlab.training.network.layers;
