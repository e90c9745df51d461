package org.initlab.training.engine;

import static org.initlab.text.Counts.counted;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PyTorch of this process: loaded once, with one device, one random state and one number of threads. */
public final class PyTorch {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    private PyTorch() {}

    /** The first GPU if there is one, else the CPU. */
    public static Device device() {
        return device("auto");
    }

    /**
     * The device with this name; loads the engine.
     *
     * @param name {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:0}, …; {@code auto} is the first GPU if there is
     *     one, else the CPU
     * @throws IllegalArgumentException if there is no such device; the message says what there is
     */
    public static Device device(String name) {
        Matcher cuda = CUDA.matcher(name);
        if (!cuda.matches() && !name.equals("auto") && !name.equals("cpu")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a device: it must be auto, cpu, cuda, or cuda:0, cuda:1, …");
        }
        // ask the engine in every case: training on the CPU needs it loaded too
        int gpus = engine().getGpuCount();
        if (!cuda.matches()) {
            return gpus > 0 && name.equals("auto") ? Device.gpu() : Device.cpu();
        }
        int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        if (index >= gpus) {
            throw new IllegalArgumentException(
                    "there is no " + name + ": PyTorch finds " + (gpus == 0 ? "no GPU" : counted(gpus, "GPU")));
        }
        return Device.gpu(index);
    }

    /**
     * Allows or forbids TF32 for convolutions and matrix products on NVIDIA GPUs; by default convolutions may use it
     * and products may not, as in PyTorch. Call this before the engine is loaded.
     */
    public static void allowTf32(boolean allowed) {
        Glibc.setEnvironment(
                allowed ? "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE" : "NVIDIA_TF32_OVERRIDE", allowed ? "1" : "0");
    }

    /** The version in use, and what it computes on, as in {@code 2.7.1 with CUDA 12.8, 1 GPU}; loads the engine. */
    public static String describe() {
        String version = engine().getVersion();
        if (!hasCuda()) {
            return version + " for the CPU";
        }
        int gpus = engine().getGpuCount();
        if (gpus == 0) {
            return version + " with CUDA, no GPU";
        }
        int cuda = CudaUtils.getCudaVersion();
        return version + " with CUDA " + cuda / 1000 + "." + cuda % 1000 / 10 + ", " + counted(gpus, "GPU");
    }

    /** Whether the PyTorch in use is built with CUDA; loads the engine. */
    public static boolean hasCuda() {
        engine();
        return Files.isRegularFile(Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cuda")));
    }

    /** PyTorch's name for a device: {@code cpu}, {@code cuda:0}. */
    public static String name(Device device) {
        return device.isGpu()
                ? "cuda:" + device.getDeviceId()
                : device.getDeviceType().toLowerCase(Locale.ROOT);
    }

    /** Sets how many threads an operation uses; loads the engine. */
    public static void setThreads(int threads) {
        engine();
        JniUtils.setNumThreads(threads);
    }

    /** Seeds the generator that initial weights, dropout and stochastic depth draw from: {@code torch.manual_seed}. */
    public static void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /** Returns the memory kept for the next tensors to the system and the GPU. */
    public static void returnFreedMemory() {
        if (engine().getGpuCount() > 0) {
            JniUtils.emptyCudaCache();
        }
        Glibc.returnFreedMemory();
    }

    private static Engine engine() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        // training compiles no graph: the optimiser would only profile the first steps
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        System.setProperty("ai.djl.pytorch.cudnn_benchmark", "true");
        Glibc.keepFreedMemory();
        return Engine.getEngine("PyTorch");
    }
}
