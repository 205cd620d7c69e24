package io.ringgate.app;

/** Which Ringgate this is, from its jar. */
public final class Version {

    private Version() {}

    /** One word, fit for a header. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
