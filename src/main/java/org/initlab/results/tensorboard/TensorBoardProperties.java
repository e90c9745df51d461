package org.initlab.results.tensorboard;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What TensorBoard is given.
 *
 * @param folder where the event files of all experiments are written live; none by default
 */
@ConfigurationProperties(prefix = "initlab.tensorboard", ignoreUnknownFields = false)
record TensorBoardProperties(@Nullable Path folder) {}
