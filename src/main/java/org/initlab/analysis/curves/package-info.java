/** Draws the arms' curves. */
package org.initlab.analysis.curves;
