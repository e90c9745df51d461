package org.initlab.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a benchmark is asked to do.
 *
 * @param rounds how many times each side is measured, in turn
 * @param python one with PyTorch; empty if none was found
 * @param scratch a folder that is deleted at the end
 */
record Settings(int rounds, Optional<Path> python, Path scratch) {}
