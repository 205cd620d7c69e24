package io.ringgate.config.yaml;

import io.ringgate.config.AdminConfig;
import io.ringgate.config.HostPort;
import io.ringgate.config.ServerTlsConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The admin listener: {@code admin}. */
final class AdminReader {

    private static final String MAKE_USER = "make it with `htpasswd -cB FILE USER` or name your own";

    private AdminReader() {}

    static AdminConfig read(Section section) {
        HostPort address = section.read("address", HostPortKind.LISTEN, AdminConfig.DEFAULT_ADDRESS);
        boolean tls = section.has("tls");
        boolean plaintext = section.read("unsafe_plaintext", ValueKind.FLAG, false);
        boolean asks = section.has("htpasswd_file");
        if (tls && plaintext) {
            section.error("unsafe_plaintext", "the listener has either tls or this, leave one of them out");
        }
        if (!address.isLoopback()) {
            reachable(section, address, asks, tls || plaintext);
        }
        @Nullable Path operators = NamedFile.optional(section, "htpasswd_file", MAKE_USER);
        ServerTlsConfig certificates = tls ? ServerTlsReader.forOperators(section.section("tls")) : null;
        if (section.emptyList("host_names")) {
            section.error(
                    "host_names",
                    "is empty, write the names that operators call, or leave the key out to be called by loopback"
                            + " names only");
        }
        List<String> hostNames = section.list("host_names", new HostNameKind()).stream()
                .map(LocatedValue::value)
                .toList();
        section.end();
        return new AdminConfig(address, certificates, operators, hostNames);
    }

    /** Neither is ever a default. */
    private static void reachable(Section section, HostPort address, boolean asks, boolean transport) {
        String reachable = "is missing, and " + address + " is reachable from other machines: write ";
        if (!asks) {
            section.error(
                    "htpasswd_file",
                    reachable + "a password file with the operators, or the address 127.0.0.1:" + address.port());
        }
        if (!transport) {
            section.error(
                    "tls",
                    reachable
                            + "the certificates, or unsafe_plaintext: true to let passwords cross the network readable");
        }
    }
}
