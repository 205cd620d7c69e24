package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.k8s.cluster.SharedCluster;
import io.ringgate.testing.RigFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every command of k8s/README.md, as it stands there, on a real API server: a site that runs, the gateway beside it, the cut-over. */
@Tag("k8s")
class ReadmeCommandsIT {

    @RegisterExtension
    static final SharedCluster CLUSTER = new SharedCluster();

    private static final Path README = Kustomize.FILES.resolve("README.md");
    private static final String EDGE = "cluster-02-edge";
    private static final String AT_AN_EDGE = "ringgate-(login|oauth2|ca) ";

    @TempDir
    static Path checkout;

    private final List<String> run = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        CLUSTER.get().empty();
        CLUSTER.get().addCluster(EDGE);
        RigFolder.copy(Kustomize.FILES, checkout.resolve("k8s"));
        for (String secret : List.of("objstore.yml", "tsig-secret", "password", "client_secret")) {
            Files.writeString(checkout.resolve(secret), "made up");
        }
    }

    private void run(String context, List<String> commands) throws Exception {
        OperatorShell shell = new OperatorShell(checkout, CLUSTER.get().environment(context))
                // It asks for the password.
                .at("htpasswd -cB edges cluster-02-edge", "htpasswd -cbB edges cluster-02-edge sesame")
                // 1 says that there are differences.
                .at("kubectl diff --server-side -f -", "kubectl diff --server-side -f - || [ $? = 1 ]");
        for (String command : commands) {
            if (!NotHere.contains(command)) {
                shell.run(command);
                run.add(command);
            }
        }
    }

    @Test
    void every_command_runs() throws Exception {
        List<String> secrets = Commands.ofSection(README, "Secrets");
        List<String> atAnEdge = secrets.stream()
                .filter(command -> command.matches("kubectl .* (?:secret|generic) " + AT_AN_EDGE + ".*"))
                .toList();
        List<String> inTheCentre = new ArrayList<>(secrets);
        inTheCentre.removeAll(atAnEdge);
        CLUSTER.get().kubectl("create", "namespace", "cert-manager");
        CLUSTER.get()
                .kubectl("--context", EDGE, "apply", "--server-side", "-f", "k8s/overlays/" + EDGE + "/namespace.yaml");

        run("centre", List.of("kubectl apply --server-side -f k8s/base/namespace.yaml"));
        run("centre", inTheCentre);
        run("centre", Commands.ofSection(README, "Moving in"));
        run("centre", List.of("kubectl -n monitoring delete statefulset thanos-receiver --cascade=orphan"));
        run("centre", Commands.ofSection(README, "Applying"));
        run(
                "centre",
                List.of(
                        "kubectl -n monitoring rollout status deployment/ringgate",
                        "kubectl -n monitoring wait --for condition=ready certificate/ringgate-names"));
        run(EDGE, atAnEdge);

        assertThat(Files.readString(checkout.resolve("ca.crt"))).contains("BEGIN CERTIFICATE");
        assertThat(run.stream().filter(Commands::isOfACluster).distinct())
                .containsExactlyInAnyOrderElementsOf(Commands.ofACluster(README).stream()
                        .filter(command -> !NotHere.contains(command))
                        .toList());
    }

    /** A Secret that somebody has made by hand, in another way than is written here, is changed as well as one of ours. */
    @Test
    void a_secret_made_otherwise_can_be_changed() throws Exception {
        CLUSTER.get().kubectl("create", "namespace", "monitoring");
        CLUSTER.get()
                .kubectl(
                        "-n",
                        "monitoring",
                        "create",
                        "secret",
                        "generic",
                        "thanos-objstore",
                        "--from-literal=objstore.yml=old");
        String command = Commands.ofSection(README, "Secrets").stream()
                .filter(each -> each.contains("generic thanos-objstore"))
                .findFirst()
                .orElseThrow();

        run("centre", List.of(command, command));

        assertThat(CLUSTER.get()
                        .get("", "-n", "monitoring", "secret", "thanos-objstore")
                        .getFirst()
                        .at("/data")
                        .path("objstore.yml")
                        .asText())
                .isEqualTo("bWFkZSB1cA==");
    }

    @Test
    void what_cannot_run_here_is_on_a_page() throws Exception {
        List<String> pages = new ArrayList<>(Commands.ofACluster(README));
        pages.addAll(Commands.ofACluster(Runbook.FILE));
        Map<String, String> listed = NotHere.among(pages);
        assertThat(listed).isEqualTo(NotHere.all());
    }
}
