/** What a user asks for: the records of a run's plan, and the exception that says why a plan cannot be trained. */
package org.initlab.training.spec;
