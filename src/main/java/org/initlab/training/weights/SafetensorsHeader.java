package org.initlab.training.weights;

import static org.initlab.text.Counts.counted;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.weights.StateDict.Tensor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON at the start of a safetensors file.
 *
 * @param metadata free text beside the tensors
 * @param entries where each tensor lies, in the order of the data, which they cover without gap or overlap
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    record Entry(String name, DType dtype, long[] shape, long begin, long end) implements Shaped {}

    private record Value(DType dtype, long[] shape, @JsonProperty("data_offsets") long[] dataOffsets) {}

    static SafetensorsHeader parse(byte[] json, long dataLength) throws WeightsFormatException {
        Map<String, String> metadata = Map.of();
        List<Entry> entries = new ArrayList<>();
        try {
            Map<String, JsonNode> fields =
                    JSON.readValue(json, new TypeReference<LinkedHashMap<String, JsonNode>>() {});
            if (fields == null) {
                throw new WeightsFormatException("its header is null");
            }
            for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
                if (field.getKey().equals(METADATA)) {
                    metadata = JSON.convertValue(field.getValue(), new TypeReference<>() {});
                } else {
                    entries.add(entry(field.getKey(), JSON.treeToValue(field.getValue(), Value.class)));
                }
            }
        } catch (JacksonException e) {
            throw new WeightsFormatException("its header is not valid safetensors: " + e.getOriginalMessage(), e);
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        checkCover(entries, dataLength);
        return new SafetensorsHeader(metadata, entries);
    }

    private static Entry entry(String name, Value value) throws WeightsFormatException {
        if (value == null || value.dtype == null || value.shape == null || value.dataOffsets == null) {
            throw new WeightsFormatException("the header gives no dtype, shape or data_offsets for " + name);
        }
        if (value.dataOffsets.length != 2) {
            throw new WeightsFormatException("the header does not give " + name + " exactly two data_offsets");
        }
        return new Entry(name, value.dtype, value.shape, value.dataOffsets[0], value.dataOffsets[1]);
    }

    private static void checkCover(List<Entry> entries, long dataLength) throws WeightsFormatException {
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin != end || entry.end < entry.begin || entry.end > dataLength) {
                throw new WeightsFormatException(entry.name + " lies at bytes " + entry.begin + " to " + entry.end
                        + " of the data: it must start at " + end + " and end by " + dataLength
                        + " (is the file truncated?)");
            }
            checkLength(entry);
            end = entry.end;
        }
        if (end != dataLength) {
            throw new WeightsFormatException(
                    "its tensors end at byte " + end + " of " + counted(dataLength, "byte") + " of data");
        }
    }

    private static void checkLength(Entry entry) throws WeightsFormatException {
        long elements = ElementBudget.elements(entry.name, entry.shape);
        long bytes = entry.end - entry.begin;
        if (bytes % entry.dtype.size() != 0 || bytes / entry.dtype.size() != elements) {
            throw new WeightsFormatException("the shape of " + entry.name + " has " + counted(elements, "element")
                    + " of " + entry.dtype + ", its data " + counted(bytes, "byte"));
        }
    }

    /** The header of a file that holds tensors one after the other. */
    static SafetensorsHeader of(StateDict stateDict, Map<String, String> metadata) {
        List<Entry> entries = new ArrayList<>();
        long begin = 0;
        for (Map.Entry<String, Tensor> named : stateDict.tensors().entrySet()) {
            Tensor tensor = named.getValue();
            long end = begin + (long) tensor.type().size() * tensor.values().length;
            entries.add(new Entry(named.getKey(), tensor.type(), tensor.shape(), begin, end));
            begin = end;
        }
        return new SafetensorsHeader(metadata, entries);
    }

    /** The start of a file: the JSON's length and the JSON, with spaces up to where any type of element may begin. */
    byte[] toBytes() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(METADATA, metadata);
        for (Entry entry : entries) {
            fields.put(entry.name, new Value(entry.dtype, entry.shape, new long[] {entry.begin, entry.end}));
        }
        byte[] json = JSON.writeValueAsBytes(fields);
        int padded = ((json.length + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(start.array(), (byte) ' ');
        return start.putLong(padded).put(json).array();
    }
}
