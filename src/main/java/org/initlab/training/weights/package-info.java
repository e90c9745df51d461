/** State dicts: read from PyTorch and safetensors files, and written as safetensors. */
package org.initlab.training.weights;
