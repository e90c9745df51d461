package org.initlab.platform.problem;

/**
 * One fault in a request's body.
 *
 * @param pointer where, as an RFC 6901 JSON pointer; empty for the whole body
 * @param detail what is wrong, to be read after the field's name: "must be between 0 and 1000"
 */
public record Fault(String pointer, String detail) {}
