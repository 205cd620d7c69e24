package io.ringgate.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** A version of Thanos that {@code bin/test} builds from its modules. */
public enum ThanosProgram {
    /** The version that is deployed. */
    V0_37_2("v0.37.2"),
    /**
     * The version that will be deployed next: it opens a new tenant within the first write, and is stricter about some
     * labels.
     */
    V0_42_4("v0.42.4");

    private final String version;

    ThanosProgram(String version) {
        this.version = version;
    }

    /** Where it is; fails when it is not built. */
    public String path() {
        Path program = Path.of("src/test/thanos", version, "thanos").toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new AssertionError(
                    "Thanos " + version + " is not built, there is no " + program + "; run bin/test --tools.");
        }
        return program.toString();
    }
}
