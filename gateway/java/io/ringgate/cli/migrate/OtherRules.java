package io.ringgate.cli.migrate;

import java.util.HashMap;
import java.util.Map;

/** What has little to do with writes, and what belongs to other programs. */
final class OtherRules {

    private static final String BROWSERS = "agents are no browsers and ask for no other origin";
    private static final String PART =
            "a part of the writes went elsewhere by it, and all of them go to the receivers of ringgate.yaml: take this"
                    + " Ingress out, or give what it is for receivers and a gateway of its own";
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
        rules.put("canary", Known.decideUnlessOff("a part of the requests to another backend", PART));
        rules.put("canary-*", Known.left("a part of the requests to another backend", "it belongs to canary"));
        rules.put("mirror-target", Known.decide("requests to another backend too", COPIES));
        rules.put("mirror-*", Known.left("requests to another backend too", "it belongs to mirror-target"));
        for (String name : new String[] {"enable-modsecurity", "enable-owasp-*", "modsecurity-*"}) {
            rules.put(name, Known.hidden("a web application firewall", (value, asked) -> Finding.left(FIREWALL)));
        }
        rules.put(
                "modsecurity-snippet",
                Known.hidden(
                        "rules of a web application firewall",
                        (value, asked) -> Finding.decide(
                                FIREWALL + ", not by rules of your own: see whether these decide" + " who may write")));
        rules.put(
                "custom-http-errors",
                Known.left(
                        "pages for errors",
                        "a sender reads the status and the first line, so every refusal is a sentence"));
        rules.put(
                "custom-headers",
                Known.left("headers of answers", "a sender reads the status and the first line of an answer"));
        rules.put(
                "default-backend",
                Known.decide(
                        "who is asked when no receiver is ready",
                        "while no receiver is ready, writes are answered 503 and senders repeat them: if it takes writes,"
                                + " name it among the receivers in ringgate.yaml"));
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
                    Known.left(
                            "metrics of the proxy",
                            "the gateway has metrics of its own, see docs/operations/metrics.md"));
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
        ofOtherControllers(rules);
        return rules;
    }

    private static void ofOtherControllers(Map<String, Known> rules) {
        for (String name : new String[] {"nginx.org/location-snippets", "nginx.org/server-snippets"}) {
            rules.put(
                    name,
                    SnippetRules.snippet(
                            name.contains("server") ? SnippetRules.Level.SERVER : SnippetRules.Level.LOCATION));
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
                    Known.decide(
                            "another controller's",
                            "it is for another controller than ingress-nginx: if that one serves the Ingress, look up"
                                    + " whether it decides where writes go or who may write"));
        }
    }
}
