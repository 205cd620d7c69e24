package io.ringgate.config.yaml;

import io.ringgate.config.AdminConfig;
import io.ringgate.config.HostPort;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.config.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The addresses we listen on: {@code listeners} and {@code admin}. */
final class ListenersReader {

    private static final String ADDRESS_ADVICE = "write for example 0.0.0.0:19291";

    private final ProxiesReader proxies;
    private final List<LocatedValue<HostPort>> taken = new ArrayList<>();

    ListenersReader(ProxiesReader proxies) {
        this.proxies = proxies;
    }

    List<ListenerConfig> listeners(Section root) {
        List<Section> sections = root.someSections("listeners", "write at least one listener with an address");
        List<ListenerConfig> listeners = new ArrayList<>();
        List<HttpsRedirect> redirects = new ArrayList<>();
        for (Section section : sections) {
            HostPort address = section.require("address", HostPortKind.LISTEN, ADDRESS_ADVICE);
            HttpsRedirect redirect = HttpsRedirect.read(section);
            ServerTlsConfig tls = security(section, redirect.wanted());
            List<String> hostNames = hostNames(section);
            boolean proxyProtocol = proxies.read(section, "proxy_protocol");
            boolean forwardedFor = proxies.read(section, "forwarded_for");
            section.end();
            if (address != null) {
                take(address, section.position("address"), section);
                redirects.add(redirect);
                listeners.add(
                        new ListenerConfig(address, tls, hostNames, proxyProtocol, forwardedFor, OptionalInt.empty()));
            }
        }
        return HttpsRedirect.aimed(listeners, redirects);
    }

    /** Plaintext is never the result of leaving something out: it has to be asked for by its name. */
    private static @Nullable ServerTlsConfig security(Section section, boolean redirect) {
        boolean tls = section.has("tls");
        Boolean plaintext = section.find("unsafe_plaintext", ValueKind.FLAG);
        if (redirect) {
            if (tls || Boolean.TRUE.equals(plaintext)) {
                section.error(
                        "redirect_to_https",
                        "a listener that redirects takes no writes, leave out " + (tls ? "tls" : "unsafe_plaintext")
                                + " or this");
            }
        } else if (tls && Boolean.TRUE.equals(plaintext)) {
            section.error("unsafe_plaintext", "a listener has either tls or this, leave one of them out");
        } else if (!tls && Boolean.FALSE.equals(plaintext)) {
            section.error("unsafe_plaintext", "is false, then write tls with certificates beside it");
        } else if (!tls && !section.has("unsafe_plaintext")) {
            section.missing("tls", "write the certificates, or unsafe_plaintext: true to take passwords unencrypted");
        }
        return tls ? ServerTlsReader.forEdges(section.section("tls")) : null;
    }

    private static List<String> hostNames(Section section) {
        if (section.emptyList("host_names")) {
            section.error(
                    "host_names", "is empty, write the names that clients call, or leave the key out to take any");
        }
        return section.list("host_names", new HostNameKind()).stream()
                .map(LocatedValue::value)
                .toList();
    }

    AdminConfig admin(Section section) {
        AdminConfig admin = AdminReader.read(section);
        take(admin.address(), section.position("address"), section);
        return admin;
    }

    private void take(HostPort address, SourcePosition position, Section section) {
        for (LocatedValue<HostPort> other : taken) {
            if (collide(address, other.value())) {
                section.error(
                        position,
                        address + " takes the same port as " + other.value() + " in "
                                + other.position().path() + ", write another port");
            }
        }
        taken.add(new LocatedValue<>(address, position));
    }

    private static boolean collide(HostPort one, HostPort other) {
        boolean sameHost = one.host().equalsIgnoreCase(other.host()) || one.isWildcard() || other.isWildcard();
        return one.port() != 0 && one.port() == other.port() && sameHost;
    }
}
