package org.initlab.training.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;

/**
 * Memory on the host that a device's arrays are copied from: pinned if the device is a GPU, which then copies at full speed; and
 * aligned as PyTorch's own arrays are, so that no kernel computes otherwise than on these.
 */
public final class HostMemory implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private final Device device;
    private final TorchScript pinned;

    public HostMemory(Device device) {
        this.device = device;
        pinned = new TorchScript(manager, HostMemory.class, "pinned.pt");
    }

    /** A piece of it; closing frees it. */
    public record Piece(PtNDArray array, ByteBuffer bytes) implements AutoCloseable {
        @Override
        public void close() {
            array.close();
        }
    }

    /** Allocates a number of bytes, whose values are undefined; their order is the system's. */
    public Piece allocate(int bytes) {
        PtNDArray array = device.isGpu()
                ? pinned(bytes)
                : JniUtils.createEmptyNdArray(
                        (PtNDManager) manager, new Shape(bytes), DataType.UINT8, Device.cpu(), SparseFormat.DENSE);
        return new Piece(array, array.toByteBuffer(true));
    }

    private PtNDArray pinned(int bytes) {
        try (IValue size = IValue.from((long) bytes);
                IValue array = pinned.run("allocate", size)) {
            return array.toTensor((PtNDManager) manager);
        }
    }

    /** Frees all pieces. */
    @Override
    public void close() {
        manager.close();
    }
}
