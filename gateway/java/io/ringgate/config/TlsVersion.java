package io.ringgate.config;

/** The versions of TLS that we speak. Older ones are broken. */
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
