package io.ringgate.cli.migrate;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

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

    /** What the sender asked for, with nothing before it. */
    private static final Pattern OF_THE_SENDER = Pattern.compile("/?\\$[0-9]");

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
                "permanent-redirect-code",
                "temporal-redirect-code",
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
        elsewhere(rules);
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

    /** Those that lead to other receivers. */
    private static void elsewhere(Map<String, Known> rules) {
        for (String name : new String[] {"permanent-redirect", "temporal-redirect"}) {
            rules.put(
                    name,
                    Known.decide(
                            "where clients are sent",
                            "every write is sent elsewhere by it, and the gateway sends writes to its receivers: name those"
                                    + " that writes arrive at in the end in ringgate.yaml"));
        }
        rules.put(
                "upstream-vhost",
                Known.decide(
                        "the host name that the backend sees",
                        "a receiver sees its own address as Host, as Thanos expects: if another proxy stands behind, which"
                                + " sends writes on by that name, name the receivers themselves in ringgate.yaml"));
    }

    private static void all(Map<String, Known> rules, String means, String why, String... names) {
        for (String name : names) {
            rules.put(name, Known.left(means, why));
        }
    }

    private static Finding rewrite(String value, RuleContext asked) {
        String path = asked.draft().backends().stream()
                .findFirst()
                .map(Backend::kind)
                .orElse(Backend.Kind.THANOS)
                .path();
        String words = "whatever path a write came by, it goes out on `receivers.write.path` (" + path + ")";
        if (value.equals(path)) {
            return Finding.carried("ringgate.yaml: receivers.write.path is " + path);
        }
        return OF_THE_SENDER.matcher(value).matches()
                ? Finding.left(words)
                : Finding.decide(words + ": write there what receivers take, if it is another path");
    }
}
