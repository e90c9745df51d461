/** Studies: grids of experiments, and the map of how the arms differ at each of their points. */
package org.initlab.study;
