/** An experiment: its spec, its life cycle, and what it shows of its runs. */
package org.initlab.experiment;
