/** Tells the operator's other systems when an experiment or a study has ended, as Standard Webhooks describes. */
package org.initlab.webhook;
