/** An experiment: its spec, its life cycle, and where it stands. */
package org.initlab.experiment;
