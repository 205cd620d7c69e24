package io.ringgate.hashring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A tenant pattern with the meaning of Go's {@code filepath.Match} on Linux, on the bytes of UTF-8: {@code *} any run
 * without a slash, {@code ?} one character but not a slash, {@code [a-z]} and {@code [^a-z]} one character of a class,
 * backslash before a character that means itself.
 *
 * <p>Idea: stars cut the pattern into runs of tokens of a fixed shape. Each run is looked for at the first place where
 * it fits after the one before, and the choice is never taken back: an earlier place leaves more to the rest. Only the
 * last run has to end with the name. So the work is at most the length of the pattern times that of the name. A star
 * moves on byte by byte and can stand for a part of a character.
 */
public final class TenantGlob {

    private final String pattern;
    private final List<Run> runs;

    private TenantGlob(String pattern, List<Run> runs) {
        this.pattern = pattern;
        this.runs = runs;
    }

    /**
     * What stands between two stars.
     *
     * @param starred whether a star stands before it
     * @param malformed whether it cannot be read; what comes after it is not looked at
     */
    record Run(boolean starred, boolean malformed, List<GlobToken> tokens) {

        /** The end of the run in the name when the run begins at {@code from}; -1 when it does not match there. */
        int end(byte[] name, int from) {
            int at = from;
            for (GlobToken token : tokens) {
                at = at < name.length ? token.end(name, at) : -1;
                if (at < 0) {
                    return -1;
                }
            }
            return at;
        }
    }

    public static TenantGlob of(String pattern) {
        GlobReader reader = new GlobReader(pattern.getBytes(StandardCharsets.UTF_8));
        List<Run> runs = new ArrayList<>();
        while (reader.hasMore() && (runs.isEmpty() || !runs.getLast().malformed())) {
            runs.add(reader.run());
        }
        return new TenantGlob(pattern, runs);
    }

    /** True when some names cannot be matched because the pattern cannot be read. */
    public boolean isMalformed() {
        return !runs.isEmpty() && runs.getLast().malformed();
    }

    /**
     * Whether the whole name is matched.
     *
     * @throws MalformedPattern when the part that cannot be read is needed to tell
     */
    public boolean matches(String tenant) throws MalformedPattern {
        byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            if (run.malformed()) {
                throw new MalformedPattern(pattern, tenant);
            }
            boolean last = i == runs.size() - 1;
            if (last && run.starred() && run.tokens().isEmpty()) {
                return slash(name, at) == name.length;
            }
            at = place(run, name, at, last);
            if (at < 0) {
                return false;
            }
        }
        return at == name.length;
    }

    /** The end of the run in the name at the first place where it matches; -1 when there is none. */
    private static int place(Run run, byte[] name, int from, boolean last) {
        int furthest = run.starred() ? slash(name, from) : from;
        for (int at = from; at <= furthest; at++) {
            int end = run.end(name, at);
            if (end >= 0 && (!last || end == name.length)) {
                return end;
            }
        }
        return -1;
    }

    /** The next slash, or the end of the name. */
    private static int slash(byte[] name, int from) {
        int at = from;
        while (at < name.length && name[at] != '/') {
            at++;
        }
        return at;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
