package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has little to do with writes, and what belongs to other programs. */
final class OtherRules {

    /** The first word of a directive; of a header also its name, of addresses and sizes what they are. */
    private static final Pattern DIRECTIVE = Pattern.compile(
            "(?m)(?:^|[;{}])\\s*((?:proxy_set_header|add_header|more_set_(?:input_)?headers)\\s+[\"']?[A-Za-z0-9_-]+"
                    + "|(?:allow|deny|client_max_body_size)\\s+[^;{}\\s]+|[a-z_]+)");

    /** Those that the gateway has a setting for. */
    private static final Pattern OURS = Pattern.compile("^(allow|deny|client_max_body_size) ");

    private static final String BROWSERS = "agents are no browsers and ask for no other origin";
    private static final String COPIES =
            "writes have one way: an agent that shall write to two places has a second remote_write";
    private static final String FIREWALL = "a write is checked as what it is, by its encoding, structure and labels";
    private static final String TRACES = "receivers get the trace of a sender that has one";
    private static final String CERTIFICATE =
            "for the Certificate beside the gateway (k8s/): `spec.issuerRef` and its kin. With nginx gone nobody serves an"
                    + " HTTP-01 solver of class nginx: use DNS-01, or an authority of your own";

    static final Map<String, Known> NGINX = nginx();
    static final Map<String, Known> OF_OTHERS = ofOthers();

    private OtherRules() {}

    private static Map<String, Known> nginx() {
        Map<String, Known> rules = new HashMap<>();
        for (String name : new String[] {"enable-cors", "cors-*"}) {
            rules.put(name, Known.left("what browsers may do (CORS)", BROWSERS));
        }
        for (String name : new String[] {"configuration-snippet", "server-snippet", "stream-snippet"}) {
            rules.put(name, Known.hidden("directives of nginx", (value, asked) -> snippet(value)));
        }
        rules.put(
                "websocket-services",
                Known.left(
                        "a name of another controller",
                        "ingress-nginx has no such annotation (nginx.org/websocket-services is another controller's), so it"
                                + " had no effect; writes need no WebSocket"));
        rules.put(
                "proxy-cache-valid",
                Known.left(
                        "a directive of nginx that is no annotation",
                        "ingress-nginx has no such annotation (it is a directive of nginx), so it had no effect; a write is"
                                + " never answered from a cache"));
        for (String name : new String[] {"canary*", "mirror-*"}) {
            rules.put(name, Known.left("a part of the requests to another backend", COPIES));
        }
        for (String name : new String[] {"enable-modsecurity", "enable-owasp-*", "modsecurity-*"}) {
            rules.put(name, Known.hidden("a web application firewall", (value, asked) -> Finding.left(FIREWALL)));
        }
        for (String name : new String[] {"custom-http-errors", "default-backend"}) {
            rules.put(
                    name,
                    Known.left(
                            "pages for errors",
                            "a sender reads the status and the first line, so every refusal is a sentence"));
        }
        for (String name : new String[] {"enable-access-log", "enable-rewrite-log"}) {
            rules.put(name, Known.left("logs", "see `access_log` in ringgate.yaml"));
        }
        for (String name :
                new String[] {"enable-opentracing", "enable-opentelemetry", "opentracing-*", "opentelemetry-*"}) {
            rules.put(name, Known.left("traces", TRACES));
        }
        for (String name : new String[] {"enable-influxdb", "influxdb-*"}) {
            rules.put(
                    name,
                    Known.left("metrics of the proxy", "the gateway has metrics of its own, see docs/OPERATIONS.md"));
        }
        return rules;
    }

    private static Map<String, Known> ofOthers() {
        Map<String, Known> rules = new HashMap<>();
        rules.put("cert-manager.io/*", Known.elsewhere("the certificate", CERTIFICATE));
        rules.put("certmanager.k8s.io/*", Known.elsewhere("the certificate", CERTIFICATE));
        rules.put("acme.cert-manager.io/*", Known.elsewhere("the certificate", CERTIFICATE));
        rules.put("kubernetes.io/tls-acme", Known.elsewhere("the certificate", CERTIFICATE));
        rules.put(
                "external-dns.alpha.kubernetes.io/*",
                Known.elsewhere(
                        "the name in DNS",
                        "onto the Service of the gateway (k8s/), once the name shall lead there: it is the switch"));
        rules.put(
                "kubernetes.io/ingress.class",
                Known.left(
                        "the controller",
                        "no controller stands before the gateway, a Service of type LoadBalancer does"));
        rules.put(
                "ingress.cilium.io/*",
                Known.left(
                        "Cilium's Ingress",
                        "the gateway is reached by a Service of type LoadBalancer, not by an Ingress"));
        rules.put(
                "io.cilium/*",
                Known.elsewhere(
                        "Cilium's addresses", "onto the Service of the gateway (k8s/), with an address of its own"));
        rules.put(
                "lbipam.cilium.io/*",
                Known.elsewhere(
                        "Cilium's addresses", "onto the Service of the gateway (k8s/), with an address of its own"));
        rules.put(
                "kubectl.kubernetes.io/last-applied-configuration",
                Known.hidden(
                        "kubectl's note",
                        (value, asked) -> Finding.left(
                                "kubectl's own note of what was applied last, which is this very Ingress")));
        rules.put("kubectl.kubernetes.io/*", Known.left("kubectl's note", "a note of kubectl"));
        for (String name : new String[] {"meta.helm.sh/*", "helm.sh/*", "argocd.argoproj.io/*", "field.cattle.io/*"}) {
            rules.put(name, Known.left("a note of what deploys it", "a note of the program that deploys the Ingress"));
        }
        for (String name : new String[] {
            "nginx.org/*",
            "nginx.com/*",
            "haproxy.org/*",
            "haproxy-ingress.github.io/*",
            "ingress.kubernetes.io/*",
            "traefik.ingress.kubernetes.io/*",
            "konghq.com/*",
            "alb.ingress.kubernetes.io/*",
            "projectcontour.io/*"
        }) {
            rules.put(
                    name,
                    Known.left(
                            "another controller's",
                            "it is for another controller than ingress-nginx, look up what it does"));
        }
        return rules;
    }

    /** Names of directives, and what follows those that cannot have a password behind them. */
    private static Finding snippet(String value) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> ours = new LinkedHashSet<>();
        Matcher found = DIRECTIVE.matcher(value.replaceAll("(?m)#.*$", ""));
        while (found.find()) {
            String name = found.group(1).replaceAll("\\s+[\"']?", " ");
            (OURS.matcher(name).find() ? ours : names).add(name);
        }
        List<String> words = new ArrayList<>();
        if (!names.isEmpty() || ours.isEmpty()) {
            words.add(
                    "directives of nginx" + (names.isEmpty() ? "" : " (" + code(names) + ")") + " have no counterpart");
        }
        if (names.stream().anyMatch(name -> name.matches("(?i).* (thanos-tenant|x-scope-orgid)"))) {
            words.add("one sets the tenant, which is `tenant` of each edge in edges.yaml here: see that they agree");
        }
        if (!ours.isEmpty()) {
            words.add("some have one, which is left to you (" + code(ours)
                    + "): addresses are `allowed_sources` of each"
                    + " edge in edges.yaml, the size of a body is `max_body: {packed: SIZE}` in " + PolicyText.FILE);
        }
        return Finding.left(String.join("; ", words));
    }

    private static String code(Set<String> names) {
        return Shown.code(String.join(", ", names));
    }
}
