package io.ringgate.cli;

import io.ringgate.app.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
public final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"ringgate " + BuildVersion.text()};
    }
}
