/** Data sets of any kind of rows: read once, cut to a binary task; a kind of rows is a package below. */
package org.initlab.training.data;
