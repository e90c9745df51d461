/** EfficientNet-B0 to B7 as torchvision has them. */
package org.initlab.training.network.efficientnet;
