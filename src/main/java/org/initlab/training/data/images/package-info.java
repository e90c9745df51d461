/** Data sets of images: decoded once, kept as bytes, resized and normalised on the device as torchvision does on PIL images. */
package org.initlab.training.data.images;
