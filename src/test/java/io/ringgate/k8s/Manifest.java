package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** One object as it would be sent to a cluster. */
record Manifest(JsonNode tree) {

    String apiVersion() {
        return text("/apiVersion");
    }

    String kind() {
        return text("/kind");
    }

    String name() {
        return text("/metadata/name");
    }

    /** Empty for what belongs to a whole cluster. */
    String namespace() {
        return text("/metadata/namespace");
    }

    /** What stands there, an empty text when nothing does. */
    String text(String pointer) {
        return tree.at(pointer).asText();
    }

    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    /** The elements of the list there, none when nothing is there. */
    List<JsonNode> list(String pointer) {
        return elements(tree.at(pointer));
    }

    /** The spec of the pods that it makes. */
    JsonNode pod() {
        return tree.at("/spec/template/spec");
    }

    static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
