/** Networks of the user's own: TorchScript modules. */
package org.initlab.training.network.scripted;
