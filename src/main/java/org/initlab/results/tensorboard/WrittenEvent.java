package org.initlab.results.tensorboard;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * What is to be known of an event that {@link Events} encoded.
 *
 * @param tag of its first value; empty if it has none
 */
record WrittenEvent(double time, long step, String tag) {
    private static final int SUMMARY = 5;

    static WrittenEvent of(byte[] event) throws IOException {
        double time = 0;
        long step = 0;
        String tag = "";
        CodedInputStream in = CodedInputStream.newInstance(event);
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(field)) {
                case 1 -> time = in.readDouble();
                case 2 -> step = in.readInt64();
                case SUMMARY -> tag = firstTag(in.readByteArray());
                default -> in.skipField(field);
            }
        }
        return new WrittenEvent(time, step, tag);
    }

    private static String firstTag(byte[] summary) throws IOException {
        CodedInputStream values = CodedInputStream.newInstance(summary);
        if (values.readTag() == 0) {
            return "";
        }
        CodedInputStream value = CodedInputStream.newInstance(values.readByteArray());
        value.readTag();
        return value.readString();
    }

    boolean isSessionStart() {
        return tag.equals(Events.SESSION_START);
    }

    boolean isSessionEnd() {
        return tag.equals(Events.SESSION_END);
    }

    /** Whether it has what an epoch measured, which is the last of the epoch's events. */
    boolean isEpoch() {
        return !tag.isEmpty() && !tag.equals(Events.STEP_LOSS) && !isSessionStart() && !isSessionEnd();
    }
}
