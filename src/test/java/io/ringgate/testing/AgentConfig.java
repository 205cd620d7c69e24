package io.ringgate.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The configuration of an agent as an edge cluster's operator writes it, with short waits. */
public final class AgentConfig {

    private final List<String> externalLabels = new ArrayList<>();
    private final List<String> scrapes = new ArrayList<>();
    private final List<String> remotes = new ArrayList<>();
    private boolean ownPage = true;
    private int samplesPerSend = 500;

    public AgentConfig externalLabel(String name, String value) {
        externalLabels.add(name + ": " + value);
        return this;
    }

    public AgentConfig scrape(String job, int port) {
        scrapes.add("""
                  - job_name: %s
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(job, port));
        return this;
    }

    /** The most samples of one write. */
    public AgentConfig samplesPerSend(int samples) {
        samplesPerSend = samples;
        return this;
    }

    /** The agent does not scrape its own page of some hundred series. */
    public AgentConfig withoutOwnPage() {
        ownPage = false;
        return this;
    }

    /** A remote whose server is verified by the authority, with the password in a file. */
    public AgentConfig remote(String url, String user, Path passwordFile, Path ca) {
        return remote(url, """
                    basic_auth: {username: %s, password_file: %s}
                    tls_config: {ca_file: %s}
                """.formatted(user, passwordFile, ca));
    }

    /** A remote with these lines for its security, indented by four. */
    public AgentConfig remote(String url, String security) {
        remotes.add("""
                  - url: %s
                %s
                    send_exemplars: true
                    send_native_histograms: true
                    metadata_config: {send_interval: 2s}
                    queue_config: {batch_send_deadline: 1s, min_backoff: 30ms, max_backoff: 500ms, max_shards: 4, max_samples_per_send: %d, capacity: %d}
                """.formatted(url, security.stripTrailing(), samplesPerSend, 5 * samplesPerSend));
        return this;
    }

    /** The whole file, in which the agent scrapes its own page unless set otherwise. */
    String yaml(int ownPort) {
        if (ownPage) {
            scrape("agent", ownPort);
        }
        return """
                global:
                  scrape_interval: 500ms
                  scrape_timeout: 500ms
                  external_labels: {%s}
                scrape_configs:
                %s
                remote_write:
                %s""".formatted(String.join(", ", externalLabels), String.join("\n", scrapes), String.join("\n", remotes));
    }
}
