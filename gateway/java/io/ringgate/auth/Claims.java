package io.ringgate.auth;

import io.ringgate.config.ClaimPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single claims of a token. Lists are not entered. */
public final class Claims {

    private Claims() {}

    /** A claim's name, or after "/" the names that lead into nested claims, as in a JSON pointer. */
    public static ClaimPath path(String key) {
        return new ClaimPath(
                key.startsWith("/")
                        ? Arrays.stream(key.substring(1).split("/", -1))
                                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                                .toList()
                        : List.of(key));
    }

    /** Null where there is nothing, or anything but a text. */
    public static @Nullable String text(Map<String, Object> claims, ClaimPath path) {
        Object at = claims;
        for (String name : path.members()) {
            if (!(at instanceof Map<?, ?> members)) {
                return null;
            }
            at = members.get(name);
        }
        return at instanceof String text ? text : null;
    }
}
