/** What an experiment has measured: metrics, comparison, curves, CSV. */
package org.initlab.results;
