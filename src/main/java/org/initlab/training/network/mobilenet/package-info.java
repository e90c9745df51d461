/** MobileNetV3 small and large as torchvision has them. */
package org.initlab.training.network.mobilenet;
