/** A real PostgreSQL of the service's own, for where none is configured. */
package org.initlab.platform.database;
