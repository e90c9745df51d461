/** What a running service shows of itself: meters of its state, its training, and its memory. */
package org.initlab.observe;
