/** Trains one run on DJL's PyTorch engine and reports to a listener; a library that knows neither Spring nor SQL. */
package org.initlab.training;
