package org.initlab.training.data;

/**
 * Which folder became which split.
 *
 * @param train the name of the folder that is trained on
 * @param test the name of the folder that is evaluated on
 */
public record SplitFolders(String train, String test) {}
