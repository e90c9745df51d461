package org.initlab.run;

/**
 * The training losses of an arm's runs at one step.
 *
 * @param step optimizer updates made before
 * @param runs how many have a loss there, at least 1
 * @param mean of their losses
 * @param std the sample's standard deviation; {@code null} for one run
 */
public record StepStatistic(String arm, long step, int runs, double mean, Double std) {}
