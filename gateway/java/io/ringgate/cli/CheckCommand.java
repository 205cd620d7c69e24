package io.ringgate.cli;

import io.ringgate.app.FileRights;
import io.ringgate.app.OperatorAuthentication;
import io.ringgate.app.SenderAuthentication;
import io.ringgate.app.check.CertificateCheck;
import io.ringgate.app.check.LegacyStorageCheck;
import io.ringgate.app.check.ReceiversProbe;
import io.ringgate.app.check.ReservationCheck;
import io.ringgate.app.check.StartCheck;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.StampLabels;
import io.ringgate.config.Strictness;
import io.ringgate.config.ThanosVersion;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringgate check}: everything that is wrong with a configuration, at once. */
@Command(
        name = "check",
        description = {
            "Checks the configuration and prints every problem: file, line, what is wrong, what to write.",
            "Exit codes: 0 no error, 1 a receiver is set up otherwise (--probe), 2 errors."
        })
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
public final class CheckCommand implements Subcommand, Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--strict",
            description = "Also report what `run` refuses (missing files, memory_budget, listen addresses) and"
                    + " certificates that clients refuse.")
    private boolean strict;

    @Option(
            names = "--probe",
            description = "Also ask the receivers, on their health port, whether they are set up as configured.")
    private boolean probe;

    @Override
    public Integer call() {
        LoadResult loaded = config.load(strict ? Strictness.STRICT : Strictness.LENIENT);
        Problems problems = loaded.problems();
        GatewayConfig found = loaded.readable();
        SenderAuthentication.check(found, loaded.basicUsers(), problems);
        OperatorAuthentication.check(found.settings(), problems);
        FileRights.check(found, config.file(), problems);
        CertificateCheck.check(found, Instant.now(), strict ? Strictness.STRICT : Strictness.LENIENT, problems);
        ReservationCheck.check(found, config.file(), problems);
        if (loaded.config() != null) {
            tenantLabel(found.settings().stamp(), problems);
        }
        if (strict) {
            StartCheck.check(found, config.file(), AvailableMemory.bytes(), AvailableMemory.heap(), problems);
        }
        boolean good = !problems.hasErrors();
        ThanosVersion oldest = good && probe ? ReceiversProbe.ask(found, config.file(), problems) : null;
        LegacyStorageCheck.check(found, config.file(), oldest, problems);
        PrintWriter out = spec.commandLine().getOut();
        if (!problems.list().isEmpty()) {
            out.println(problems);
        }
        if (problems.hasErrors()) {
            out.println(config.file() + ": " + count(problems.errors(), "error") + ", "
                    + count(problems.warnings(), "warning") + ".");
            return good ? CommandFailure.FAILED : CommandFailure.WRONG;
        }
        out.println(config.file() + ": good, " + count(problems.warnings(), "warning") + ".");
        return 0;
    }

    /** Until it was written down, series were stamped with the tenant; dashboards may select by that label. */
    private void tenantLabel(StampLabels stamp, Problems problems) {
        if (!stamp.tenantLabelWritten()) {
            problems.warning(
                    SourcePosition.ofFile(config.file()).key("stamp").key("tenant_label"),
                    "is not set, so series get no tenant label (earlier releases stamped `tenant`):"
                            + " write tenant_label: tenant to stamp it, or tenant_label: \"\" to confirm");
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
