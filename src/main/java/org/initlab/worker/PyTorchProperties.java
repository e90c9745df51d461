package org.initlab.worker;

import java.nio.file.Path;
import org.initlab.platform.StartupException;
import org.initlab.training.engine.PyTorchInstallation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Which PyTorch a worker loads.
 *
 * @param library a folder with one that is on the machine, such as that of {@code pip install torch==2.7.1}; by default
 *     the one that this program brings along
 * @param bridge a {@code libdjl_torch.so} compiled against that PyTorch, for versions other than
 *     {@value PyTorchInstallation#BUNDLED_BRIDGE}
 */
@Validated
@ConfigurationProperties(prefix = "initlab.pytorch", ignoreUnknownFields = false)
record PyTorchProperties(@Nullable Path library, @Nullable Path bridge) {
    private static final Logger log = LoggerFactory.getLogger(PyTorchProperties.class);

    /**
     * Makes this process load it.
     *
     * @throws StartupException if there is none, or it does not fit
     */
    void apply() {
        if (library == null) {
            return;
        }
        try {
            PyTorchInstallation installed = PyTorchInstallation.in(library);
            installed.use(bridge);
            log.info("PyTorch {} comes from {}", installed.version(), installed.libraries());
            if (!installed.fitsBundledBridge()) {
                log.warn(
                        "PyTorch {} is not the version that InitLab is tested with, {}",
                        installed.version(),
                        PyTorchInstallation.BUNDLED_BRIDGE);
            }
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "initlab.pytorch.library is " + library + ", but " + e.getMessage(),
                    "Point it to the folder of PyTorch " + PyTorchInstallation.BUNDLED_BRIDGE + ", such as what"
                            + " `python -c 'import torch; print(torch.__path__[0])'` prints after `pip install torch=="
                            + PyTorchInstallation.BUNDLED_BRIDGE
                            + "`; or, for another version, initlab.pytorch.bridge to a"
                            + " libdjl_torch.so of DJL 0.36.0 that you compiled against it.",
                    e);
        }
    }
}
