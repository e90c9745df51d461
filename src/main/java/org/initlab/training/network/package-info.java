/** Networks that a spec can name, and the binary classifier made from any of them; each family has its own package. */
package org.initlab.training.network;
