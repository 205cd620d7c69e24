package io.ringgate.auth.jwt;

/** The value of an Authorization header that holds a token. It is not taken apart for one that is known. */
final class BearerHeader {

    private static final String SCHEME = "Bearer ";

    private BearerHeader() {}

    /** Where the token begins that has the form of one that is signed; -1 where there is none. */
    static int begin(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return -1;
        }
        int begin = SCHEME.length();
        while (begin < header.length() && header.charAt(begin) == ' ') {
            begin++;
        }
        return UnverifiedToken.begins(header, begin) ? begin : -1;
    }

    /** Of a header that has one. */
    static String token(String header) {
        return header.substring(begin(header));
    }
}
