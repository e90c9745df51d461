package org.initlab.training.spec;

/**
 * Rows that are images.
 *
 * @param imageHeight in pixels; {@code null} if the images differ
 * @param imageWidth in pixels; {@code null} if the images differ
 * @param channels 3, or 1 for grey images, which are repeated to three
 */
public record ImageShape(Integer imageHeight, Integer imageWidth, Integer channels) implements RowShape {}
