/** The HTTP interface of experiments. */
package org.initlab.experiment.web;
