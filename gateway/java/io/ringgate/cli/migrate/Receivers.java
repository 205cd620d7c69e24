package io.ringgate.cli.migrate;

import io.ringgate.config.HostPort;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where writes go on to.
 *
 * @param rings absent where the backend of the Ingress is all that is known
 * @param host of the backend
 * @param port where it takes writes
 * @param entry what the report says of it
 */
record Receivers(@Nullable Rings rings, String host, int port, Entry entry) {

    static final String RINGS_FILE = "hashrings.json";

    private static final String OF_A_CHART = "thanos-";
    private static final String NO_NAMESPACE = "default";

    /** Of the backend that the draft has by now. */
    static Receivers of(Draft draft, @Nullable Rings rings) {
        Ingress.Backend backend = Objects.requireNonNull(draft.backend());
        String namespace = draft.backendNamespace().isEmpty() ? NO_NAMESPACE : draft.backendNamespace();
        String service = backend.named()
                ? backend.service()
                : OF_A_CHART + (backend.service().isEmpty() ? "receive" : backend.service());
        String host = service + "." + namespace + ".svc.cluster.local";
        int port = port(backend.port());
        boolean exact = HostPort.isHost(host);
        String shown = exact ? host : "thanos-receiver." + NO_NAMESPACE + ".svc.cluster.local";
        return new Receivers(
                rings,
                shown,
                port,
                Entry.of(
                        "backend " + backend,
                        finding(
                                rings,
                                shown,
                                port,
                                backend,
                                draft.backendNamespace().isEmpty() || !exact)));
    }

    /** 10901 and 10902 take no writes, and names are of the chart. */
    private static int port(String written) {
        boolean number = written.matches("[1-9][0-9]{0,4}") && Integer.parseInt(written) <= 65_535;
        return !number || written.equals("10901") || written.equals("10902")
                ? GatewayText.WRITE
                : Integer.parseInt(written);
    }

    private static Finding finding(
            @Nullable Rings rings, String host, int port, Ingress.Backend backend, boolean guessed) {
        if (rings != null) {
            return Finding.changed("ringgate.yaml: receivers.hashrings_file: " + RINGS_FILE
                    + "; a write goes to one of its receivers by itself, the Service is not asked");
        }
        String words = "ringgate.yaml: receivers.dns: " + host + ", receivers.write.port: " + port;
        if (!backend.named()) {
            return Finding.changed(
                    words + ", which is guessed: a chart's values name no Service, so write the right one, or"
                            + " give `--hashrings`");
        }
        if (guessed) {
            return Finding.changed(words
                    + ", which is guessed: the file does not name Service and namespace, so write the right ones");
        }
        if (!backend.port().equals(Integer.toString(port))) {
            return Finding.changed(
                    words + ": receivers take writes at --remote-write.address, 19291 unless they are told"
                            + " otherwise, so see that this is its port");
        }
        return port == GatewayText.WRITE
                ? Finding.carried(words)
                : Finding.changed(
                        words + ": see that this is the port of the receivers' --remote-write.address, since at"
                                + " --http-address they answer 404 to writes");
    }

    String yaml(Draft draft) {
        StringBuilder text = new StringBuilder("receivers:\n");
        if (rings == null) {
            text.append("  dns: ").append(Texts.value(host)).append('\n');
        } else {
            text.append("  hashrings_file: ").append(RINGS_FILE);
            text.append("\n  algorithm: ketama  # as the receivers' --receive.hashrings-algorithm");
            text.append("\n  replication_factor: ")
                    .append(rings.replicationFactor())
                    .append("  # as the receivers' --receive.replication-factor\n");
        }
        text.append("  write:\n    port: ").append(port).append('\n');
        if (draft.hasBackendTls()) {
            text.append("    scheme: https\n");
            tls(text, draft);
        }
        return text.toString();
    }

    private static void tls(StringBuilder text, Draft draft) {
        if (draft.backendAuthority().isEmpty() && draft.backendName().isEmpty()) {
            return;
        }
        text.append("    tls:\n");
        if (!draft.backendAuthority().isEmpty()) {
            text.append("      ca_file: ")
                    .append(Texts.value(TlsFiles.authority(draft.backendAuthority())))
                    .append('\n');
        }
        if (!draft.backendName().isEmpty()) {
            text.append("      server_name: ")
                    .append(Texts.value(draft.backendName()))
                    .append('\n');
        }
    }
}
