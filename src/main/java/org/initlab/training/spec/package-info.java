/** What is asked for: the records of a run's plan, and the exception that says why it cannot be trained. */
package org.initlab.training.spec;
