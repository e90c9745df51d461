/** What a spec can name: data sets, networks and weights. A new one is one more line here. */
package org.initlab.training.catalog;
