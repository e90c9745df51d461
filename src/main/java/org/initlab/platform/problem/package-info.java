/** Every answer that is no success, as RFC 9457 problem details; the exceptions that stand for them. */
package org.initlab.platform.problem;
