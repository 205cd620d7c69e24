package io.ringgate.k8s.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;

/** Stands for cert-manager: every Certificate has its Secret and is ready. All are alike, which is enough for what only asks for them. */
record IssuedCertificates(ApiClient api, TestCertificates authority) implements Player.Part {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CERTIFICATES = "/apis/cert-manager.io/v1/";

    @Override
    public void play() throws IOException, InterruptedException {
        for (JsonNode each : api.get(CERTIFICATES + "certificates").path("items")) {
            if (!each.has("status")) {
                String namespace = each.at("/metadata/namespace").asText();
                api.create("/api/v1/namespaces/" + namespace + "/secrets", secret(each));
                api.merge(
                        CERTIFICATES + "namespaces/" + namespace + "/certificates/"
                                + each.at("/metadata/name").asText() + "/status",
                        JSON.readTree("{\"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}}"));
            }
        }
    }

    private ObjectNode secret(JsonNode certificate) throws IOException {
        ObjectNode secret = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
        secret.put("type", "kubernetes.io/tls");
        secret.putObject("metadata")
                .put("name", certificate.at("/spec/secretName").asText());
        secret.putObject("data")
                .put("tls.crt", encoded(Files.readAllBytes(authority.certificate("apiserver"))))
                .put("tls.key", encoded(Files.readAllBytes(authority.key("apiserver"))))
                .put("ca.crt", encoded(Files.readAllBytes(authority.ca())));
        return secret;
    }

    private static String encoded(byte[] text) {
        return Base64.getEncoder().encodeToString(text);
    }
}
