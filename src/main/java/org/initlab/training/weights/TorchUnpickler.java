package org.initlab.training.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the pickles that {@code torch.save} writes, as data: the library's unpickler behind an allow-list of opcodes
 * and globals.
 *
 * <p>On its own the library looks classes up in a process-wide registry, calls methods by reflection, allocates arrays
 * of whatever length a pickle claims, and hashes containers. Everything that does so is replaced or refused here.
 */
final class TorchUnpickler extends Unpickler {
    /** Many times what a checkpoint of EfficientNet-B7 has; each byte of a pickle expands to some 60 bytes of heap. */
    static final int MOST_BYTES = 4 << 20;

    private static final Set<Short> LEFT_TO_THE_LIBRARY = Set.of(
            Opcodes.PROTO,
            Opcodes.FRAME,
            Opcodes.MARK,
            Opcodes.STOP,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.LONG1,
            Opcodes.BINFLOAT,
            Opcodes.SHORT_BINSTRING,
            Opcodes.SHORT_BINUNICODE,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.EMPTY_LIST,
            Opcodes.APPEND,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.BINPERSID,
            Opcodes.REDUCE);

    private final ByteArrayInputStream pickle;
    private final Map<String, TorchStorage> storages = new HashMap<>();

    /** Reads one pickle, and leaves the stream just after it. */
    TorchUnpickler(ByteArrayInputStream pickle) {
        this.pickle = pickle;
    }

    /** The pickle's value: maps, lists, arrays for tuples, text, numbers, {@link TorchTensor}s. */
    Object load() throws WeightsFormatException {
        try {
            return load(pickle);
        } catch (PickleException e) {
            throw new WeightsFormatException("its pickle cannot be read: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            // the library does not check its casts, indices and lengths
            throw new WeightsFormatException("its pickle is damaged or ends too early", e);
        }
    }

    /** Every storage that the pickle mentioned, by key. */
    Map<String, TorchStorage> storages() {
        return storages;
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.GLOBAL ->
                stack.add(TorchGlobals.find(PickleUtils.readline(pickle), PickleUtils.readline(pickle)));
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(TorchGlobals.find((String) stack.pop(), name));
            }
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                put(stack.pop(), value);
            }
            case Opcodes.SETITEMS -> putAll(stack.pop_all_since_marker());
            case Opcodes.APPENDS -> appendAll(stack.pop_all_since_marker());
            case Opcodes.BUILD -> dropAttributes();
            case Opcodes.BINUNICODE, Opcodes.BINSTRING -> {
                checkLength();
                return super.dispatch(opcode);
            }
            default -> {
                if (!LEFT_TO_THE_LIBRARY.contains(opcode)) {
                    throw new PickleException("it has opcode " + opcode + ", which torch.save does not write");
                }
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    @Override
    protected Object persistentLoad(Object id) {
        Object[] fields = (Object[]) id;
        if (!"storage".equals(fields[0]) || (fields.length > 5 && fields[5] != null)) {
            throw new PickleException("it refers to something other than a storage");
        }
        TorchStorage storage = new TorchStorage((String) fields[2], (DType) fields[1], TorchGlobals.integer(fields[4]));
        if (!storage.equals(storages.computeIfAbsent(storage.key(), key -> storage))) {
            throw new PickleException("it gives storage " + storage.key() + " two types or sizes");
        }
        return storage;
    }

    private void putAll(List<Object> items) {
        for (int i = 0; i < items.size(); i += 2) {
            put(items.get(i), items.get(i + 1));
        }
    }

    private void put(Object key, Object value) {
        if (!(key instanceof String || key instanceof Integer)) {
            throw new PickleException("it has a dict whose key is neither a string nor a small integer");
        }
        @SuppressWarnings("unchecked")
        Map<Object, Object> dict = (Map<Object, Object>) stack.peek();
        dict.put(key, value);
    }

    private void appendAll(List<Object> items) {
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) stack.peek();
        list.addAll(items);
    }

    /** A state dict's OrderedDict has an attribute, {@code _metadata}, that holds no tensor. */
    private void dropAttributes() {
        stack.pop();
        if (!(stack.peek() instanceof Map)) {
            throw new PickleException("it sets attributes of something other than a dict");
        }
    }

    /**
     * The next length must not exceed what is left, because an array of that length is allocated before anything is
     * read.
     */
    private void checkLength() throws IOException {
        pickle.mark(0);
        int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(pickle, Integer.BYTES));
        if (length < 0 || length > pickle.available()) {
            throw new PickleException(
                    "it has a string of " + Integer.toUnsignedString(length) + " bytes, more than are left");
        }
        pickle.reset();
    }
}
