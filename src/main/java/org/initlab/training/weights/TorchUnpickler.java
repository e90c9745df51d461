package org.initlab.training.weights;

import static org.initlab.text.Counts.counted;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
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
 * Reads the pickles that {@code torch.save} writes, as data: the library's unpickler behind an allow-list of opcodes, with
 * {@link Placeholder}s for all globals but those of {@link TorchGlobals}.
 *
 * <p>On its own the library looks classes up in a process-wide registry, calls methods by reflection, allocates arrays
 * of whatever length a pickle claims, and hashes containers. Everything that does so is replaced or refused here.
 */
final class TorchUnpickler extends Unpickler {
    /** Many times what a checkpoint of EfficientNet-B7 has; each byte of a pickle expands to some 60 bytes of heap. */
    static final int MOST_BYTES = 4 << 20;

    private static final int LONGEST_GLOBAL = 250;

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
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.SHORT_BINBYTES,
            Opcodes.POP,
            Opcodes.BINPERSID);

    private final ByteArrayInputStream pickle;
    private final Map<String, Object> globals = new HashMap<>();
    private final Map<String, TorchStorage> storages = new HashMap<>();
    private final Map<String, String> unreadStorages = new HashMap<>();

    /** Reads one pickle, and leaves the stream just after it. */
    TorchUnpickler(ByteArrayInputStream pickle) {
        this.pickle = pickle;
    }

    /** The pickle's value: maps by text, lists, arrays for tuples, text, numbers, {@link TorchTensor}s, {@link Placeholder}s. */
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

    /** Every storage that the pickle spoke of whose type is read, by its key. */
    Map<String, TorchStorage> storages() {
        return storages;
    }

    /** The types of the other storages that it spoke of, by their keys. */
    Map<String, String> unreadStorages() {
        return unreadStorages;
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.GLOBAL -> stack.add(global(PickleUtils.readline(pickle), PickleUtils.readline(pickle)));
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(global((String) stack.pop(), name));
            }
            case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
                Object[] args = (Object[]) stack.pop();
                stack.add(TorchGlobals.call(stack.pop(), args));
            }
            case Opcodes.NEWOBJ_EX -> {
                stack.pop();
                Object[] args = (Object[]) stack.pop();
                stack.add(TorchGlobals.call(stack.pop(), args));
            }
            case Opcodes.OBJ -> {
                List<Object> callableAndArgs = stack.pop_all_since_marker();
                stack.add(TorchGlobals.call(callableAndArgs.remove(0), callableAndArgs.toArray()));
            }
            case Opcodes.BUILD -> dropAttributes();
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                put(stack.pop(), value);
            }
            case Opcodes.SETITEMS -> putAll(stack.pop_all_since_marker());
            case Opcodes.APPEND -> appendAll(Collections.singletonList(stack.pop()));
            case Opcodes.APPENDS -> appendAll(stack.pop_all_since_marker());
            case Opcodes.EMPTY_SET -> stack.add(new Placeholder("set"));
            case Opcodes.ADDITEMS, Opcodes.POP_MARK -> stack.pop_all_since_marker();
            case Opcodes.FROZENSET -> {
                stack.pop_all_since_marker();
                stack.add(new Placeholder("frozenset"));
            }
            case Opcodes.BINBYTES -> skip("bytes", Integer.BYTES);
            case Opcodes.BYTEARRAY8 -> skip("bytearray", Long.BYTES);
            case Opcodes.LONG4 -> skip("int", Integer.BYTES);
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
        if ("module".equals(fields[0])) {
            return fields[1];
        }
        if (!"storage".equals(fields[0])) {
            throw new PickleException("it refers to something other than a storage");
        }
        String key = (String) fields[2];
        if (fields[1] instanceof Placeholder type) {
            unreadStorages.put(key, type.toString());
            return new Placeholder(type.toString());
        }
        TorchStorage storage = new TorchStorage(key, (DType) fields[1], TorchGlobals.integer(fields[4]));
        if (!storage.equals(storages.computeIfAbsent(key, absent -> storage))) {
            throw new PickleException("it gives storage " + key + " two types or sizes");
        }
        if (fields.length > 5 && fields[5] != null) {
            return new Placeholder("a view of a storage");
        }
        return storage;
    }

    /** Bounded and shared, as two opcodes of a byte or two can ask for a text of any length again and again. */
    private Object global(String module, String name) {
        if (module.length() + name.length() > LONGEST_GLOBAL) {
            throw new PickleException("it asks for a class of a name that is too long");
        }
        return globals.computeIfAbsent(module + "." + name, TorchGlobals::find);
    }

    private void putAll(List<Object> items) {
        for (int i = 0; i < items.size(); i += 2) {
            put(items.get(i), items.get(i + 1));
        }
    }

    /** Other keys than text name no tensor, and hashing them would walk through whatever they hold. */
    private void put(Object key, Object value) {
        @SuppressWarnings("unchecked")
        Map<String, Object> dict =
                stack.peek() instanceof Placeholder subclass ? subclass.items() : (Map<String, Object>) stack.peek();
        if (key instanceof String name) {
            dict.put(name, value);
        }
    }

    private void appendAll(List<Object> items) {
        if (!(stack.peek() instanceof Placeholder)) {
            @SuppressWarnings("unchecked")
            List<Object> list = (List<Object>) stack.peek();
            list.addAll(items);
        }
    }

    /** An OrderedDict's {@code _metadata} and an unknown object's state hold no tensor that is read. */
    private void dropAttributes() {
        stack.pop();
        Object owner = stack.peek();
        if (!(owner instanceof Map || owner instanceof Placeholder || owner instanceof TorchTensor)) {
            throw new PickleException("it sets attributes of something that has none");
        }
    }

    /** Leaves out a value that no tensor needs, of a length that comes first. */
    private void skip(String type, int lengthBytes) throws IOException {
        long length = 0;
        for (int shift = 0; shift < lengthBytes * Byte.SIZE; shift += Byte.SIZE) {
            length |= (long) PickleUtils.readbyte(pickle) << shift;
        }
        if (length < 0 || length > pickle.available()) {
            throw new PickleException(
                    "it has " + type + " of a length of " + Long.toUnsignedString(length) + ", more than there is");
        }
        pickle.skipNBytes(length);
        stack.add(new Placeholder(type));
    }

    /** The length that comes next must not be more than there is, as an array of it is made before it is read. */
    private void checkLength() throws IOException {
        pickle.mark(0);
        int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(pickle, Integer.BYTES));
        if (length < 0 || length > pickle.available()) {
            throw new PickleException(
                    "it has a string of " + counted(Integer.toUnsignedLong(length), "byte") + ", more than are left");
        }
        pickle.reset();
    }
}
