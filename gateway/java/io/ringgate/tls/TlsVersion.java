package io.ringgate.tls;

import java.util.List;

/** The oldest TLS version that is spoken. There is nothing below 1.2. */
public enum TlsVersion {
    TLS_1_2,
    TLS_1_3;

    List<String> spoken() {
        return this == TLS_1_3 ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2");
    }
}
