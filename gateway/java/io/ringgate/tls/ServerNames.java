package io.ringgate.tls;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of several things answers to a server name: the exact name first, then {@code *} in place of the first label,
 * then the very first thing. Names differ not by case. What came earlier wins.
 */
final class ServerNames<T> {

    private final T first;
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> byParent = new HashMap<>();

    ServerNames(T first) {
        this.first = first;
    }

    void add(List<String> names, T thing) {
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("*.")) {
                byParent.putIfAbsent(lower.substring(2), thing);
            } else {
                exact.putIfAbsent(lower, thing);
            }
        }
    }

    /** The name is untrusted; absent when the client sent none. */
    T choose(@Nullable String name) {
        if (name == null) {
            return first;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        T found = exact.get(lower);
        int dot = lower.indexOf('.');
        if (found == null && dot > 0) {
            found = byParent.get(lower.substring(dot + 1));
        }
        return found == null ? first : found;
    }
}
