package io.ringgate.k8s.cluster;

import io.ringgate.testing.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The store of the API servers. What it holds ends with it. */
final class Etcd implements AutoCloseable {

    private final String url = "http://127.0.0.1:" + FreePort.next();
    private final Daemon process;

    Etcd(Path folder) throws IOException {
        String peers = "http://127.0.0.1:" + FreePort.next();
        this.process = new Daemon(
                KubernetesProgram.ETCD,
                folder.resolve("etcd.log"),
                List.of(
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + url,
                        "--advertise-client-urls=" + url,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers,
                        "--log-level=warn",
                        "--unsafe-no-fsync"));
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.close();
    }
}
