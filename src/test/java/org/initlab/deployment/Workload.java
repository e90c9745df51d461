package org.initlab.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A process as the files of its deployment say: a service of {@code docker-compose.yml}, a container of {@code kubernetes/}, or
 * the systemd unit.
 *
 * @param name its name there
 * @param image what it runs
 * @param replicas how many of it run
 * @param environment what its file adds to the image's environment
 * @param arguments for the image's entry point
 * @param user as {@code uid:gid}; {@code null} where its file leaves it to the image
 * @param readOnly whether its root file system is
 * @param volumes where its lasting folder is mounted
 * @param scratch where empty writable folders are mounted
 * @param secrets where read-only files or folders are mounted, and which
 * @param probes paths that its platform asks whether it lives or is ready
 */
record Workload(
        String name,
        Image image,
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

    /** Whether its image is the one with PyTorch for CUDA. */
    boolean needsGpu() {
        return image.name().equals("cuda");
    }

    /** Its user, as {@code uid:gid}. */
    @Override
    public String user() {
        return user == null ? image.user() : user;
    }
}
