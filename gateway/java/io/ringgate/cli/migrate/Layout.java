package io.ringgate.cli.migrate;

/** Where the files of the new configuration lie when the gateway reads them. */
enum Layout {
    /** All in one folder, on a machine. */
    FOLDER("tls/", Receivers.RINGS_FILE, "port 80 with redirect_to_https"),
    /** As the pods of k8s/base mount them. */
    PODS(
            "/etc/ringgate-tls/",
            "/etc/thanos-hashrings/" + Receivers.RINGS_FILE,
            "port 8080 with redirect_to_https; components/http-redirect leads port 80 there");

    private final String secrets;
    private final String rings;
    private final String redirect;

    Layout(String secrets, String rings, String redirect) {
        this.secrets = secrets;
        this.rings = rings;
        this.redirect = redirect;
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

    String rings() {
        return rings;
    }

    /** What the report says of the listener for http. */
    String redirect() {
        return "ringgate.yaml: a listener on " + redirect;
    }
}
