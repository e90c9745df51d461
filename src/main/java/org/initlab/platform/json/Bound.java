package org.initlab.platform.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;

/** What was read from a body, with everything that was found wrong with it so far. */
public final class Bound<T> {
    private final T value;
    private final List<Fault> faults;
    private final DocumentOrder order;

    Bound(T value, Collection<Fault> faults, DocumentOrder order) {
        this.value = value;
        this.faults = faults.stream().sorted(order).toList();
        this.order = order;
    }

    /** The record, with {@code null} or its default for what is faulty; {@code null} where the body is not an object. */
    public T value() {
        return value;
    }

    /** What is wrong, in the order of the document. */
    public List<Fault> faults() {
        return faults;
    }

    /** Whether something is wrong with a value or with anything in it, so that what depends on it cannot be judged. */
    public boolean isFaulty(String pointer) {
        return faults.stream().anyMatch(fault -> (fault.pointer() + "/").startsWith(pointer + "/"));
    }

    /** The same with further faults; a place that has a fault already gets no other, which would only follow from it. */
    public Bound<T> with(Collection<Fault> further) {
        Set<String> faulty = faults.stream().map(Fault::pointer).collect(Collectors.toSet());
        List<Fault> all = new ArrayList<>(faults);
        further.stream().filter(fault -> !faulty.contains(fault.pointer())).forEach(all::add);
        return new Bound<>(value, all, order);
    }

    /**
     * The record.
     *
     * @throws InvalidRequestException with all faults, where there are any
     */
    public T orThrow() {
        if (!faults.isEmpty()) {
            throw new InvalidRequestException(faults);
        }
        return value;
    }
}
