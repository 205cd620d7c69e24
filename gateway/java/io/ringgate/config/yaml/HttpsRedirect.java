package io.ringgate.config.yaml;

import io.ringgate.config.ListenerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What one listener says of sending clients on to https: {@code redirect_to_https} and {@code redirect_port}.
 *
 * @param port as it was written, absent for that of the first listener with TLS
 */
record HttpsRedirect(boolean wanted, @Nullable Integer port, Section section) {

    private static final ValueKind<Integer> PORT = ValueKind.number("a port", 1, 65_535);

    static HttpsRedirect read(Section section) {
        boolean wanted = section.read("redirect_to_https", ValueKind.FLAG, false);
        Integer port = section.find("redirect_port", PORT);
        if (!wanted && section.has("redirect_port")) {
            section.error("redirect_port", "has no meaning here, write redirect_to_https: true beside it");
        }
        return new HttpsRedirect(wanted, port, section);
    }

    /** The listeners, each that redirects with the port it sends to. Both lists are in the same order. */
    static List<ListenerConfig> aimed(List<ListenerConfig> listeners, List<HttpsRedirect> redirects) {
        ListenerConfig target =
                listeners.stream().filter(l -> l.tls() != null).findFirst().orElse(null);
        List<ListenerConfig> aimed = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            ListenerConfig listener = listeners.get(i);
            HttpsRedirect redirect = redirects.get(i);
            aimed.add(
                    redirect.wanted()
                            ? new ListenerConfig(
                                    listener.address(),
                                    listener.tls(),
                                    listener.hostNames(),
                                    listener.proxyProtocol(),
                                    listener.forwardedFor(),
                                    OptionalInt.of(redirect.aim(target)))
                            : listener);
        }
        return aimed;
    }

    private int aim(@Nullable ListenerConfig target) {
        if (target == null) {
            section.error("redirect_to_https", "there is no listener with tls to send clients to");
            return 1;
        }
        int port = Objects.requireNonNullElse(this.port, target.address().port());
        if (port == 0) {
            section.error(
                    "redirect_to_https",
                    "the system chooses the port of " + target.address()
                            + ", write redirect_port: the port that clients reach it by");
        }
        return port;
    }
}
