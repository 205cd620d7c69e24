package io.ringgate.cli.migrate;

/** Where the files of the new configuration lie when the gateway reads them. Each Secret is a folder. */
enum FileLayout {
    /** All in one folder, on a machine. */
    FOLDER("tls/", HashringsInput.FILE, "port 80 with redirect_to_https"),
    /** As the pods of k8s/base mount them. */
    PODS(
            "/etc/ringgate-tls/",
            "/etc/thanos-hashrings/" + HashringsInput.FILE,
            "port 8080 with redirect_to_https; components/http-redirect leads port 80 there");

    /** Stands for a certificate that no Secret is named for. */
    static final String OWN = "gateway";

    private final String secrets;
    private final String hashrings;
    private final String redirect;

    FileLayout(String secrets, String hashrings, String redirect) {
        this.secrets = secrets;
        this.hashrings = hashrings;
        this.redirect = redirect;
    }

    /** The name of a Secret that an Ingress names as {@code name} or {@code namespace/name}, as a folder has it. */
    static String secret(String written) {
        String name = written.substring(written.lastIndexOf('/') + 1).strip();
        return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?") ? name : OWN;
    }

    String certificate(String secret) {
        return secrets + secret + "/tls.crt";
    }

    String key(String secret) {
        return secrets + secret + "/tls.key";
    }

    /** Who vouches for others. */
    String authority(String secret) {
        return secrets + secret + "/ca.crt";
    }

    String hashrings() {
        return hashrings;
    }

    /** What the report says of the listener for http. */
    String redirect() {
        return "ringgate.yaml: a listener on " + redirect;
    }
}
