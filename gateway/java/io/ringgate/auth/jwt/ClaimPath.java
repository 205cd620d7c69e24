package io.ringgate.auth.jwt;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a token's claims a value stands: a claim's name, or after "/" the names that lead into nested ones, as in a JSON
 * pointer. Lists are not entered.
 */
record ClaimPath(List<String> names) {

    ClaimPath {
        names = List.copyOf(names);
    }

    static ClaimPath of(String key) {
        return new ClaimPath(
                key.startsWith("/")
                        ? Arrays.stream(key.substring(1).split("/", -1))
                                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                                .toList()
                        : List.of(key));
    }

    /** Null where there is nothing, or anything but a text. */
    @Nullable
    String in(Map<String, Object> claims) {
        Object at = claims;
        for (String name : names) {
            if (!(at instanceof Map<?, ?> members)) {
                return null;
            }
            at = members.get(name);
        }
        return at instanceof String text ? text : null;
    }
}
