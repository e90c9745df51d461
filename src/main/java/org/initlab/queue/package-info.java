/** Dispatches runs to workers by db-scheduler: which run next, and where. */
package org.initlab.queue;
