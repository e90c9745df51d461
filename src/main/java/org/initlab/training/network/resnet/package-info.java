/** ResNet-18, 34 and 50 as torchvision has them. */
package org.initlab.training.network.resnet;
