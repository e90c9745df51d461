/** Networks of linear layers, for rows of numbers. */
package org.initlab.training.network.mlp;
