package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an Ingress that takes writes says besides its annotations, and its effect on the draft. One thread. */
final class SpecRules {

    private static final String PATHS = "writes are taken at /api/v1/receive, /api/v1/write and /api/v1/push";

    private final RuleContext context;
    private final Ingress ingress;
    private final ConfigDraft draft;
    private final boolean pods;
    private final List<ReportLine> lines = new ArrayList<>();

    private SpecRules(RuleContext context) {
        this.context = context;
        this.ingress = context.ingress();
        this.draft = context.draft();
        this.pods = draft.layout() == FileLayout.PODS;
    }

    static List<ReportLine> apply(RuleContext context) {
        return new SpecRules(context).all();
    }

    private List<ReportLine> all() {
        if (!ingress.className().isEmpty()) {
            add(
                    "class " + ingress.className(),
                    Finding.left("no controller stands before the gateway, a Service of type LoadBalancer does"));
        }
        Set<String> hosts = new LinkedHashSet<>();
        ingress.routes().stream()
                .filter(route -> route.role() == BackendRole.WRITE)
                .forEach(route -> hosts.add(route.host()));
        hosts.forEach(this::host);
        ingress.tls().forEach(this::certificate);
        if (ingress.tls().isEmpty()) {
            add(
                    "no tls",
                    Finding.changed("ringgate.yaml: https all the same, with a certificate of your own"
                            + (pods ? "" : " in " + draft.layout().certificate(FileLayout.OWN))
                            + ": passwords would cross the network readable. URLs of agents become https://…:19291"));
        } else if (ingress.nginx("ssl-redirect").isEmpty()) {
            add(
                    "no ssl-redirect",
                    Finding.carried(draft.redirect() + ", as an Ingress with tls has it unless told otherwise"));
        }
        ingress.routes().forEach(this::route);
        if (LoginRules.isOpen(ingress)) {
            add(
                    "no login",
                    context.hasUsers() && context.access().isStray()
                            ? Finding.changed("the users of the Secret that was given may write, and nobody else")
                            : Finding.decide(
                                    "anybody may write by it, as far as it says; here nobody may without a credential: give"
                                            + " one to each sender and add its edge by `ringgate edge add`"));
        }
        lines.addAll(ingress.remarks());
        return lines;
    }

    private void add(String thing, Finding finding) {
        lines.add(ReportLine.of(thing, finding));
    }

    private void host(String host) {
        boolean named = TlsRules.isHostName(host);
        draft.host(named ? host : "");
        if (host.isEmpty()) {
            add("any host", Finding.carried("ringgate.yaml: no host_names, any name is taken"));
        } else if (!named) {
            add("host " + host, Finding.left("it is no host name, so any name is taken: write host_names"));
        } else if (pods) {
            add(
                    "host " + host,
                    Finding.changed(
                            "the listener takes any name; as `host` of your overlay's site.yaml it is in the certificate"));
        } else {
            add(
                    "host " + host,
                    Finding.carried(
                            ingress.tls().isEmpty()
                                    ? "ringgate.yaml: the listener takes any name"
                                    : "ringgate.yaml: host_names of the listener on port 443; that on 19291 takes any name"));
        }
    }

    private void certificate(Ingress.Tls tls) {
        String secret = FileLayout.secret(tls.secretName());
        draft.certificate(secret);
        String files = "ringgate.yaml: cert_file: " + draft.layout().certificate(pods ? "names" : secret);
        String thing = ("tls " + tls.secretName()).strip()
                + (tls.hosts().isEmpty() ? "" : " for " + String.join(", ", tls.hosts()));
        if (pods) {
            add(
                    thing,
                    Finding.changed(files
                            + ", of Secret ringgate-names-tls, which cert-manager makes for Certificate ringgate-names:"
                            + " that of the Ingress may go with it"));
            return;
        }
        files += ", key_file: " + draft.layout().key(secret);
        add(
                thing,
                tls.secretName().isEmpty()
                        ? Finding.changed(
                                files + "; the Ingress names no Secret, it had the controller's own certificate")
                        : Finding.carried(files));
    }

    private void route(Ingress.Route route) {
        String thing = "path " + route.pathOrRoot() + " of " + route.hostOrAny() + " to " + route.backend();
        if (route.role() != BackendRole.WRITE) {
            add(thing, Finding.later(route.role().title()));
            return;
        }
        draft.backend(ingress, route);
        String path = route.path();
        boolean reached = BackendRole.WRITE_PATHS.stream()
                .anyMatch(each -> each.equals(path) || each.startsWith(path.endsWith("/") ? path : path + "/"));
        add(thing, reached ? Finding.carried(PATHS) : Finding.changed(PATHS + " only: URLs of agents have to end so"));
    }
}
