package org.initlab.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a benchmark is asked to do.
 *
 * @param rounds how often each side is measured in turn
 * @param python has PyTorch; empty where none was found
 * @param scratch a folder that is deleted in the end
 */
record Settings(int rounds, Optional<Path> python, Path scratch) {}
