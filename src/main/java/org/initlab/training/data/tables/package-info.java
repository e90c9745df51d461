/** Tables of the user's own: read, split, and turned into rows of numbers. */
package org.initlab.training.data.tables;
