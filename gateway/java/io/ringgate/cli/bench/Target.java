package io.ringgate.cli.bench;

import io.ringgate.cli.CommandFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a load run aims. {@code authority} is what the Host header says. */
record Target(boolean tls, String host, InetSocketAddress address, String authority, String path) {

    /** Refuses other machines unless an option allows them: a load test must not reach a wrong target by mistake. */
    static Target of(URI url, boolean allowRemote) {
        boolean tls = "https".equals(url.getScheme());
        String bracketed = url.getHost();
        if (bracketed == null || (!tls && !"http".equals(url.getScheme()))) {
            throw CommandFailure.wrong(
                    "--url must look like https://127.0.0.1:19291/api/v1/receive, not '" + url + "'.");
        }
        String host = bracketed.startsWith("[") ? bracketed.substring(1, bracketed.length() - 1) : bracketed;
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw CommandFailure.failed("The host " + host + " of --url is unknown.");
        }
        if (!allowRemote && !Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
            throw CommandFailure.wrong(host + " is not this machine; a load test there needs --allow-remote"
                    + " and the consent of whoever runs it.");
        }
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new Target(tls, host, new InetSocketAddress(addresses[0], port), bracketed + ":" + port, path);
    }
}
