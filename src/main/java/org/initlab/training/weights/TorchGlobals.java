package org.initlab.training.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/** The only names that a pickle may call or refer to; each gives a value of this package or of the JDK's collections. */
final class TorchGlobals {
    /** PyTorch's own limit; without one, a long shape that is used often expands to more memory than there is. */
    private static final int MOST_DIMENSIONS = 64;

    private static final Map<String, Object> ALLOWED = Map.ofEntries(
            Map.entry("collections.OrderedDict", (IObjectConstructor) TorchGlobals::orderedDict),
            Map.entry("torch._utils._rebuild_tensor_v2", (IObjectConstructor) TorchGlobals::tensor),
            Map.entry("torch._utils._rebuild_parameter", (IObjectConstructor) TorchGlobals::parameter),
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

    private TorchGlobals() {}

    static Object find(String module, String name) {
        Object global = ALLOWED.get(module + "." + name);
        if (global == null) {
            throw new PickleException("it asks for " + module + "." + name
                    + ", which is refused: only tensors in plain containers are read;"
                    + " save them with torch.save(model.state_dict(), path)");
        }
        return global;
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

    // (storage, storage_offset, size, stride, requires_grad, backward_hooks[, metadata])
    private static Object tensor(Object[] args) {
        if (args.length > 6 && args[6] instanceof Map<?, ?> metadata && !metadata.isEmpty()) {
            throw new PickleException("it has a lazily negated or conjugated tensor, which is not supported");
        }
        return new TorchTensor((TorchStorage) args[0], integer(args[1]), integers(args[2]), integers(args[3]));
    }

    // (data, requires_grad, backward_hooks)
    private static Object parameter(Object[] args) {
        return args[0];
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
