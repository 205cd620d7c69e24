package io.ringgate.http.admin;

import io.ringgate.config.HostPort;
import io.ringgate.http.HostNames;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request to the admin listener was made by its operator, or by a web page in his browser that he knows nothing of.
 * A browser adds the credential that he once typed, or reaches a loopback address that asks for none; and a page's own name may
 * lead to our address (DNS rebinding), which shows in the Host header alone.
 */
final class AdminOrigin {

    private AdminOrigin() {}

    /**
     * Why a request that changes something is refused; null for one that is taken. A client that is no browser sends a Host
     * alone.
     *
     * @param names beside those of a loopback address
     */
    static @Nullable String fault(MultiMap headers, HostNames names, boolean tls) {
        String host = hostFault(headers, names);
        if (host != null) {
            return host;
        }
        for (String site : headers.getAll("Sec-Fetch-Site")) {
            if (!site.equals("same-origin") && !site.equals("none")) {
                return "it comes from a web page of another site (Sec-Fetch-Site), send it with curl";
            }
        }
        List<String> origins = headers.getAll("Origin");
        if (!origins.isEmpty() && !(origins.size() == 1 && isOwn(origins.getFirst(), headers.get("Host"), tls))) {
            return "it comes from a web page of another origin (Origin), send it with curl";
        }
        return null;
    }

    /** Why the Host is refused; null for that of a loopback address or one of the names. */
    static @Nullable String hostFault(MultiMap headers, HostNames names) {
        List<String> hosts = headers.getAll("Host");
        String host = hosts.size() == 1 ? HostNames.host(hosts.getFirst()) : null;
        if (host != null && (isLoopback(host) || names.accept(host))) {
            return null;
        }
        return "its Host is neither a loopback name nor one of admin.host_names, call the gateway by localhost or add the"
                + " name to admin.host_names";
    }

    private static boolean isLoopback(String host) {
        String name = bare(host);
        return new HostPort(name.endsWith(".") ? name.substring(0, name.length() - 1) : name, 0).isLoopback();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Scheme, host and port all as the client called us; {@code null} is never ours. */
    private static boolean isOwn(String origin, String host, boolean tls) {
        String scheme = tls ? "https://" : "http://";
        String defaultPort = tls ? ":443" : ":80";
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.startsWith(scheme)
                && withPort(lower.substring(scheme.length()), defaultPort)
                        .equals(withPort(host.toLowerCase(Locale.ROOT), defaultPort));
    }

    private static String withPort(String authority, String defaultPort) {
        boolean has = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        return has ? authority : authority + defaultPort;
    }
}
