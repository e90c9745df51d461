package org.initlab.results.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.protobuf.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** An event file as its formats' descriptions have it: TFRecord, {@code event.proto}, {@code summary.proto}, {@code plugin_data.proto}. */
final class EventFile {
    private final Map<String, Map<Long, Float>> scalars = new LinkedHashMap<>();
    private final Map<String, Object> hyperparameters = new LinkedHashMap<>();
    private String status = "RUNNING";
    private boolean startsAnew;

    private EventFile() {}

    static EventFile read(ByteString file) throws InvalidProtocolBufferException {
        EventFile read = new EventFile();
        ByteBuffer bytes = ByteBuffer.wrap(file.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        boolean first = true;
        while (bytes.hasRemaining()) {
            long length = ByteBuffer.wrap(checked(bytes, Long.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            UnknownFieldSet fields = UnknownFieldSet.parseFrom(checked(bytes, Math.toIntExact(length)));
            if (first) {
                assertThat(text(fields, 3)).isEqualTo("brain.Event:2");
            }
            first = false;
            read.add(fields);
        }
        return read;
    }

    private static byte[] checked(ByteBuffer bytes, int length) {
        byte[] data = new byte[length];
        bytes.get(data);
        CRC32C crc = new CRC32C();
        crc.update(data);
        long value = crc.getValue();
        long masked = (((value >>> 15) | ((value << 17) & 0xffffffffL)) + 0xa282ead8L) & 0xffffffffL;
        assertThat(bytes.getInt() & 0xffffffffL).isEqualTo(masked);
        return data;
    }

    private void add(UnknownFieldSet event) throws InvalidProtocolBufferException {
        long step = event.getField(2).getVarintList().get(0);
        if (event.hasField(7)) {
            startsAnew = message(event, 7).getField(1).getVarintList().equals(List.of(1L)) && step == 0;
        }
        for (ByteString encoded :
                event.hasField(5) ? message(event, 5).getField(1).getLengthDelimitedList() : List.<ByteString>of()) {
            UnknownFieldSet value = UnknownFieldSet.parseFrom(encoded);
            String tag = text(value, 1);
            if (value.hasField(2)) {
                float number =
                        Float.intBitsToFloat(value.getField(2).getFixed32List().get(0));
                assertThat(scalars.computeIfAbsent(tag, any -> new LinkedHashMap<>())
                                .put(step, number))
                        .as("%s twice at %d", tag, step)
                        .isNull();
            } else {
                UnknownFieldSet plugin = message(message(value, 9), 1);
                assertThat(text(plugin, 1)).isEqualTo("hparams");
                addHparams(tag, message(plugin, 2));
            }
        }
    }

    private void addHparams(String tag, UnknownFieldSet data) throws InvalidProtocolBufferException {
        if (tag.equals("_hparams_/session_end_info")) {
            status = message(data, 4).getField(1).getVarintList().get(0) == 1 ? "SUCCESS" : "FAILURE";
            return;
        }
        assertThat(tag).isEqualTo("_hparams_/session_start_info");
        for (ByteString encoded : message(data, 3).getField(1).getLengthDelimitedList()) {
            UnknownFieldSet entry = UnknownFieldSet.parseFrom(encoded);
            Value value =
                    Value.parseFrom(entry.getField(2).getLengthDelimitedList().get(0));
            hyperparameters.put(
                    text(entry, 1),
                    value.hasNumberValue()
                            ? (Object) value.getNumberValue()
                            : value.hasBoolValue() ? (Object) value.getBoolValue() : value.getStringValue());
        }
    }

    private static String text(UnknownFieldSet of, int field) {
        return of.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
    }

    private static UnknownFieldSet message(UnknownFieldSet of, int field) throws InvalidProtocolBufferException {
        Field found = of.getField(field);
        return UnknownFieldSet.parseFrom(found.getLengthDelimitedList().get(0));
    }

    Map<Long, Float> values(String tag) {
        return scalars.get(tag);
    }

    Map<String, Object> hyperparameters() {
        return hyperparameters;
    }

    String status() {
        return status;
    }

    boolean startsAnew() {
        return startsAnew;
    }
}
