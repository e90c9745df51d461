/** Hears of what other processes change in the database. */
package org.initlab.platform.changes;
