package io.ringgate.cli.migrate;

/** Where the content of a Secret lies once it is mounted or copied: a folder of its name, under the names of its keys. */
final class TlsFiles {

    /** Stands for a certificate that no Secret is named for. */
    static final String OWN = "gateway";

    private static final String FOLDER = "tls/";

    private TlsFiles() {}

    static String certificate(String secret) {
        return FOLDER + secret + "/tls.crt";
    }

    static String key(String secret) {
        return FOLDER + secret + "/tls.key";
    }

    static String authority(String secret) {
        return FOLDER + secret + "/ca.crt";
    }

    /** The name of a Secret that an annotation names as {@code namespace/name}. */
    static String name(String written) {
        String name = written.substring(written.lastIndexOf('/') + 1).strip();
        return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?") ? name : OWN;
    }
}
