package org.initlab.worker;

import java.util.List;
import java.util.Optional;

/** Why a worker trains on the CPU of a machine that has a GPU. */
final class UnusedGpu {
    private UnusedGpu() {}

    /**
     * What to tell the operator of a worker whose PyTorch finds no GPU.
     *
     * @param cuda whether that PyTorch is built with CUDA
     * @return one line; empty if the machine has no GPU
     */
    static Optional<String> warning(NvidiaSmi tool, boolean cuda) {
        List<String> gpus = tool.gpus();
        if (gpus.isEmpty()) {
            return Optional.empty();
        }
        String remedy = cuda
                ? "Check that the NVIDIA driver is new enough for its CUDA, and CUDA_VISIBLE_DEVICES"
                : "That PyTorch is built for the CPU: set initlab.pytorch.library to one with CUDA, or build with -Pcuda"
                        + " (docs/deploying.md, \"On a GPU host without Docker\")";
        return Optional.of("This machine has a GPU (" + String.join(", ", gpus)
                + "), but PyTorch finds none, so training runs on the CPU. " + remedy
                + "; or set initlab.device=cpu if that is what you want.");
    }
}
