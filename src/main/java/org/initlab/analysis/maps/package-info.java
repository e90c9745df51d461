/** Draws the maps of studies. */
package org.initlab.analysis.maps;
