package org.initlab.training.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The element types of weights files, named as in safetensors. */
enum DType {
    F64(8) {
        @Override
        float get(ByteBuffer bytes) {
            return (float) bytes.getDouble();
        }
    },
    F32(4) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    F16(2) {
        @Override
        float get(ByteBuffer bytes) {
            return halfToFloat(bytes.getShort());
        }
    },
    BF16(2) {
        @Override
        float get(ByteBuffer bytes) {
            return Float.intBitsToFloat(bytes.getShort() << 16);
        }
    },
    I64(8) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.getLong();
        }
    },
    I32(4) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.getInt();
        }
    },
    I16(2) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.getShort();
        }
    },
    I8(1) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.get();
        }
    },
    U8(1) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.get() & 0xff;
        }
    },
    BOOL(1) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.get() == 0 ? 0 : 1;
        }
    };

    private static final int CHUNK_ELEMENTS = 8192;

    private final int size;

    DType(int size) {
        this.size = size;
    }

    /** Bytes of one element. */
    int size() {
        return size;
    }

    /** The next element, rounded to float32. */
    abstract float get(ByteBuffer bytes);

    /** Reads little-endian elements in chunks, so that the bytes are never all in memory next to the floats. */
    float[] read(InputStream in, int elements) throws IOException {
        float[] values = new float[elements];
        byte[] chunk = new byte[Math.min(elements, CHUNK_ELEMENTS) * size];
        for (int done = 0; done < elements; ) {
            int count = Math.min(elements - done, CHUNK_ELEMENTS);
            if (in.readNBytes(chunk, 0, count * size) < count * size) {
                throw new EOFException();
            }
            ByteBuffer bytes = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
            for (int end = done + count; done < end; done++) {
                values[done] = get(bytes);
            }
        }
        return values;
    }

    // Float.float16ToFloat came with Java 20
    private static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wideExponent = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wideExponent << 23 | fraction << 13);
    }
}
