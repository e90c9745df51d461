/** What networks that see images have in common. */
package org.initlab.training.network.vision;
