package org.initlab.platform.security;

/**
 * A way in.
 *
 * @param name who holds it; what the audit log shows
 * @param secretHash SHA-256 of the secret, which itself is not kept
 */
record Token(String name, Scope scope, byte[] secretHash) {}
