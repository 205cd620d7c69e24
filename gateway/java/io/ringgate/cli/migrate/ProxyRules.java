package io.ringgate.cli.migrate;

import java.util.HashMap;
import java.util.Map;

/** How requests go on to their backend: time, buffers, paths. */
final class ProxyRules {

    private static final String TIMES =
            "a write is answered within `timeouts.write_deadline` (25s), since an agent gives up after 30s and sends it"
                    + " again: waiting longer cures no \"context deadline exceeded\"";
    private static final String BUFFERS =
            "a write is taken whole before it goes on, in memory that `memory_budget` bounds, and an answer is one line";
    private static final String RETRIES =
            "a write that one receiver could not take goes to a second one within `timeouts.write_deadline`";
    private static final String REDIRECTS = "agents write to one path and are sent nowhere else";

    static final Map<String, Known> RULES = rules();

    private ProxyRules() {}

    private static Map<String, Known> rules() {
        Map<String, Known> rules = new HashMap<>();
        all(rules, "time for the backend", TIMES, "proxy-connect-timeout", "proxy-send-timeout", "proxy-read-timeout");
        all(
                rules,
                "buffers of the proxy",
                BUFFERS,
                "proxy-request-buffering",
                "proxy-buffering",
                "proxy-buffer-size",
                "proxy-buffers-number",
                "proxy-busy-buffers-size",
                "proxy-max-temp-file-size");
        all(rules, "what is tried again", RETRIES, "proxy-next-upstream*");
        all(
                rules,
                "where clients are sent",
                REDIRECTS,
                "proxy-redirect-*",
                "app-root",
                "permanent-redirect*",
                "temporal-redirect*",
                "from-to-www-redirect",
                "relative-redirects");
        all(rules, "cookies", "agents have no cookies", "proxy-cookie-*", "affinity*", "session-cookie-*");
        all(
                rules,
                "the version of HTTP towards the backend",
                "receivers are spoken to by HTTP/1.1",
                "proxy-http-version",
                "http2-push-preload",
                "connection-proxy-header");
        rules.put("rewrite-target", Known.by("the path that the backend sees", ProxyRules::rewrite));
        rules.put(
                "use-regex",
                Known.left(
                        "paths as patterns",
                        "agents write to /api/v1/receive, /api/v1/write or /api/v1/push, no other path"));
        rules.put(
                "upstream-vhost",
                Known.left(
                        "the host name that the backend sees",
                        "a receiver sees its own address as Host, as Thanos expects"));
        all(
                rules,
                "which pod is asked",
                "a write goes to one healthy receiver, which replicates it",
                "upstream-hash-by*",
                "load-balance",
                "service-upstream");
        rules.put(
                "x-forwarded-prefix",
                Known.left(
                        "a header for the backend",
                        "no header of a client reaches a receiver, and none is added for it"));
        return rules;
    }

    private static void all(Map<String, Known> rules, String means, String why, String... names) {
        for (String name : names) {
            rules.put(name, Known.left(means, why));
        }
    }

    private static Finding rewrite(String value, Asked asked) {
        Backend backend = asked.draft().backend();
        String path = (backend == null ? Backend.Kind.THANOS : backend.kind()).path();
        return value.equals(path)
                ? Finding.carried("ringgate.yaml: receivers.write.path is " + path)
                : Finding.left("whatever path a write came by, it goes out on `receivers.write.path` (" + path + ")");
    }
}
