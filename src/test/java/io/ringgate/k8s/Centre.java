package io.ringgate.k8s;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringgate.app.Gateway;
import io.ringgate.app.MemoryPlan;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.k8s.cluster.TestCluster;
import io.ringgate.testing.PrometheusApi;
import io.ringgate.testing.RigFolder;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.ThanosProcess;
import io.ringgate.testing.ThanosProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the centre on this machine: one gateway and the receivers, each with the arguments and files that the API server has for
 * its pod. A pod's name in the cluster is an address of the loopback net here. After a change there files of running pods change under
 * them, pods are added, and those beyond the number of replicas are told to end.
 */
final class Centre implements AutoCloseable {

    private static final String OVERLAY = "k8s/overlays/cluster-01-central";

    private static final int MOST_RECEIVERS = 5;
    private static final long BUDGET = 64L << 20;

    private final Path folder;
    private final Path checkout;
    private final TestCluster cluster;
    private final TestCertificates authority;
    private final List<String> addresses = ThanosProcess.addresses(MOST_RECEIVERS + 2);
    private final Map<String, Map<String, String>> secrets = new HashMap<>();
    private final List<ReceiverPod> receivers = new ArrayList<>();
    private final PodFolder gatewayFolder;
    private final List<ThanosProcess> readers = new ArrayList<>();
    private Manifests built;
    private @Nullable Gateway gateway;
    private Runnable meanwhile = () -> {};

    private record ReceiverPod(PodFolder folder, LiveThanos program) {}

    /**
     * All of it, started and ready.
     *
     * @param folder for files of its own
     * @param checkout of the operator's files, which change and are applied again
     * @param cluster an empty one
     */
    Centre(Path folder, Path checkout, TestCluster cluster) throws Exception {
        this.folder = folder;
        this.checkout = checkout;
        this.cluster = cluster;
        this.authority = new TestCertificates(Files.createDirectories(folder.resolve("authority")));
        this.gatewayFolder = new PodFolder(folder.resolve("ringgate"), this::settled);
        this.built = Kustomize.run(checkout.resolve(OVERLAY));
        install();
        follow();
        areReady();
    }

    /** As it was before the first command: the Secrets made as for an Ingress, the overlay applied. */
    private void install() throws Exception {
        cluster.kubectl("create", "namespace", "monitoring");
        for (String secret : List.of("thanos-receiver-auth", "ringgate-operators", "thanos-objstore")) {
            List<String> command = new ArrayList<>(List.of("-n", "monitoring", "create", "secret", "generic", secret));
            keys(secret).forEach((key, value) -> command.add("--from-literal=" + key + "=" + value));
            cluster.kubectl(command.toArray(String[]::new));
        }
        cluster.kubectlWith(Kustomize.text(checkout.resolve(OVERLAY)), "apply", "--server-side", "-f", "-");
    }

    /** What happens while some pods have their new files and others have not. */
    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** What the kubelets do after {@code kubectl apply}. */
    void follow() throws Exception {
        Manifests before = built;
        built = new Manifests(cluster.get(Kustomize.text(checkout.resolve(OVERLAY)), "-f", "-").stream()
                .map(Manifest::new)
                .toList());
        Manifest workload = built.one("StatefulSet", "thanos-receiver");
        int replicas = workload.at("/spec/replicas").asInt();
        for (int i = 0; i < receivers.size(); i++) {
            if (i == receivers.size() / 2 && !before.equals(built)) {
                meanwhile.run();
            }
            receivers.get(i).folder().show(built, workload, this::keys);
        }
        while (receivers.size() < replicas) {
            receivers.add(receiver(workload, receivers.size()));
        }
        for (ReceiverPod gone : receivers.subList(replicas, receivers.size())) {
            gone.program().terminate();
        }
        showGateway();
    }

    private ReceiverPod receiver(Manifest workload, int number) throws IOException {
        PodFolder pod = new PodFolder(folder.resolve(workload.name() + "-" + number), this::settled);
        pod.show(built, workload, this::keys);
        Path log = folder.resolve(workload.name() + "-" + number + ".log");
        return new ReceiverPod(pod, LiveReceiver.ofPod(workload, number, pod, addresses.get(number), log));
    }

    private void showGateway() throws Exception {
        Manifest workload = built.one("Deployment", "ringgate");
        gatewayFolder.show(built, workload, this::keys);
        if (gateway == null) {
            List<String> args = new Pod(workload, workload.pod().at("/containers/0")).args(0);
            ConfigLoader loader =
                    new ConfigLoader(Path.of(gatewayFolder.relocated(args.getLast())), Strictness.STRICT, name -> null);
            gateway = Gateway.start(
                    Objects.requireNonNull(loader.load().config()),
                    loader,
                    TestGateway.platform(),
                    new MemoryPlan(BUDGET, 1_000));
        }
    }

    /** {@code kubectl rollout status}. */
    void areReady() {
        receivers.forEach(receiver -> receiver.program().awaitAnswer("/-/ready"));
    }

    /** {@code kubectl wait --for=delete}. */
    void areGone(int from) {
        receivers.subList(from, receivers.size()).forEach(gone -> gone.program().awaitEnd());
    }

    /** {@code kubectl delete deployment/ringgate}. */
    void deleteGateway() {
        gateway().close();
        gateway = null;
    }

