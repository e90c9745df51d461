/** Who may call: tokens and their scopes, the limit on failed attempts, the audit log, and what browsers may do. */
package org.initlab.platform.security;
