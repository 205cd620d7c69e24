package io.ringgate.k8s.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** The programs of Kubernetes that {@code bin/test} builds. */
enum KubernetesProgram {
    ETCD("etcd"),
    API_SERVER("kube-apiserver"),
    CONTROLLERS("kube-controller-manager"),
    KUBECTL("kubectl");

    private final String file;

    KubernetesProgram(String file) {
        this.file = file;
    }

    /** Where it is; fails when it is not built. */
    Path path() {
        Path program = Path.of("src/test/kubernetes/bin", file).toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new AssertionError(file + " is not built, there is no " + program + "; run bin/test --tools.");
        }
        return program;
    }
}
