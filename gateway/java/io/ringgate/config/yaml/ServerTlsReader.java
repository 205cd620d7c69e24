package io.ringgate.config.yaml;

import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.config.TlsVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a listener proves itself: {@code listeners[].tls}. */
final class ServerTlsReader {

    private static final String MAKE = "make one with certs/make-dev-certs or name your own";
    private static final Map<String, TlsVersion> VERSIONS = new LinkedHashMap<>();

    static {
        VERSIONS.put("1.2", TlsVersion.TLS_1_2);
        VERSIONS.put("1.3", TlsVersion.TLS_1_3);
    }

    private ServerTlsReader() {}

    static ServerTlsConfig read(Section section) {
        List<Section> pairs = section.someSections("certificates", "write a list of cert_file and key_file");
        List<CertificateFiles> certificates = new ArrayList<>();
        for (Section pair : pairs) {
            Path certFile = NamedFile.required(pair, "cert_file", MAKE);
            Path keyFile = NamedFile.required(pair, "key_file", MAKE);
            pair.end();
            if (certFile != null && keyFile != null) {
                certificates.add(new CertificateFiles(certFile, keyFile));
            }
        }
        TlsVersion minVersion = section.read("min_version", Kind.word(VERSIONS), ServerTlsConfig.DEFAULT_MIN_VERSION);
        section.end();
        return new ServerTlsConfig(certificates, minVersion);
    }
}
