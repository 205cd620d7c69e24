package io.ringgate.http;

import io.ringgate.config.HostPort;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names and addresses that a listener answers to, compared without port, case and the dot at the end; {@code *} stands
 * for exactly the first label. Immutable, any thread.
 */
public final class HostNames {

    private static final HostNames ANY = new HostNames(true, List.of());

    private final boolean any;
    private final Set<String> exact = new HashSet<>();
    private final Set<String> parents = new HashSet<>();

    private HostNames(boolean any, Collection<String> names) {
        this.any = any;
        for (String name : names) {
            String plain = canonical(name);
            if (plain.startsWith("*.")) {
                parents.add(plain.substring(2));
            } else {
                exact.add(plain);
            }
        }
    }

    /** Whatever a client calls us. */
    public static HostNames any() {
        return ANY;
    }

    /** These only; no name at all covers nothing. IPv6 addresses without brackets. */
    public static HostNames of(Collection<String> names) {
        return new HostNames(false, names);
    }

    /**
     * Whether the listener answers to this name.
     *
     * @param header the Host header, null when there was none
     */
    public boolean accept(@Nullable String header) {
        if (any) {
            return true;
        }
        String host = header == null ? null : withoutPort(header);
        return host != null && covers(bare(host));
    }

    /** Whether the name or address is among these; a name with {@code *} only as itself. */
    public boolean covers(String host) {
        String plain = canonical(host);
        if (plain.startsWith("*.")) {
            return any || parents.contains(plain.substring(2));
        }
        int dot = plain.indexOf('.');
        return any || exact.contains(plain) || (dot > 0 && parents.contains(plain.substring(dot + 1)));
    }

    /** The host of a Host header as it stands there, brackets included; null when it is none. */
    public static @Nullable String host(String header) {
        String host = withoutPort(header);
        if (host == null || host.contains("%")) {
            return null;
        }
        boolean brackets = host.startsWith("[");
        String bare = bare(host);
        return HostPort.isHost(bare) && brackets == bare.contains(":") ? host : null;
    }

    private static @Nullable String withoutPort(String header) {
        int end = header.startsWith("[") ? header.indexOf(']') + 1 : header.indexOf(':');
        if (end < 0) {
            return header;
        }
        boolean port = end == header.length()
                || (header.charAt(end) == ':' && header.chars().skip(end + 1L).allMatch(c -> c >= '0' && c <= '9'));
        return end > 0 && port ? header.substring(0, end) : null;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String canonical(String host) {
        if (host.contains(":")) {
            try {
                return InetAddress.ofLiteral(host).getHostAddress();
            } catch (IllegalArgumentException notAnAddress) {
                return host;
            }
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
