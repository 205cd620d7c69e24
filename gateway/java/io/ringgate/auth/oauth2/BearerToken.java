package io.ringgate.auth.oauth2;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Bearer form of an Authorization header (RFC 6750). */
final class BearerToken {

    /** Of a whole header. */
    static final int LONGEST_HEADER = 4096;

    private static final String SCHEME = "Bearer";
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private BearerToken() {}

    /** True for whatever says that it is one, even a malformed one. */
    static boolean isOne(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && (header.length() == SCHEME.length() || !Character.isLetterOrDigit(header.charAt(SCHEME.length())));
    }

    /** The token; null for a header that no client of good faith sends. */
    static @Nullable String parse(String header) {
        int from = SCHEME.length() + 1;
        if (header.length() > LONGEST_HEADER || header.length() <= from || header.charAt(from - 1) != ' ') {
            return null;
        }
        String token = header.substring(from);
        return B64TOKEN.matcher(token).matches() ? token : null;
    }
}
