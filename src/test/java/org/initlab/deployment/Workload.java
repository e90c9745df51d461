package org.initlab.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service of {@code docker-compose.yml} or a container of {@code kubernetes/} that runs an image of the project, as its file
 * says.
 *
 * @param name its name there
 * @param stage the Dockerfile's stage that makes its image
 * @param replicas how many of it run
 * @param environment what its file adds to the image's environment
 * @param arguments for the image's entry point
 * @param user as {@code uid:gid}; {@code null} for the image's own
 * @param readOnly whether its root file system is
 * @param volumes where its lasting folder is mounted
 * @param scratch where empty writable folders are mounted
 * @param secrets where read-only files or folders are mounted, and which
 * @param probes paths that its platform asks whether it lives or is ready
 */
record Workload(
        String name,
        String stage,
        int replicas,
        Map<String, String> environment,
        List<String> arguments,
        String user,
        boolean readOnly,
        Set<String> volumes,
        Set<String> scratch,
        Map<String, Path> secrets,
        Set<String> probes) {

    /** Whether it trains. */
    boolean isWorker() {
        return environment.get("INITLAB_ROLES").contains("worker");
    }

    /** Whether its image is the one that has PyTorch for CUDA. */
    boolean needsGpu() {
        return stage.equals("cuda");
    }
}
