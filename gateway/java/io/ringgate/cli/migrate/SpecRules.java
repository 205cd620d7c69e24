package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an Ingress that takes writes says besides its annotations, and its effect on the draft. */
final class SpecRules {

    private final RuleContext asked;
    private final Ingress ingress;
    private final ConfigDraft draft;
    private final List<ReportLine> entries = new ArrayList<>();

    private SpecRules(RuleContext asked) {
        this.asked = asked;
        this.ingress = asked.ingress();
        this.draft = asked.draft();
    }

    static List<ReportLine> judge(RuleContext asked) {
        return new SpecRules(asked).all();
    }

    private List<ReportLine> all() {
        if (!ingress.className().isEmpty()) {
            add(
                    "class " + ingress.className(),
                    Finding.left("no controller stands before the gateway, a Service of type LoadBalancer does"));
        }
        hosts();
        tls();
        routes();
        if (LoginRules.isOpen(asked)) {
            add("no log-in", open());
        }
        entries.addAll(ingress.remarks());
        return entries;
    }

    private void add(String thing, Finding finding) {
        entries.add(ReportLine.of(thing, finding));
    }

    private void hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        ingress.routes().stream().filter(route -> route.role() == Role.WRITE).forEach(route -> hosts.add(route.host()));
        for (String host : hosts) {
            if (host.isEmpty()) {
                draft.host("");
                add("any host", Finding.carried("ringgate.yaml: no host_names, any name is taken"));
            } else if (TlsRules.isHostName(host)) {
                draft.host(host);
                add("host " + host, host());
            } else {
                draft.host("");
                add("host " + host, Finding.left("it is no host name, so any name is taken: write host_names"));
            }
        }
    }

    private Finding host() {
        if (draft.layout() == Layout.PODS) {
            return Finding.changed(
                    "the listener takes any name; as `host` of your overlay's site.yaml it is in the" + " certificate");
        }
        return Finding.carried(
                ingress.tls().isEmpty()
                        ? "ringgate.yaml: the listener takes any name"
                        : "ringgate.yaml: host_names of the listener on port 443; that on 19291 takes any name");
    }

    private Finding certificate(Ingress.Tls tls, String secret) {
        if (draft.layout() == Layout.PODS) {
            return Finding.changed("ringgate.yaml: cert_file: " + draft.layout().certificate("names")
                    + ", of Secret ringgate-names-tls, which cert-manager makes for Certificate ringgate-names: that of the"
                    + " Ingress may go with it");
        }
        String files = "ringgate.yaml: cert_file: " + draft.layout().certificate(secret) + ", key_file: "
                + draft.layout().key(secret);
        return tls.secretName().isEmpty()
                ? Finding.changed(files + "; the Ingress names no Secret, it had the controller's own certificate")
                : Finding.carried(files);
    }

    private void tls() {
        for (Ingress.Tls tls : ingress.tls()) {
            String secret = tls.secretName().isEmpty() ? TlsFiles.OWN : TlsFiles.name(tls.secretName());
            draft.certificate(secret);
            add(
                    ("tls " + tls.secretName()).strip()
                            + (tls.hosts().isEmpty() ? "" : " for " + String.join(", ", tls.hosts())),
                    certificate(tls, secret));
        }
        if (ingress.tls().isEmpty()) {
            add(
                    "no tls",
                    Finding.changed("ringgate.yaml: https all the same, with a certificate of your own"
                            + (draft.layout() == Layout.PODS
                                    ? ""
                                    : " in " + draft.layout().certificate(TlsFiles.OWN))
                            + ": passwords would cross the network readable. URLs of agents become https://…:19291"));
        } else if (ingress.nginx("ssl-redirect").isEmpty()) {
            draft.redirect();
            add(
                    "no ssl-redirect",
                    Finding.carried(
                            draft.layout().redirect() + ", as an Ingress with tls has it unless told otherwise"));
        }
    }

    private void routes() {
        for (Ingress.Route route : ingress.routes()) {
            String thing = "path " + (route.path().isEmpty() ? "/" : route.path()) + " of "
                    + (route.host().isEmpty() ? "any host" : route.host()) + " to " + route.backend();
            if (route.role() != Role.WRITE) {
                add(thing, Finding.later(route.role().title()));
            } else {
                draft.backend(ingress, route);
                add(thing, path(route.path()));
            }
        }
    }

    private Finding open() {
        return asked.hasUsers() && asked.reach().isStray()
                ? Finding.changed("the users of the Secret that was given may write, and nobody else")
                : Finding.decide(
                        "anybody may write by it, as far as it says; here nobody may without a credential: give"
                                + " one to each sender and add its edge by `ringgate edge add`");
    }

    private static Finding path(String path) {
        boolean reached = Role.WRITE_PATHS.stream()
                .anyMatch(each -> each.equals(path) || each.startsWith(path.endsWith("/") ? path : path + "/"));
        return reached
                ? Finding.carried("writes are taken at /api/v1/receive, /api/v1/write and /api/v1/push")
                : Finding.changed(
                        "writes are taken at /api/v1/receive, /api/v1/write and /api/v1/push only: URLs of agents"
                                + " have to end so");
    }
}
