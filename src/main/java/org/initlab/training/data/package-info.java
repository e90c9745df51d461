/** Data sets: read once, kept as bytes, cut to a binary task. */
package org.initlab.training.data;
