package org.initlab.training.weights;

import ai.djl.ndarray.types.DataType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The element types of weights files, named as in safetensors. */
public enum DType {
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

        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.putFloat(value);
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

        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.putLong((long) value);
        }
    },
    I32(4) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.getInt();
        }

        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.putInt((int) value);
        }
    },
    I16(2) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.getShort();
        }

        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.putShort((short) value);
        }
    },
    I8(1) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.get();
        }

        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.put((byte) value);
        }
    },
    U8(1) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.get() & 0xff;
        }

        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.put((byte) (int) value);
        }
    },
    BOOL(1) {
        @Override
        float get(ByteBuffer bytes) {
            return bytes.get() == 0 ? 0 : 1;
        }

        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.put((byte) (value == 0 ? 0 : 1));
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

    /** Appends an element, a whole number within the type's range unless this is {@link #F32}. */
    void put(ByteBuffer bytes, float value) {
        throw new IllegalArgumentException(this + " is read, but never written");
    }

    /** The type in which a tensor that was read as float32 is written again. */
    DType kept() {
        return this == F64 || this == F16 || this == BF16 ? F32 : this;
    }

    /** The type in which an array's values are written. */
    static DType of(DataType type) {
        return switch (type) {
            case BOOLEAN -> BOOL;
            case INT8 -> I8;
            case UINT8 -> U8;
            case INT16 -> I16;
            case INT32 -> I32;
            case INT64 -> I64;
            default -> F32;
        };
    }

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

    /** Writes elements little-endian in chunks, so that the bytes are never all in memory next to the floats. */
    void write(float[] values, OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(Math.min(values.length, CHUNK_ELEMENTS) * size)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < values.length; ) {
            chunk.clear();
            for (int end = Math.min(values.length, done + CHUNK_ELEMENTS); done < end; done++) {
                put(chunk, values[done]);
            }
            out.write(chunk.array(), 0, chunk.position());
        }
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
