package org.initlab.training.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.initlab.training.spec.Precision;
import org.initlab.training.spec.TrainingException;

/**
 * Computes a network's forward pass in a lower precision: {@code torch.autocast}, which DJL does not offer but the
 * library below it does. The setting belongs to the calling thread and ends with the pass.
 */
public final class Autocast {
    private static final byte BFLOAT16 = 15; // c10::ScalarType
    private static final byte CPU = 0; // c10::DeviceType
    private static final byte CUDA = 1;

    private final Precision precision;
    private final byte deviceType;

    /**
     * Prepares forward passes on a device.
     *
     * @param device where the network's parameters and inputs are
     */
    public Autocast(Precision precision, Device device) {
        this.precision = precision;
        deviceType = device.isGpu() ? CUDA : CPU;
    }

    /**
     * Computes something in this precision.
     *
     * @param forward computes an array of any floating-point type, which this method owns
     * @return the same as float32; on the recorded graph while autograd is recording
     */
    public NDArray compute(Supplier<NDArray> forward) {
        if (precision == Precision.FLOAT32) {
            return forward.get();
        }
        try (NDArray result = inLowerPrecision(forward);
                NDArray zeros = result.getManager().zeros(result.getShape(), DataType.FLOAT32)) {
            // DJL cannot read bfloat16, and its own cast leaves the graph
            return result.add(zeros);
        }
    }

    private NDArray inLowerPrecision(Supplier<NDArray> forward) {
        Library library = Library.LOADED;
        library.dtype(deviceType, BFLOAT16);
        library.enable(deviceType, true);
        try {
            return forward.get();
        } finally {
            library.enable(deviceType, false);
            // holds the weights as they were cast for this pass; PyTorch clears it here too
            library.clearCache();
        }
    }

    /** The functions behind {@code torch.autocast}, which PyTorch exports under their C++ names. */
    private record Library(NativeLibrary torch) {
        static final Library LOADED = new Library(
                NativeLibrary.getInstance(Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"))
                        .toString()));

        void dtype(byte device, byte type) {
            call("_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE", device, type);
        }

        void enable(byte device, boolean enabled) {
            call("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb", device, (byte) (enabled ? 1 : 0));
        }

        void clearCache() {
            call("_ZN2at8autocast11clear_cacheEv");
        }

        private void call(String function, Object... arguments) {
            try {
                torch.getFunction(function).invokeVoid(arguments);
            } catch (UnsatisfiedLinkError e) {
                throw new TrainingException(
                        "this worker's PyTorch does not offer autocast; set training.precision to float32", e);
            }
        }
    }
}
