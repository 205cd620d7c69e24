package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An {@code ingress} section of a chart's values. Charts have grown two ways of saying most things, so each is looked for
 * under both names; what a section has besides is a remark.
 */
final class SectionReader {

    private static final Pattern NAME = Pattern.compile("(?i).*ingress(PerReplica)?");
    private static final Set<String> MARKS =
            Set.of("enabled", "annotations", "hosts", "hostname", "tls", "ingressClassName", "className");

    /** A second Ingress that a section may hold. */
    static final String GRPC = "grpc";

    private static final Set<String> KNOWN = Set.of(
            "enabled",
            "annotations",
            "ingressClassName",
            "className",
            "hosts",
            "hostname",
            "host",
            "extraHosts",
            "path",
            "paths",
            "tls",
            "extraTls",
            "secretName",
            "tlsSecretName",
            GRPC);

    /** What charts have for routes of another form. */
    private static final Set<String> BACKENDS =
            Set.of("extraPaths", "extraRules", "rules", "backend", "defaultBackend", "serviceName", "servicePort");

    private final DocumentTree section;
    private final String path;

    private SectionReader(DocumentTree section, String path) {
        this.section = section;
        this.path = path;
    }

    /** True for what looks like one. A NetworkPolicy has rules under the same key. */
    static boolean isSection(String key, DocumentTree value) {
        return NAME.matcher(key).matches() && value.entries().keySet().stream().anyMatch(MARKS::contains);
    }

    /**
     * Reads it.
     *
     * @param path the keys that lead to it, for example {@code receive.ingress}
     * @param namespace of the whole chart, empty where the values do not say it
     */
    static Ingress read(DocumentTree section, String path, String namespace, String file) {
        return new SectionReader(section, path).ingress(namespace, file);
    }

    private Ingress ingress(String namespace, String file) {
        List<Ingress.Route> routes = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        Stream.of("path", "paths").forEach(key -> paths.addAll(texts(section.at(key), "path")));
        Stream.of("hostname", "host", "hosts", "extraHosts").forEach(key -> hosts(section.at(key), paths, routes));
        if (routes.isEmpty()) {
            paths.forEach(each -> routes.add(route("", each)));
        }
        if (routes.isEmpty()) {
            routes.add(route("", ""));
        }
        return new Ingress(
                ReportText.of("section " + path + " (" + file + ")"),
                path,
                namespace,
                section.at("ingressClassName").text() + section.at("className").text(),
                ObjectReader.annotations(section.at("annotations")),
                routes,
                tls(routes),
                !GoBoolean.isFalse(section.at("enabled").text()),
                remarks());
    }

    private Ingress.Route route(String host, String at) {
        return new Ingress.Route(host, at, new Ingress.ServiceRef(owner(), "", false));
    }

    /** Some charts let a path name its Service. */
    private Ingress.Route route(String host, DocumentTree path) {
        Ingress.ServiceRef named = ObjectReader.backend(path.has("backend") ? path.at("backend") : path);
        String at = path.text() + path.at("path").text();
        return named.service().isEmpty()
                ? new Ingress.Route(host, at, new Ingress.ServiceRef(owner(), named.port(), false))
                : new Ingress.Route(host, at, named);
    }

    /** {@code receive} of {@code thanos.receive.ingress}; empty at the top. */
    private String owner() {
        List<String> keys = List.of(path.split("\\.", -1));
        int own = keys.size() - (keys.getLast().equals(GRPC) ? 2 : 1);
        return own < 1 ? "" : keys.get(own - 1);
    }

    private void hosts(DocumentTree written, List<String> paths, List<Ingress.Route> routes) {
        List<DocumentTree> all = written.text().isEmpty() ? written.items() : List.of(written);
        for (DocumentTree one : all) {
            String host = one.text() + one.at("host").text() + one.at("name").text();
            List<DocumentTree> own = new ArrayList<>(one.at("paths").items());
            Stream.of(one.at("paths"), one.at("path"))
                    .filter(path -> !path.text().isEmpty())
                    .forEach(own::add);
            own.forEach(path -> routes.add(route(host, path)));
            if (own.isEmpty()) {
                (paths.isEmpty() ? List.of("") : paths).forEach(each -> routes.add(route(host, each)));
            }
        }
    }

    /** Of a text, a list of texts, or a list of mappings that have it under the key. */
    private static List<String> texts(DocumentTree written, String key) {
        if (!written.text().isEmpty()) {
            return List.of(written.text());
        }
        return written.items().stream()
                .map(item -> item.text() + item.at(key).text())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Where the values only switch TLS on, the chart makes the Secret's name from the host's. */
    private List<Ingress.Tls> tls(List<Ingress.Route> routes) {
        List<Ingress.Tls> tls = new ArrayList<>(ObjectReader.tls(section.at("tls")));
        tls.addAll(ObjectReader.tls(section.at("extraTls")));
        String own =
                section.at("secretName").text() + section.at("tlsSecretName").text();
        if (GoBoolean.isTrue(section.at("tls").text()) || !own.isEmpty()) {
            String host = routes.getFirst().host();
            tls.add(new Ingress.Tls(!own.isEmpty() || host.isEmpty() ? own : host + "-tls", List.of(host)));
        }
        return tls;
    }

    private List<ReportLine> remarks() {
        List<ReportLine> remarks = new ArrayList<>();
        section.entries().forEach((key, value) -> {
            if (!KNOWN.contains(key)) {
                remark(key, value, remarks);
            }
        });
        return remarks;
    }

    /** A log-in is not shown, only where it stands. */
    private static void remark(String key, DocumentTree value, List<ReportLine> remarks) {
        List<String> logins = ChartLogins.isOne(key, value) ? List.of(key) : ChartLogins.in(value, key);
        logins.forEach(each -> remarks.add(ChartLogins.line(each, "")));
        Finding finding = BACKENDS.contains(key)
                ? Finding.decide(
                        "it leads to backends by itself, and is not read: give the Ingress as the cluster has it, by"
                                + " `kubectl get ingress -o yaml`")
                : Finding.left("a setting of the chart alone");
        value.lines(key).stream()
                .filter(line -> logins.stream().noneMatch(line::startsWith))
                .map(line -> ReportLine.of(Annotations.withoutSecret(line), finding))
                .forEach(remarks::add);
    }
}
