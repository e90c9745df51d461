package org.initlab.training.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/** The only names in a pickle that mean something: tensors, their types and ordered dicts. Any other gives a {@link Placeholder}. */
final class TorchGlobals {
    /** PyTorch's own limit; without one, a long shape that is used often expands to more memory than there is. */
    private static final int MOST_DIMENSIONS = 64;

    private static final IObjectConstructor TENSOR = TorchGlobals::tensor;
    private static final IObjectConstructor PARAMETER = TorchGlobals::parameter;

    private static final Map<String, Object> KNOWN = Map.ofEntries(
            Map.entry("collections.OrderedDict", (IObjectConstructor) TorchGlobals::orderedDict),
            Map.entry("torch._utils._rebuild_tensor", TENSOR),
            Map.entry("torch._utils._rebuild_tensor_v2", TENSOR),
            Map.entry("torch._utils._rebuild_parameter", PARAMETER),
            Map.entry("torch._utils._rebuild_parameter_with_state", PARAMETER),
            Map.entry("torch._tensor._rebuild_from_type_v2", (IObjectConstructor) TorchGlobals::subclass),
            Map.entry("torch.DoubleStorage", DType.F64),
            Map.entry("torch.FloatStorage", DType.F32),
            Map.entry("torch.HalfStorage", DType.F16),
            Map.entry("torch.BFloat16Storage", DType.BF16),
            Map.entry("torch.LongStorage", DType.I64),
            Map.entry("torch.IntStorage", DType.I32),
            Map.entry("torch.ShortStorage", DType.I16),
            Map.entry("torch.CharStorage", DType.I8),
            Map.entry("torch.ByteStorage", DType.U8),
            Map.entry("torch.BoolStorage", DType.BOOL));

    private static final Map<String, Integer> UNREAD_ELEMENT_BYTES = Map.of(
            "torch.ComplexFloatStorage", 8,
            "torch.ComplexDoubleStorage", 16,
            "torch.QInt8Storage", 1,
            "torch.QUInt8Storage", 1,
            "torch.QInt32Storage", 4,
            "torch.storage.UntypedStorage", 1);

    private TorchGlobals() {}

    /** The bytes of an element of a storage whose type is not read; empty where they are not known. */
    static Optional<Integer> unreadElementBytes(String type) {
        return Optional.ofNullable(UNREAD_ELEMENT_BYTES.get(type));
    }

    /** What a global stands for, by its module and name with a dot between. */
    static Object find(String global) {
        Object known = KNOWN.get(global);
        return known == null ? new Placeholder(global) : known;
    }

    /** What a call returns; only the constructors above are called. */
    static Object call(Object callable, Object[] args) {
        if (callable instanceof IObjectConstructor constructor) {
            return constructor.construct(args);
        }
        if (callable instanceof Placeholder unknown) {
            return new Placeholder(unknown.toString());
        }
        throw new PickleException("it calls something that cannot be called");
    }

    /** A size, an offset or a stride; a number that is too large for a long must not wrap around. */
    static long integer(Object number) {
        if (number instanceof Integer || number instanceof Long) {
            return ((Number) number).longValue();
        }
        throw new PickleException("it has something other than a 64-bit integer where one belongs");
    }

    private static Object orderedDict(Object[] args) {
        if (args.length > 0) {
            throw new PickleException("it fills an OrderedDict in a way that torch.save does not");
        }
        return new LinkedHashMap<>();
    }

    // (storage, storage_offset, size, stride[, requires_grad, backward_hooks[, metadata]])
    private static Object tensor(Object[] args) {
        if (args[0] instanceof Placeholder unknown) {
            return new Placeholder(unknown.toString());
        }
        if (args.length > 6 && args[6] instanceof Map<?, ?> metadata && !metadata.isEmpty()) {
            return new Placeholder("a lazily negated or conjugated tensor");
        }
        return new TorchTensor((TorchStorage) args[0], integer(args[1]), integers(args[2]), integers(args[3]));
    }

    // (data, requires_grad, backward_hooks[, state])
    private static Object parameter(Object[] args) {
        return args[0];
    }

    // (function, type, arguments, state): a tensor with attributes, or of a subclass; a wrapper has another function
    private static Object subclass(Object[] args) {
        if (args[0] == TENSOR || args[0] == PARAMETER) {
            return call(args[0], (Object[]) args[2]);
        }
        return new Placeholder(args[1] instanceof Placeholder type ? type.toString() : "a subclass of tensor");
    }

    private static long[] integers(Object tuple) {
        Object[] numbers = (Object[]) tuple;
        if (numbers.length > MOST_DIMENSIONS) {
            throw new PickleException(
                    "it has a tensor of " + numbers.length + " dimensions, more than " + MOST_DIMENSIONS);
        }
        long[] integers = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            integers[i] = integer(numbers[i]);
        }
        return integers;
    }
}
