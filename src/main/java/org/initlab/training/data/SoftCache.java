package org.initlab.training.data;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the last few values that were asked for while memory allows; safe for use by several threads. */
final class SoftCache<V> {
    private final Map<Object, SoftReference<V>> values;

    SoftCache(int kept) {
        values = new LinkedHashMap<>(kept, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, SoftReference<V>> eldest) {
                return size() > kept;
            }
        };
    }

    /** The kept value, or {@code null}. */
    synchronized V get(Object key) {
        SoftReference<V> kept = values.get(key);
        return kept == null ? null : kept.get();
    }

    synchronized void put(Object key, V value) {
        values.put(key, new SoftReference<>(value));
    }
}
