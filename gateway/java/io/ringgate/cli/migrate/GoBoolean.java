package io.ringgate.cli.migrate;

import java.util.Set;

/** Words for yes and no as ingress-nginx reads them, by Go's {@code strconv.ParseBool}: any other word is neither. */
final class GoBoolean {

    private static final Set<String> YES = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> NO = Set.of("0", "f", "F", "FALSE", "false", "False");

    private GoBoolean() {}

    static boolean isTrue(String word) {
        return YES.contains(word);
    }

    static boolean isFalse(String word) {
        return NO.contains(word);
    }
}
