package io.ringgate.bench;

import io.ringgate.auth.LastSeen;
import io.ringgate.auth.Login;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Identities;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** How long ten thousand edges take to load, in a fresh process and again, and how much heap they hold. Ends by itself. */
public final class ManyEdges {

    private static final int EDGES = 10_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ManyEdges() {}

    /** Everything that is kept of a configuration. */
    private record Kept(GatewayConfig config, Htpasswd htpasswd, Users users) {}

    public static void main(String[] args) throws IOException {
        Path yaml = write(Files.createTempDirectory("ringgate-edges"));
        long empty = heap();
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            long cpuBegin = THREADS.getCurrentThreadCpuTime();
            Kept kept = load(yaml);
            long cpu = (THREADS.getCurrentThreadCpuTime() - cpuBegin) / 1_000_000;
            long millis = (System.nanoTime() - begin) / 1_000_000;
            out.printf(
                    "%d edges loaded in %d ms of the processor, %d ms of time, %.1f MB of heap%n",
                    kept.config().identities().edges().size(), cpu, millis, (heap() - empty) / 1e6);
            if (kept.users().size() != EDGES) {
                throw new AssertionError(kept.users().size() + " users can log in");
            }
        }
    }

    private static Kept load(Path yaml) throws IOException {
        LoadResult loaded = new ConfigLoader(yaml, Strictness.STRICT, name -> null).load();
        GatewayConfig config =
                Objects.requireNonNull(loaded.config(), () -> loaded.problems().toString());
        Htpasswd htpasswd = Htpasswd.load(config.settings().files().htpasswd());
        Map<String, Users.Entry> entries = new HashMap<>();
        for (Identities.Held held : config.identities().held()) {
            if (held.credential().proof() instanceof EdgeCredential.Basic basic) {
                Login login = new Login(held.edge(), basic.name(), null, new LastSeen());
                entries.put(basic.user(), new Users.Entry(login, basic.hash()));
            }
        }
        return new Kept(config, htpasswd, Users.of(htpasswd, entries));
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Path write(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder edges = new StringBuilder("edges:\n");
        StringBuilder htpasswd = new StringBuilder();
        for (int i = 0; i < EDGES; i++) {
            edges.append("""
                      - name: cluster-%1$05d-edge
                        tenant: tenant-%2$d
                        labels:
                          region: region-%3$d
                          environment: production
                        on_conflict: reject
                        allowed_sources: [10.%4$d.0.0/16, "fd00:%4$x::/32"]
                        credentials:
                          - basic: { user: cluster-%1$05d-edge }
                            note: issued in May
                    """.formatted(i, i % 50, i % 7, i % 256));
            htpasswd.append("cluster-%05d-edge:$2y$10$".formatted(i));
            for (int c = 0; c < 53; c++) {
                htpasswd.append((char) ('a' + random.nextInt(26)));
            }
            htpasswd.append('\n');
        }
        Files.writeString(folder.resolve("edges.yaml"), edges);
        Files.writeString(folder.resolve("htpasswd"), htpasswd);
        return Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
                receivers: {addresses: ["127.0.0.1:9"]}
                """);
    }
}
