package io.ringgate.testing;

import java.util.List;

/**
 * One answer, read from the bytes.
 *
 * @param headers each as {@code name: value}, in the order they came
 */
public record RawAnswer(int status, List<String> headers, String body) {

    /** The header's value, empty when it is not there. */
    public String header(String name) {
        return headers.stream()
                .filter(h -> h.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(h -> h.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    public boolean has(String name) {
        return headers.stream().anyMatch(h -> h.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }
}