    /** {@code kubectl scale --replicas=0}. */
    void stopReceivers() {
        receivers.forEach(receiver -> receiver.program().terminate());
    }

    /** {@code kubectl delete pvc}. */
    void deleteVolumes(int from) throws IOException {
        while (receivers.size() > from) {
            receivers.removeLast().program().close();
            RigFolder.delete(folder.resolve("thanos-receiver-" + receivers.size() + "/var/thanos/receive"));
        }
    }

    private Map<String, String> keys(String secret) throws IOException {
        Map<String, String> known = secrets.get(secret);
        if (known == null) {
            known = secret.equals("thanos-objstore")
                    ? Map.of("objstore.yml", objstore())
                    : new GatewaySecrets(built, authority).keys(secret);
            secrets.put(secret, known);
        }
        return known;
    }

    /** What the kubelet does after a Secret has changed. */
    void followSecret(String name) throws Exception {
        Map<String, String> keys = new HashMap<>();
        cluster.get("", "-n", "monitoring", "secret", name)
                .getFirst()
                .path("data")
                .properties()
                .forEach(entry ->
                        keys.put(entry.getKey(), decoded(entry.getValue().asText())));
        use(name, keys);
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private void use(String secret, Map<String, String> keys) throws Exception {
        secrets.put(secret, keys);
        showGateway();
    }

    /** {@code cmctl renew}: cert-manager writes the Secret anew. */
    void renew(String certificate) throws Exception {
        String secret = built.one("Certificate", certificate).text("/spec/secretName");
        use(secret, new GatewaySecrets(built, authority).keys(secret));
    }

    private String objstore() {
        return "type: FILESYSTEM\nconfig:\n  directory: " + folder.resolve("bucket") + "\n";
    }

    /** Pods by their addresses, free ports for the gateway, and nobody elsewhere is asked. */
    private String settled(String text) {
        String here = text;
        for (int i = 0; i < MOST_RECEIVERS; i++) {
            here = here.replace(
                    "thanos-receiver-" + i + ".thanos-receiver-headless.monitoring.svc.cluster.local",
                    addresses.get(i));
        }
        return here.replaceAll("address: 0\\.0\\.0\\.0:\\d+", "address: 127.0.0.1:0")
                .replaceAll("https://idp[^/]*/", "https://127.0.0.1:9/")
                .replace("10.0.0.0/8", "127.0.0.0/8");
    }

    /** The ring as all pods have it mounted: with addresses for their names it is another text than that of the checkout. */
    String rings() {
        return gatewayFolder.relocated("/etc/thanos-hashrings/hashrings.json");
    }

    Gateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    Path ca() {
        return authority.ca();
    }

    /** The address that agents dial, which the certificate is for. */
    String vip() {
        return built.one("Service", "ringgate")
                .at("/metadata/annotations")
                .path("lbipam.cilium.io/ips")
                .asText();
    }

    /** How the centre's Prometheus scrapes gateways and receivers. */
    String scraping() {
        StringBuilder targets = new StringBuilder();
        for (int i = 0; i < MOST_RECEIVERS; i++) {
            targets.append(i == 0 ? "" : ", ").append(addresses.get(i)).append(":10902");
        }
        return """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: thanos-receiver
                    static_configs: [{targets: ['%s']}]
                  - job_name: ringgate
                    scheme: https
                    basic_auth: {username: prometheus, password: %s}
                    tls_config: {ca_file: %s, server_name: ringgate-admin}
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(
                        targets.toString().replace(", ", "', '"),
                        GatewaySecrets.PASSWORD,
                        ca(),
                        gateway().adminPort());
    }

    /** What these receivers hold. The Query before ends. */
    PrometheusApi query(int receivers) throws IOException {
        readers.forEach(ThanosProcess::close);
        return started(query(addresses.getLast(), addresses.subList(0, receivers)))
                .replicas();
    }

    /** What these receivers and the bucket hold. The Query before ends. */
    PrometheusApi queryWithBucket(int receivers) throws IOException {
        readers.forEach(ThanosProcess::close);
        String store = addresses.get(MOST_RECEIVERS);
        started(ThanosProcess.store(
                ThanosProgram.V0_37_2, folder, store, Files.writeString(folder.resolve("objstore.yml"), objstore())));
        List<String> all = new ArrayList<>(addresses.subList(0, receivers));
        all.add(store);
        return started(query(addresses.getLast(), all)).replicas();
    }

    /** Of which receivers the bucket has blocks. */
    Set<String> inBucket() throws IOException {
        Set<String> replicas = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder.resolve("bucket"))) {
            for (Path meta : all.filter(file -> file.endsWith("meta.json")).toList()) {
                replicas.add(new ObjectMapper()
                        .readTree(meta.toFile())
                        .at("/thanos/labels/receive_replica")
                        .asText());
            }
        }
        return replicas;
    }

    private ThanosProcess query(String address, List<String> stores) {
        return ThanosProcess.query(ThanosProgram.V0_37_2, folder, address, stores);
    }

    private ThanosProcess started(ThanosProcess process) throws IOException {
        readers.add(process);
        process.start();
        process.awaitReady();
        return process;
    }

    LiveThanos receiver(int number) {
        return receivers.get(number).program();
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        readers.forEach(ThanosProcess::close);
        receivers.forEach(receiver -> receiver.program().close());
    }
}
