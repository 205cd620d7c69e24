package io.ringgate.k8s.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A cluster without nodes: etcd, API server and controllers, and the {@link Player players} of kubelets and cert-manager. Further
 * clusters are API servers without controllers on the same store. The operator of all of them is one, by a kubeconfig with a context
 * for each.
 */
public final class TestCluster implements AutoCloseable {

    /** The context that commands go to which name none. */
    private static final String CENTRE = "centre";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NODES = 5;

    /** What takes part; garbage collection and the like among it. */
    private static final String CONTROLLERS = String.join(
            ",",
            "deployment-controller",
            "disruption-controller",
            "garbage-collector-controller",
            "horizontal-pod-autoscaler-controller",
            "namespace-controller",
            "persistentvolumeclaim-protection-controller",
            "replicaset-controller",
            "serviceaccount-controller",
            "statefulset-controller");

    private final Path folder;
    private final TestCertificates keys;
    private final Etcd etcd;
    private final Map<String, ApiServer> servers = new HashMap<>();
    private final List<AutoCloseable> parts = new ArrayList<>();

    private TestCluster(Path folder) throws IOException {
        this.folder = folder;
        this.keys = new TestCertificates(Files.createDirectories(folder.resolve("keys")));
        keys.issue("apiserver", "IP:127.0.0.1").issue("accounts", "DNS:accounts");
        this.etcd = new Etcd(folder);
    }

    /**
     * All of it, ready, with nodes in name.
     *
     * @param folder for files and logs of its own, empty
     */
    static TestCluster start(Path folder) throws Exception {
        TestCluster cluster = new TestCluster(folder);
        try {
            cluster.startCentre();
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void startCentre() throws Exception {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("kubectl"), KubernetesProgram.KUBECTL.path());
        Files.createSymbolicLink(
                programs.resolve("kustomize"),
                Path.of("src/test/kustomize/kustomize").toAbsolutePath());
        ApiServer centre = add(CENTRE);
        parts.add(new Daemon(
                KubernetesProgram.CONTROLLERS,
                folder.resolve("kube-controller-manager.log"),
                List.of(
                        "--kubeconfig=" + kubeconfig(CENTRE),
                        "--leader-elect=false",
                        "--secure-port=0",
                        "--controllers=" + CONTROLLERS,
                        "--horizontal-pod-autoscaler-sync-period=1s",
                        "--service-account-private-key-file=" + keys.key("accounts"),
                        "--root-ca-file=" + keys.ca())));
        kubectlWith(CustomDefinitions.yaml(), "apply", "--server-side", "-f", "-");
        kubectl("wait", "--for=condition=established", "--timeout=60s", "crd", "--all");
        for (int i = 0; i < NODES; i++) {
            kubectlWith("{apiVersion: v1, kind: Node, metadata: {name: node-" + i + "}}", "create", "-f", "-");
        }
        parts.add(new Player("kubelets", new ReadyPods(centre.client())));
        parts.add(new Player("cert-manager", new IssuedCertificates(centre.client(), keys)));
    }

    /** One more cluster, empty and without controllers, that a context of this name leads to. Nothing when it is there. */
    public void addCluster(String context) throws Exception {
        if (!servers.containsKey(context)) {
            add(context);
        }
    }

    private ApiServer add(String context) throws Exception {
        ApiServer server = new ApiServer(context, etcd.url(), folder, keys);
        servers.put(context, server);
        Files.writeString(kubeconfig(context), server.kubeconfig(context, keys.ca()));
        server.awaitReady();
        return server;
    }

    private Path kubeconfig(String context) {
        return folder.resolve(context + ".kubeconfig");
    }

    /** What a shell has in which an operator of the centre works: kubectl and kustomize on the path, the contexts known. */
    public Map<String, String> environment() {
        return environment(CENTRE);
    }

    /** The same for the operator of that context. */
    public Map<String, String> environment(String current) {
        List<String> configs = new ArrayList<>(List.of(kubeconfig(current).toString()));
        servers.keySet().stream()
                .filter(context -> !context.equals(current))
                .forEach(context -> configs.add(kubeconfig(context).toString()));
        return Map.of(
                "KUBECONFIG", String.join(":", configs),
                "KUBECACHEDIR", folder.resolve("cache").toString(),
                "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    }

    /** What kubectl prints; fails when it does. */
    public String kubectl(String... arguments) throws IOException, InterruptedException {
        return kubectlWith("", arguments);
    }

    /** The same with an input. A warning counts as a failure: something that a later version will refuse. */
    public String kubectlWith(String input, String... arguments) throws IOException, InterruptedException {
        KubectlResult result = run(input, arguments);
        if (result.code() != 0 || result.errors().contains("Warning:")) {
            throw new AssertionError(
                    "kubectl " + String.join(" ", arguments) + ": " + result.errors() + result.output());
        }
        return result.output();
    }

    /** However it ends. */
    public KubectlResult run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(KubernetesProgram.KUBECTL.path().toString()));
        command.addAll(List.of(arguments));
        Path stdin = Files.createTempFile(folder, "input", ".yaml");
        Path errors = Files.createTempFile(folder, "kubectl", ".err");
        Files.writeString(stdin, input);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(stdin.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        KubectlResult result = new KubectlResult(process.waitFor(), output, Files.readString(errors));
        Files.delete(stdin);
        Files.delete(errors);
        return result;
    }

    /** The objects that {@code kubectl get} finds, one or many. */
    public List<JsonNode> get(String input, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("get", "-o", "json"));
        all.addAll(List.of(arguments));
        JsonNode found = JSON.readTree(kubectlWith(input, all.toArray(String[]::new)));
        List<JsonNode> objects = new ArrayList<>();
        (found.has("items") ? found.path("items") : JSON.createArrayNode().add(found)).forEach(objects::add);
        return objects;
    }

    /** Without anything of a test before: as at the start. */
    public void empty() throws IOException, InterruptedException {
        // A claim that is still protected makes the namespace wait for seconds before it looks again.
        kubectl("-n", "monitoring", "delete", "--all", "statefulsets,deployments,pods,persistentvolumeclaims");
        kubectl("delete", "--ignore-not-found", "--wait=false", "namespace", "monitoring", "cert-manager");
        kubectl("delete", "--all", String.join(",", CustomDefinitions.ofTheWholeCluster()));
        ApiClient api = Objects.requireNonNull(servers.get(CENTRE)).client();
        Eventually.becomes(
                "the namespaces are gone",
                () -> api.get("/api/v1/namespaces").findValuesAsText("name").stream()
                        .noneMatch(List.of("monitoring", "cert-manager")::contains));
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts.reversed()) {
            close(part);
        }
        servers.values().forEach(ApiServer::close);
        etcd.close();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
