/** State dicts: PyTorch's and safetensors files. */
package org.initlab.training.weights;
