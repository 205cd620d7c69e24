package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** An Ingress object, in the form of {@code networking.k8s.io/v1} and in the older one. */
final class ObjectReader {

    private static final Set<String> SPEC = Set.of("ingressClassName", "rules", "tls", "defaultBackend", "backend");
    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "managedFields",
            "selfLink",
            "ownerReferences");

    private final DocumentTree object;
    private final List<ReportLine> remarks = new ArrayList<>();

    private ObjectReader(DocumentTree object) {
        this.object = object;
    }

    static Ingress read(DocumentTree object, String file) {
        return new ObjectReader(object).ingress(file);
    }

    private Ingress ingress(String file) {
        DocumentTree spec = object.at("spec");
        DocumentTree metadata = object.at("metadata");
        String namespace = metadata.at("namespace").text();
        String name = metadata.at("name").text();
        List<Ingress.Route> routes = new ArrayList<>();
        Stream.of("defaultBackend", "backend")
                .filter(spec::has)
                .forEach(key -> routes.add(new Ingress.Route("", "", backend(spec.at(key)))));
        for (DocumentTree rule : spec.at("rules").items()) {
            routes(rule, routes);
        }
        remarks();
        return new Ingress(
                ReportText.of("Ingress " + (namespace.isEmpty() ? "" : namespace + "/") + name + " (" + file + ")"),
                name,
                namespace,
                spec.at("ingressClassName").text(),
                annotations(metadata.at("annotations")),
                routes,
                tls(spec.at("tls")),
                true,
                remarks);
    }

    /** A value that is no text, as YAML reads an unquoted list, counts as what stands in it. */
    static Map<String, String> annotations(DocumentTree written) {
        Map<String, String> annotations = new LinkedHashMap<>();
        written.entries()
                .forEach((key, value) -> annotations.put(
                        key, value instanceof DocumentTree.Scalar ? value.text() : String.join("\n", value.lines(""))));
        return annotations;
    }

    private static void routes(DocumentTree rule, List<Ingress.Route> routes) {
        String host = rule.at("host").text();
        List<DocumentTree> paths = rule.at("http", "paths").items();
        for (DocumentTree path : paths) {
            routes.add(new Ingress.Route(host, path.at("path").text(), backend(path.at("backend"))));
        }
        if (paths.isEmpty()) {
            routes.add(new Ingress.Route(host, "", new Ingress.ServiceRef("", "", true)));
        }
    }

    static Ingress.ServiceRef backend(DocumentTree backend) {
        DocumentTree service = backend.at("service");
        String name = service.at("name").text()
                + backend.at("serviceName").text()
                + backend.at("resource", "name").text();
        String port = service.at("port", "number").text()
                + service.at("port", "name").text()
                + backend.at("servicePort").text();
        return new Ingress.ServiceRef(name, port, true);
    }

    static List<Ingress.Tls> tls(DocumentTree written) {
        return written.items().stream()
                .map(tls -> new Ingress.Tls(
                        tls.at("secretName").text(),
                        tls.at("hosts").items().stream().map(DocumentTree::text).toList()))
                .toList();
    }

    private void remarks() {
        object.at("spec").entries().forEach((key, value) -> {
            if (!SPEC.contains(key)) {
                value.lines("spec." + key)
                        .forEach(line -> remark(line, "not a known field of an Ingress, so it is ignored"));
            }
        });
        object.at("metadata", "labels")
                .lines("metadata.labels")
                .forEach(line -> remark(line, "the objects of the gateway have labels of their own"));
        object.at("metadata", "finalizers")
                .lines("metadata.finalizers")
                .forEach(line -> remark(line, "it belongs to whoever set it"));
        object.at("status")
                .lines("status")
                .forEach(line -> remark(line, "where the Ingress is reached; the gateway has an address of its own"));
        List<String> ofTheCluster = object.at("metadata").entries().keySet().stream()
                .filter(OF_THE_CLUSTER::contains)
                .toList();
        if (!ofTheCluster.isEmpty()) {
            remark("metadata: " + String.join(", ", ofTheCluster), "the cluster's own notes");
        }
    }

    private void remark(String what, String words) {
        remarks.add(ReportLine.of(what, Finding.left(words)));
    }
}
