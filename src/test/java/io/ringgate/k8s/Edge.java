package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An edge cluster's overlay: its name and the values that it gives the chart. */
record Edge(String name, JsonNode values) {

    static final List<String> NAMES = List.of("cluster-02-edge", "cluster-03-edge", "cluster-04-edge");

    /** One entry of {@code remoteWrite}. */
    record Remote(JsonNode spec) {

        URI url() {
            return URI.create(spec.path("url").asText());
        }

        String host() {
            return url().getHost();
        }

        String path() {
            return url().getPath();
        }

        int port() {
            return url().getPort() < 0 ? 443 : url().getPort();
        }
    }

    static List<Edge> all() {
        return NAMES.stream().map(Edge::named).toList();
    }

    static Edge named(String name) {
        try {
            JsonNode chart = Kustomize.yaml(Files.readString(folder(name).resolve("kustomization.yaml")))
                    .at("/helmCharts/0");
            Path values = folder(name).resolve(chart.path("valuesFile").asText());
            return new Edge(name, Kustomize.yaml(Files.readString(values)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder(String name) {
        return Kustomize.FILES.resolve("overlays").resolve(name);
    }

    /** The Secret and its key, with a slash between, that the operator mounts under this path. */
    static String mounted(String path) {
        String folder = "/etc/prometheus/secrets/";
        if (!path.startsWith(folder)) {
            throw new AssertionError("nothing is mounted at " + path);
        }
        return path.substring(folder.length());
    }

    JsonNode spec() {
        return values.at("/prometheus/prometheusSpec");
    }

    List<Remote> remotes() {
        return Manifest.elements(spec().path("remoteWrite")).stream()
                .map(Remote::new)
                .toList();
    }
}
