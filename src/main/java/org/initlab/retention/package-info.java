/** Removes what is finished and old, as far as the operator wants that. */
package org.initlab.retention;
