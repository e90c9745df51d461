package org.initlab.results.tensorboard;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * TensorBoard's messages {@code Event} and {@code HParamsPluginData}, encoded.
 *
 * <p>The few fields are written here one by one: of the libraries with these messages only TensorFlow's own is kept up, which brings
 * TensorFlow and lacks the second.
 */
final class Events {
    static final String STEP_LOSS = "step/loss";
    static final String SESSION_START = "_hparams_/session_start_info";
    static final String SESSION_END = "_hparams_/session_end_info";

    private static final String HPARAMS = "hparams";
    /** A {@code TensorProto} of float32 with the shape (0), as the plugin's own writer has it. */
    private static final byte[] NO_VALUES = {0x08, 0x01, 0x12, 0x02, 0x12, 0x00};

    private Events() {}

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] event(double time, long step, Fields what) {
        return message(event -> {
            event.writeDouble(1, time);
            event.writeInt64(2, step);
            what.write(event);
        });
    }

    /** Which format the file has; its first event. */
    static byte[] version(double time) {
        return event(time, 0, event -> event.writeString(3, "brain.Event:2"));
    }

    /** Makes TensorBoard forget what it has read of the run from other files. */
    static byte[] restart(double time) {
        byte[] start = message(log -> log.writeEnum(1, 1));
        return event(time, 0, event -> event.writeByteArray(7, start));
    }

    /** Numbers by their tags, which are shown as scalars. */
    static byte[] scalars(double time, long step, Map<String, Double> values) {
        byte[] summary = message(out -> {
            for (Map.Entry<String, Double> value : values.entrySet()) {
                out.writeByteArray(1, message(scalar -> {
                    scalar.writeString(1, value.getKey());
                    scalar.writeFloat(2, value.getValue().floatValue());
                }));
            }
        });
        return event(time, step, event -> event.writeByteArray(5, summary));
    }

    /** A run begins, with values that are numbers, truth values or text. */
    static byte[] sessionStart(double time, Map<String, Object> hyperparameters) {
        byte[] info = message(start -> {
            for (Map.Entry<String, Object> each : hyperparameters.entrySet()) {
                start.writeByteArray(1, message(entry -> {
                    entry.writeString(1, each.getKey());
                    entry.writeMessage(2, value(each.getValue()));
                }));
            }
            start.writeDouble(5, time);
        });
        return hparams(time, SESSION_START, 3, info);
    }

    /** A run has ended. */
    static byte[] sessionEnd(double time, boolean succeeded) {
        byte[] info = message(end -> {
            end.writeEnum(1, succeeded ? 1 : 2);
            end.writeDouble(2, time);
        });
        return hparams(time, SESSION_END, 4, info);
    }

    private static byte[] hparams(double time, String tag, int field, byte[] info) {
        byte[] data = message(plugin -> plugin.writeByteArray(field, info));
        byte[] plugin = message(of -> {
            of.writeString(1, HPARAMS);
            of.writeByteArray(2, data);
        });
        byte[] metadata = message(of -> of.writeByteArray(1, plugin));
        byte[] value = message(of -> {
            of.writeString(1, tag);
            of.writeByteArray(8, NO_VALUES);
            of.writeByteArray(9, metadata);
        });
        byte[] summary = message(of -> of.writeByteArray(1, value));
        return event(time, 0, event -> event.writeByteArray(5, summary));
    }

    private static Value value(Object value) {
        Value.Builder builder = Value.newBuilder();
        if (value instanceof Boolean truth) {
            builder.setBoolValue(truth);
        } else if (value instanceof Number number) {
            builder.setNumberValue(number.doubleValue());
        } else {
            builder.setStringValue(value.toString());
        }
        return builder.build();
    }
}
