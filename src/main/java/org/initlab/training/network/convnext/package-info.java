/** ConvNeXt as torchvision has it. */
package org.initlab.training.network.convnext;
