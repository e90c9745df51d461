package org.initlab.platform.security;

/**
 * Lets its holder in.
 *
 * @param name who holds it; what the audit log shows
 * @param secretHash SHA-256 of the secret; the secret itself is not kept
 */
record Token(String name, Scope scope, byte[] secretHash) {}
