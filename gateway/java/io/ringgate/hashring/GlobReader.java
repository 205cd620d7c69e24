package io.ringgate.hashring;

import io.ringgate.hashring.TenantGlob.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a pattern into its runs, from left to right. One thread. */
final class GlobReader {

    private final byte[] pattern;
    private int at;

    GlobReader(byte[] pattern) {
        this.pattern = pattern;
    }

    boolean hasMore() {
        return at < pattern.length;
    }

    /** The stars that come next, as one, and what stands between them and the star after. */
    Run run() {
        boolean starred = pattern[at] == '*';
        while (hasMore() && pattern[at] == '*') {
            at++;
        }
        List<GlobToken> tokens = new ArrayList<>();
        while (hasMore() && pattern[at] != '*') {
            GlobToken token = token();
            if (token == null) {
                return new Run(starred, true, List.of());
            }
            tokens.add(token);
        }
        return new Run(starred, false, List.copyOf(tokens));
    }

    /** Null for what cannot be read. */
    private @Nullable GlobToken token() {
        byte first = pattern[at++];
        return switch (first) {
            case '?' -> new GlobToken.AnyCharacter();
            case '[' -> oneOf();
            case '\\' -> hasMore() ? new GlobToken.Literal(pattern[at++]) : null;
            default -> new GlobToken.Literal(first);
        };
    }

    /** Goes on behind the opening bracket. A class has at least one range, and neither begins with a bare minus. */
    private @Nullable GlobToken oneOf() {
        boolean negated = hasMore() && pattern[at] == '^';
        at += negated ? 1 : 0;
        List<GlobToken.Range> ranges = new ArrayList<>();
        while (hasMore() && (ranges.isEmpty() || pattern[at] != ']')) {
            int low = bound();
            int high = low;
            if (low >= 0 && hasMore() && pattern[at] == '-') {
                at++;
                high = bound();
            }
            if (low < 0 || high < 0 || !hasMore()) {
                return null;
            }
            ranges.add(new GlobToken.Range(low, high));
        }
        if (!hasMore()) {
            return null;
        }
        at++;
        return new GlobToken.OneOf(negated, List.copyOf(ranges));
    }

    /** A character of a class; -1 for what cannot stand there. */
    private int bound() {
        if (!hasMore() || pattern[at] == '-' || pattern[at] == ']') {
            return -1;
        }
        if (pattern[at] == '\\') {
            at++;
        }
        if (!hasMore()) {
            return -1;
        }
        int character = GoUtf8.character(pattern, at);
        int length = GoUtf8.length(pattern, at);
        at += length;
        return character == GoUtf8.REPLACEMENT && length == 1 ? -1 : character;
    }
}
