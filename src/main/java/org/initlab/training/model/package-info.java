/** EfficientNet as DJL blocks, its initial weights and its optimizers. */
package org.initlab.training.model;
