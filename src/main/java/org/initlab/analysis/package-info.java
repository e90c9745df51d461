/** Statistics over the trials: summaries, and how one arm differs from another. */
package org.initlab.analysis;
