package io.ringgate.cli;

/**
 * A command under {@code ringgate}: a picocli {@code @Command} with a public constructor and one line in
 * {@code META-INF/services/io.ringgate.cli.Subcommand}. The order there is the order in the help.
 */
public interface Subcommand {}
