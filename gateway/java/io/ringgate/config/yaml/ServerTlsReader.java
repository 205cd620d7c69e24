package io.ringgate.config.yaml;

import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ClientAuthConfig;
import io.ringgate.config.ClientCaFiles;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.config.TlsVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** TLS of a listener: {@code listeners[].tls} and {@code admin.tls}. */
final class ServerTlsReader {

    private static final String MAKE = "make one with certs/make-dev-certs or name your own";
    private static final Map<String, TlsVersion> VERSIONS = new LinkedHashMap<>();

    /** The values of {@code client_auth}. */
    private enum ClientAuth {
        NONE,
        REQUEST,
        REQUIRE
    }

    private static final Map<String, ClientAuth> CLIENT_AUTH = new LinkedHashMap<>();

    static {
        CLIENT_AUTH.put("none", ClientAuth.NONE);
        CLIENT_AUTH.put("request", ClientAuth.REQUEST);
        CLIENT_AUTH.put("require", ClientAuth.REQUIRE);
        VERSIONS.put("1.2", TlsVersion.TLS_1_2);
        VERSIONS.put("1.3", TlsVersion.TLS_1_3);
    }

    private ServerTlsReader() {}

    /** Where edges write to: they may show certificates. */
    static ServerTlsConfig forEdges(Section section) {
        return read(section, true);
    }

    /** The admin listener: operators have passwords. */
    static ServerTlsConfig forOperators(Section section) {
        return read(section, false);
    }

    private static ServerTlsConfig read(Section section, boolean clients) {
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
        TlsVersion minVersion =
                section.read("min_version", ValueKind.word(VERSIONS), ServerTlsConfig.DEFAULT_MIN_VERSION);
        ClientAuthConfig clientAuth = clients ? clientAuth(section) : null;
        section.end();
        return new ServerTlsConfig(certificates, minVersion, clientAuth);
    }

    private static @Nullable ClientAuthConfig clientAuth(Section section) {
        ClientAuth wanted = section.find("client_auth", ValueKind.word(CLIENT_AUTH), ClientAuth.NONE);
        boolean unread = wanted == null && section.has("client_auth");
        Path caFile = NamedFile.optional(section, "client_ca_file", MAKE);
        Path crlFile = NamedFile.optional(section, "crl_file", "have your authority write one");
        if (unread) {
            return null;
        }
        if (wanted == null || wanted == ClientAuth.NONE) {
            Stream.of("client_ca_file", "crl_file")
                    .filter(section::has)
                    .forEach(key -> section.error(
                            key, "belongs to client_auth: request or require, write one of them or leave this out"));
            return null;
        }
        if (!section.has("client_ca_file")) {
            section.missing(
                    "client_ca_file",
                    "write the path of a PEM file with the authorities that clients have their certificates from");
        }
        return caFile == null
                ? null
                : new ClientAuthConfig(wanted == ClientAuth.REQUIRE, new ClientCaFiles(caFile, crlFile));
    }
}
