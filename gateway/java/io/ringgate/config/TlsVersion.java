package io.ringgate.config;

/** The supported versions of TLS. Older ones are insecure. */
public enum TlsVersion {
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String protocol;

    TlsVersion(String protocol) {
        this.protocol = protocol;
    }

    /** The name by which Java's and OpenSSL's TLS know it. */
    public String protocol() {
        return protocol;
    }
}
