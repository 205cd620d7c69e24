package io.ringgate.bench;

import com.sun.management.OperatingSystemMXBean;
import io.ringgate.app.Gateway;
import io.ringgate.app.MemoryPlan;
import io.ringgate.app.Platform;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Policies;
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
import java.util.Arrays;
import java.util.Objects;

/**
 * Ten thousand tenants with policy files of their own: how long they take to load, in a fresh process and again, how much heap
 * they hold, what watching them costs, and reloads of one and of all. Ends by itself.
 */
public final class ManyTenants {

    private static final int TENANTS = 10_000;
    private static final int LOADS = 5;
    private static final int WATCHED_SECONDS = 20;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final PrintWriter OUT =
            new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private ManyTenants() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("ringgate-tenants");
        Path yaml = write(folder);
        ConfigLoader loader = new ConfigLoader(yaml, Strictness.STRICT, name -> null);
        for (int i = 0; i < LOADS; i++) {
            long empty = heap();
            long begin = System.nanoTime();
            long cpuBegin = PROCESS.getProcessCpuTime();
            GatewayConfig config = load(loader);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            long cpu = (PROCESS.getProcessCpuTime() - cpuBegin) / 1_000_000;
            Policies policies = config.policies();
            OUT.printf(
                    "%d policy files loaded in %d ms of the processors, %d ms of time, %.1f MB of heap%n",
                    policies.tenants().size(), cpu, millis, (heap() - empty) / 1e6);
        }
        try (Gateway gateway =
                Gateway.start(load(loader), loader, Platform.portable(), new MemoryPlan(64L << 20, 1_000))) {
            time("reading all anew, nothing changed", gateway);
            Thread.sleep(3000);
            long reload = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                    .filter(thread -> thread != null && thread.getThreadName().equals("reload"))
                    .findFirst()
                    .orElseThrow()
                    .getThreadId();
            for (int i = 0; i < 3; i++) {
                long before = THREADS.getThreadCpuTime(reload);
                Thread.sleep(WATCHED_SECONDS * 1000L);
                OUT.printf(
                        "watching them costs %.1f ms of the processor a second%n",
                        (THREADS.getThreadCpuTime(reload) - before) / 1e6 / WATCHED_SECONDS);
            }
            writeOne(folder, 4711, 2);
            time("reading all anew, one changed", gateway);
            writeOne(folder, 4711, 3);
            long before = THREADS.getThreadCpuTime(reload);
            Thread.sleep(5000);
            OUT.printf(
                    "noticing one that changed, in 5 s: %.1f ms of the processor%n",
                    (THREADS.getThreadCpuTime(reload) - before) / 1e6);
            for (int i = 0; i < TENANTS; i++) {
                writeOne(folder, i, 4);
            }
            time("reading all anew, all changed", gateway);
            time("reading all anew, nothing changed", gateway);
            Files.writeString(folder.resolve("edges.yaml"), edges());
            time("an edge of each comes in", gateway);
            for (int i = 0; i < LOADS; i++) {
                long begin = System.nanoTime();
                int bytes = gateway.metricsPage().length();
                OUT.printf(
                        "the page of metrics: %.1f MB in %d ms%n",
                        bytes / 1e6, (System.nanoTime() - begin) / 1_000_000);
            }
        }
    }

    private static void time(String what, Gateway gateway) {
        long begin = System.nanoTime();
        int units = gateway.reload().join().units().size();
        OUT.printf("%s: %d ms, %d units told%n", what, (System.nanoTime() - begin) / 1_000_000, units);
    }

    private static GatewayConfig load(ConfigLoader loader) {
        LoadResult loaded = loader.load();
        return Objects.requireNonNull(loaded.config(), () -> loaded.problems().toString());
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Path write(Path folder) throws IOException {
        Files.createDirectory(folder.resolve("limits"));
        for (int i = 0; i < TENANTS; i++) {
            writeOne(folder, i, 1);
        }
        Files.writeString(folder.resolve("limits/_default.yaml"), """
                requests_per_second: 100
                max_label_value_length: 2048
                max_sample_age: 1h
                """);
        Files.copy(Path.of("config/jwks.json"), folder.resolve("keys.json"));
        Files.writeString(folder.resolve("edges.yaml"), """
                issuers:
                  - name: everybody
                    issuer: everybody
                    audiences: [ringgate]
                    jwks_file: keys.json
                    edge_template: {edge: "{claim:azp}", tenant: "{claim:org}", allow: ".*"}
                edges: []
                """);
        return Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
                admin: {address: "127.0.0.1:0"}
                access_log: {file: "off"}
                receivers: {addresses: ["127.0.0.1:9"]}
                """);
    }

    private static String edges() {
        StringBuilder edges = new StringBuilder("edges:\n");
        for (int i = 0; i < TENANTS; i++) {
            edges.append("  - {name: edge-%1$05d, tenant: tenant-%1$05d, credentials: []}\n".formatted(i));
        }
        return edges.toString();
    }

    private static void writeOne(Path folder, int tenant, int weight) throws IOException {
        Files.writeString(folder.resolve("limits/tenant-%05d.yaml".formatted(tenant)), """
                # What was agreed in May.
                requests_per_second: {rate: %1$d, burst: %2$d}
                samples_per_second: {rate: %3$d, burst: %4$d, on_limit: delay}
                max_body: {packed: 16MiB, unpacked: 64MiB}
                max_series_per_write: 10000
                weight: %5$d
                per_edge:
                  samples_per_second: 50000
                """.formatted(
                        tenant + 10, tenant * 5 + 50, tenant + 20000, tenant * 5 + 100000, weight));
    }
}
