/** Networks that a spec can name, and the binary classifier that any of them becomes; a family of networks is a package below. */
package org.initlab.training.network;
