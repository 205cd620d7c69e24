package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Everything that is an Ingress in what was given: objects, lists of them, and sections of a chart's values wherever they
 * stand. One thread.
 */
final class IngressFinder {

    /** Their keys are whatever their owner says. */
    private static final Set<String> OTHERS_DATA = Set.of("Ingress", "Secret", "ConfigMap");

    /** Routes of other controllers and of the Gateway API. */
    private static final Set<String> OTHER_ROUTES = Set.of(
            "IngressRoute",
            "IngressRouteTCP",
            "HTTPRoute",
            "GRPCRoute",
            "TCPRoute",
            "TLSRoute",
            "VirtualService",
            "HTTPProxy",
            "VirtualServer",
            "TransportServer",
            "ApisixRoute",
            "Route");

    private static final Finding OTHER_ROUTE = Finding.decide(
            "it is a route as an Ingress is one, and is not read: if writes arrive by it, write an Ingress with its hosts,"
                    + " paths, Service and users, and import that too");

    private final List<Ingress> found = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private final List<ReportLine> besides = new ArrayList<>();
    private final List<String> otherRoutes = new ArrayList<>();
    private String file = "";
    private String namespace = "";

    List<Ingress> found() {
        return found;
    }

    /** A sentence for each thing that is none. */
    List<String> passedOver() {
        return passedOver;
    }

    /** What charts and the controller's own settings say beside Ingresses. */
    List<ReportLine> besides() {
        return besides;
    }

    /** Objects that lead requests as an Ingress does, and are not read. */
    List<String> otherRoutes() {
        return otherRoutes;
    }

    void search(InputText input) {
        file = input.name();
        for (DocumentTree document : YamlDocuments.of(input, passedOver)) {
            document(document);
        }
    }

    private void document(DocumentTree document) {
        if (isList(document)) {
            document.at("items").items().forEach(this::document);
            return;
        }
        namespace = document.at("namespaceOverride").text();
        int before = found.size();
        walk(document, "");
        String kind = document.at("kind").text();
        besides(document, kind, kind.isEmpty() ? file : called(document) + " (" + file + ")");
        if (found.size() == before && document != DocumentTree.Nothing.NOTHING && !OTHER_ROUTES.contains(kind)) {
            passedOver.add(ReportText.of(file + ": " + called(document) + " contains no Ingress"));
        }
    }

    /** For an object the name is reported too. */
    private void besides(DocumentTree document, String kind, String where) {
        if (OTHER_ROUTES.contains(kind)) {
            otherRoutes.add(ReportText.of(called(document)));
            besides.add(ReportLine.of(where, OTHER_ROUTE));
        }
        if (!OTHERS_DATA.contains(kind)) {
            ChartLogins.in(document, "").forEach(path -> besides.add(ChartLogins.line(path, where)));
        }
        if (!kind.equals("Ingress") && !kind.equals("Secret")) {
            ControllerSettings.in(document).forEach(path -> besides.add(ControllerSettings.line(path, where)));
        }
    }

    private static boolean isList(DocumentTree document) {
        return document.at("kind").text().endsWith("List") && document.has("items");
    }

    private static String called(DocumentTree document) {
        String kind = document.at("kind").text();
        String name = document.at("metadata", "name").text();
        return kind.isEmpty() ? "a document" : (kind + " " + name).strip();
    }

    private void walk(DocumentTree tree, String path) {
        if (tree.at("kind").text().equals("Ingress") && tree.has("apiVersion")) {
            found.add(ObjectReader.read(tree, file));
            return;
        }
        tree.entries().forEach((key, child) -> {
            String here = path.isEmpty() ? key : path + "." + key;
            if (SectionReader.isSection(key, child)) {
                section(child, here);
            } else {
                walk(child, here);
            }
        });
        for (int i = 0; i < tree.items().size(); i++) {
            walk(tree.items().get(i), path + "[" + i + "]");
        }
    }

    /** One for gRPC may stand within it. */
    private void section(DocumentTree section, String path) {
        found.add(SectionReader.read(section, path, namespace, file));
        if (section.at(SectionReader.GRPC).has("enabled")) {
            found.add(SectionReader.read(
                    section.at(SectionReader.GRPC), path + "." + SectionReader.GRPC, namespace, file));
        }
    }
}
