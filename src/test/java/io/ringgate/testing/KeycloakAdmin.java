package io.ringgate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** What clients and the operator of a realm ask Keycloak for. Any thread. */
public final class KeycloakAdmin {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY_PROVIDER = "org.keycloak.keys.KeyProvider";

    /** The clients of realm.json with their credentials. */
    public static final Map<String, String> SECRETS = Map.of(
            "ringgate", "what ringgate asks with",
            "cluster-02-edge", "of cluster two",
            "cluster-03-edge", "of cluster three",
            "keeper", "of the keeper");

    private final URI base;
    private final String realm;
    private final HttpClient http;

    KeycloakAdmin(URI base, String realm) {
        this.base = base;
        this.realm = realm;
        try {
            this.http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .sslContext(RawClient.trusting(TestGateway.authority()))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("the tests' own authority", e);
        }
    }

    boolean answers() throws IOException, InterruptedException {
        HttpRequest page = HttpRequest.newBuilder(
                        base.resolve("/realms/" + realm + "/.well-known/openid-configuration"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(page, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** A fresh access token of the client, by its own credentials. */
    public String token(String client) throws IOException, InterruptedException {
        return openid("token", "grant_type=client_credentials", client)
                .get("access_token")
                .asText();
    }

    /** Whether Keycloak itself still accepts the token. */
    public boolean isActive(String token) throws IOException, InterruptedException {
        return openid("token/introspect", "token=" + encoded(token), "ringgate")
                .get("active")
                .asBoolean();
    }

    private JsonNode openid(String page, String form, String client) throws IOException, InterruptedException {
        String secret = SECRETS.get(client);
        if (secret == null) {
            throw new IllegalArgumentException("no client " + client);
        }
        return send(HttpRequest.newBuilder(base.resolve("/realms/" + realm + "/protocol/openid-connect/" + page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form + "&client_id=" + client + "&client_secret=" + encoded(secret))));
    }

    /** The key that the token says it is signed by. */
    public static String keyOf(String token) throws IOException {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return JSON.readTree(header).get("kid").asText();
    }

    /** Disables it, so that it gets no token and those it has are inactive; or enables it again. */
    public void enable(String client, boolean enabled) throws IOException, InterruptedException {
        JsonNode found = send(admin("/clients?clientId=" + client)).get(0);
        String change = JSON.writeValueAsString(Map.of("clientId", client, "enabled", enabled));
        send(admin("/clients/" + found.get("id").asText()).PUT(BodyPublishers.ofString(change)));
    }

    /** The RSA key, as a component of the realm, that signs tokens now. */
    public String signingKey() throws IOException, InterruptedException {
        return signing().get("id").asText();
    }

    private JsonNode signing() throws IOException, InterruptedException {
        JsonNode found = null;
        for (JsonNode component : send(admin("/components?type=" + KEY_PROVIDER))) {
            if (component.get("providerId").asText().equals("rsa-generated")
                    && (found == null || priority(component) > priority(found))) {
                found = component;
            }
        }
        if (found == null) {
            throw new AssertionError("the realm has no generated RSA key");
        }
        return found;
    }

    private static int priority(JsonNode key) {
        return Integer.parseInt(key.get("config").get("priority").get(0).asText());
    }

    /** Another RSA key: it is published and signs nothing yet. */
    public String addKey() throws IOException, InterruptedException {
        JsonNode before = signing();
        ObjectNode fresh = JSON.createObjectNode()
                .put("name", "next")
                .put("providerId", "rsa-generated")
                .put("providerType", KEY_PROVIDER)
                .put("parentId", before.get("parentId").asText());
        ObjectNode config = fresh.putObject("config");
        config.putArray("priority").add(Integer.toString(priority(before) + 100));
        config.putArray("enabled").add("true");
        config.putArray("active").add("false");
        config.putArray("algorithm").add("RS256");
        config.putArray("keySize").add("2048");
        send(admin("/components").POST(BodyPublishers.ofString(fresh.toString())));
        return signingKey();
    }

    /** From now on the added key signs. */
    public void signBy(String component) throws IOException, InterruptedException {
        ObjectNode key = (ObjectNode) send(admin("/components/" + component));
        ((ObjectNode) key.get("config")).putArray("active").add("true");
        send(admin("/components/" + component).PUT(BodyPublishers.ofString(key.toString())));
    }

    /** The key is no longer published, and no token that it signed is valid. */
    public void dropKey(String component) throws IOException, InterruptedException {
        send(admin("/components/" + component).DELETE());
    }

    private HttpRequest.Builder admin(String page) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(base.resolve("/admin/realms/" + realm + page))
                .header("Authorization", "Bearer " + token("keeper"))
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
