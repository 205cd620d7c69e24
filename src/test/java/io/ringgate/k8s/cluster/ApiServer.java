package io.ringgate.k8s.cluster;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;

/** An API server with a store of its own inside the etcd that it is given: a cluster of that name. */
final class ApiServer implements AutoCloseable {

    private final String url;
    private final String token = UUID.randomUUID().toString();
    private final Daemon process;
    private final ApiClient client;

    /** Started, not ready yet. */
    ApiServer(String name, String etcd, Path folder, TestCertificates keys)
            throws IOException, GeneralSecurityException {
        int port = FreePort.next();
        Path tokens =
                Files.writeString(folder.resolve(name + ".tokens"), token + ",operator,operator,system:masters\n");
        this.url = "https://127.0.0.1:" + port;
        this.client = new ApiClient(url, keys.ca(), token);
        this.process = new Daemon(
                KubernetesProgram.API_SERVER,
                folder.resolve("kube-apiserver-" + name + ".log"),
                List.of(
                        "--etcd-servers=" + etcd,
                        "--etcd-prefix=/" + name,
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        // It tells nobody where it is, and with no node nobody asks.
                        "--advertise-address=192.0.2.1",
                        "--endpoint-reconciler-type=none",
                        "--tls-cert-file=" + keys.certificate("apiserver"),
                        "--tls-private-key-file=" + keys.key("apiserver"),
                        "--token-auth-file=" + tokens,
                        "--authorization-mode=RBAC",
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-key-file=" + keys.certificate("accounts"),
                        "--service-account-signing-key-file=" + keys.key("accounts"),
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--enable-priority-and-fairness=false",
                        // No kubelet takes the taint away again.
                        "--disable-admission-plugins=TaintNodesByCondition"));
    }

    void awaitReady() {
        Eventually.becomes("the API server is ready", () -> {
            process.checkAlive();
            return client.isReady();
        });
    }

    ApiClient client() {
        return client;
    }

    /** One entry for each list of a kubeconfig, all of that name. */
    String kubeconfig(String name, Path authority) {
        return """
                apiVersion: v1
                kind: Config
                current-context: %1$s
                clusters: [{name: %1$s, cluster: {server: '%2$s', certificate-authority: %3$s}}]
                users: [{name: %1$s, user: {token: %4$s}}]
                contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s}}]
                """.formatted(name, url, authority, token);
    }

    @Override
    public void close() {
        process.close();
        client.close();
    }
}
