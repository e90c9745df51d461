package org.initlab.training.network;

/**
 * Something that a model's spec asks for and its network does not have.
 *
 * @param field the name of the {@link org.initlab.training.spec.ModelSpec} component
 * @param detail what is wrong and what to do, for the user
 */
public record SpecFault(String field, String detail) {}
