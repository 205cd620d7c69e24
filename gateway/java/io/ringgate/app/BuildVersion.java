package io.ringgate.app;

/** The version of this build, from its jar. */
public final class BuildVersion {

    private BuildVersion() {}

    /** One word, fit for a header. */
    public static String text() {
        String version = BuildVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
