/** The service's own PostgreSQL, for when none is configured. */
package org.initlab.platform.database;
