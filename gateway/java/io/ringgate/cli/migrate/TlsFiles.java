package io.ringgate.cli.migrate;

/** The names of Secrets with certificates; files have them as folders. */
final class TlsFiles {

    /** Stands for a certificate that no Secret is named for. */
    static final String OWN = "gateway";

    private TlsFiles() {}

    /** The name of a Secret that an annotation names as {@code namespace/name}. */
    static String name(String written) {
        String name = written.substring(written.lastIndexOf('/') + 1).strip();
        return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?") ? name : OWN;
    }
}
