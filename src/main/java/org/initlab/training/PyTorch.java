package org.initlab.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.Locale;

/** The engine, loaded once a process. */
public final class PyTorch {
    private PyTorch() {}

    /** The first GPU where there is one, else the CPU. */
    public static Device device() {
        return engine().getGpuCount() > 0 ? Device.gpu() : Device.cpu();
    }

    /** PyTorch's name of a device: {@code cpu}, {@code cuda:0}. */
    public static String name(Device device) {
        return device.isGpu()
                ? "cuda:" + device.getDeviceId()
                : device.getDeviceType().toLowerCase(Locale.ROOT);
    }

    private static Engine engine() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        // training compiles no graph: the optimiser would only profile the first steps
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        return Engine.getEngine("PyTorch");
    }
}
