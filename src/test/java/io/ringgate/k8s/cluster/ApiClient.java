package io.ringgate.k8s.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Speaks to an API server as one user. Usable by several threads. */
final class ApiClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final String url;
    private final String token;

    ApiClient(String url, Path authority, String token) throws IOException, GeneralSecurityException {
        this.url = url;
        this.token = token;
        this.client = HttpClient.newBuilder().sslContext(trusting(authority)).build();
    }

    private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    boolean isReady() throws IOException, InterruptedException {
        return send(request("/readyz").GET().build()).statusCode() == 200;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(path).GET().build());
        if (answer.statusCode() != 200) {
            throw new IOException("GET " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** Merges into the object there. False when it is not there any more, or has changed. */
    boolean merge(String path, JsonNode change) throws IOException, InterruptedException {
        return took(request(path)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(change.toString()))
                .build());
    }

    /** False when it is there already. */
    boolean create(String path, JsonNode object) throws IOException, InterruptedException {
        return took(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(object.toString()))
                .build());
    }

    private boolean took(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request);
        return switch (answer.statusCode()) {
            case 200, 201 -> true;
            // 403: its namespace is about to go.
            case 403, 404, 409 -> false;
            default -> throw new IOException(request + ": " + answer.statusCode() + " " + answer.body());
        };
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
