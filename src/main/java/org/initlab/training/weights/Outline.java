package org.initlab.training.weights;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a weights file holds for a network, without its elements.
 *
 * @param shapes of the tensors by the network's names
 * @param unread what the file has in place of a tensor by name, as the class that it asks for
 * @param ownNames the file's own names of the tensors
 * @param warning what a user should know before using it, a sentence with the file's name
 */
public record Outline(
        Map<String, long[]> shapes, Map<String, String> unread, List<String> ownNames, Optional<String> warning) {}
