/** Error answers as RFC 9457 problem details, and the exceptions that stand for them. */
package org.initlab.platform.problem;
