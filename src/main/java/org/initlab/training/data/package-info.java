/** Data sets of any kind of rows, read once and cut down to a binary task; each kind of rows has its own package. */
package org.initlab.training.data;
