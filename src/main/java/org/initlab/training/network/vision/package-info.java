/** What networks for images have in common. */
package org.initlab.training.network.vision;
