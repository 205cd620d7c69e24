package io.ringgate.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Reads objects by the typed models of Kubernetes, cert-manager and the Prometheus operator, and by our own schemas where
 * there is no model. The models take every key and put aside what they do not know: that is what is looked for.
 */
final class KnownKinds {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Class<?>> MODELS = models();
    private static final Map<String, OwnSchema> OWN = OwnSchema.all();

    private KnownKinds() {}

    /** What is wrong with the object, each with its place. */
    static List<String> faults(Manifest manifest) {
        return faults(manifest.apiVersion() + " " + manifest.kind(), manifest.tree());
    }

    private static List<String> faults(String kind, JsonNode tree) {
        Class<?> model = MODELS.get(kind);
        if (model != null) {
            return faults(tree, model);
        }
        OwnSchema own = OWN.get(kind);
        return own == null ? List.of("nobody knows " + kind) : own.faults(tree);
    }

    /** The same for a part of an object. */
    static List<String> faults(JsonNode tree, Class<?> model) {
        try {
            List<String> unknown = new ArrayList<>();
            UnknownKeys.collect(JSON.treeToValue(tree, model), "", unknown);
            return unknown;
        } catch (JsonProcessingException e) {
            return List.of(e.getOriginalMessage());
        }
    }

    private static Map<String, Class<?>> models() {
        Map<String, Class<?>> all = new HashMap<>();
        ServiceLoader.load(KubernetesResource.class).stream()
                .map(ServiceLoader.Provider::type)
                .filter(HasMetadata.class::isAssignableFrom)
                .map(type -> type.asSubclass(HasMetadata.class))
                .forEach(type -> all.put(HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type), type));
        return all;
    }
}
