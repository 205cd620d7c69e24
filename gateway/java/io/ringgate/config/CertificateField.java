package io.ringgate.config;

/** Which field of a client certificate identifies the edge. */
public enum CertificateField {
    /** A DNS name among the alternative names. Case does not matter. */
    DNS("dns"),
    /** A URI among the alternative names, SPIFFE's for example. */
    URI("uri"),
    /** An e-mail address among the alternative names. */
    EMAIL("email"),
    /** The subject's common name, where it has exactly one. */
    SUBJECT_CN("subject_cn"),
    /** The subject's organization, where it has exactly one. */
    SUBJECT_O("subject_o"),
    /** SHA-256 over the whole certificate. */
    SHA256("sha256");

    private final String key;

    CertificateField(String key) {
        this.key = key;
    }

    /** As the configuration names it. */
    public String key() {
        return key;
    }

    /** The one spelling in which values are compared. */
    public String spelled(String value) {
        return switch (this) {
            case DNS -> lower(value);
            case SHA256 -> lower(value.replace(":", ""));
            case URI, EMAIL, SUBJECT_CN, SUBJECT_O -> value;
        };
    }

    /** ASCII only: beyond it there are letters that are another letter in lower case. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }
}
