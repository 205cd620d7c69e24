package io.ringgate.auth;

import org.jspecify.annotations.Nullable;

/**
 * What a request shows to prove who sends it. More kinds of proof come as more components.
 *
 * @param authorization the value of the one Authorization header, untrusted; absent when there was none
 */
public record Presented(@Nullable String authorization) {

    /** Never prints what was presented. */
    @Override
    public String toString() {
        return authorization == null ? "Presented[nothing]" : "Presented[authorization]";
    }
}
