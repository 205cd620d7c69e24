package io.ringgate.cli.migrate;

import io.ringgate.cli.CheckCommand;
import io.ringgate.cli.CommandFailure;
import io.ringgate.config.ReceiversConfig;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringgate import ingress}: a configuration of an nginx Ingress, and a report of what became of everything in it. */
@Command(
        name = "ingress",
        description = {
            "Makes a configuration from the nginx Ingress in front of Thanos Receive, and a report of"
                    + " what became of every annotation.",
            "Reads Ingress objects, the output of `kubectl get ingress -o yaml`, and values of Helm" + " charts.",
            "Exit codes: 0 complete. 1 written, but something has to be decided before it can be used"
                    + " (\"You must decide\" in report.md). 2 nothing is written."
        })
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
final class IngressCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "-f",
            required = true,
            paramLabel = "FILE",
            description = "A file with Ingresses, YAML or JSON; - is the standard input. May be repeated.")
    private List<String> inputs;

    @Option(
            names = "--secret",
            paramLabel = "FILE",
            description = "A file with the Secret of the users (auth-secret): the output of `kubectl get secret NAME -o"
                    + " yaml`. May be repeated.")
    private @Nullable List<String> secrets;

    @Option(
            names = {"--hashrings-file", "--hashrings"},
            paramLabel = "FILE",
            description = "A file with the ConfigMap of the receivers' hashrings.json.")
    private @Nullable String hashrings;

    @Option(
            names = "--ingress",
            paramLabel = "NAMESPACE/NAME",
            description = "An Ingress that takes writes, where port, path and Service name do not show it; of a chart's"
                    + " values the keys of the section. May be repeated.")
    private @Nullable List<String> named;

    @Option(
            names = "--kubernetes",
            description = "Write the configuration for the pods of k8s/base, with the paths of their mounts.")
    private boolean kubernetes;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "The tenant of all series. Default: the one that the Ingress sets by the tenant header, else"
                    + " default-tenant.")
    private @Nullable String tenant;

    @Option(
            names = "--tenant-header",
            paramLabel = "NAME",
            defaultValue = ReceiversConfig.DEFAULT_TENANT_HEADER,
            description = "The header that tells receivers the tenant: their --receive.tenant-header"
                    + " (${DEFAULT-VALUE}).")
    private String tenantHeader;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "FOLDER",
            description = "The folder for the new configuration. No file in it is overwritten.")
    private Path folder;

    @Override
    public Integer call() {
        TenantOptions options = tenantOptions();
        IngressFinder finder = new IngressFinder();
        inputs.stream().map(InputText::read).forEach(finder::search);
        List<Ingress> found = new WriteIngresses(named == null ? List.of() : named).of(finder.found());
        List<Ingress> writing =
                found.stream().filter(IngressCommand::takesWrites).toList();
        if (writing.isEmpty()) {
            throw CommandFailure.wrong(noWrites(found, finder.otherRoutes()));
        }
        ImportedUsers users = secrets == null ? null : users(secrets, writing);
        HashringsInput given = hashrings == null ? null : HashringsInput.read(InputText.read(hashrings));

        ConfigDraft draft = new ConfigDraft(kubernetes ? FileLayout.PODS : FileLayout.FOLDER, options);
        writing.forEach(ingress -> IngressReport.ofWrites(new RuleContext(ingress, draft, users)));
        // Once more: what one of them asks for holds only where no other is wider, and each adds the same again.
        List<IngressReport> writes = writing.stream()
                .map(ingress -> IngressReport.ofWrites(new RuleContext(ingress, draft, users)))
                .toList();
        List<IngressReport> others = found.stream()
                .filter(ingress -> !takesWrites(ingress))
                .map(IngressReport::ofOther)
                .toList();
        EdgeAccess access = new EdgeAccess(draft, users);
        EdgeTenants tenants = EdgeTenants.of(access);
        ImportedReceivers receivers = ImportedReceivers.of(access, tenants, given);
        List<ReportLine> besides = new ArrayList<>(receivers.lines());
        besides.addAll(tenants.lines());
        besides.addAll(users == null ? List.of() : users.undecided());
        besides.addAll(finder.besides());
        OpenQuestions questions = OpenQuestions.of(writes, besides);
        List<String> steps = new NextSteps(access, receivers, folder).sentences();
        String report = new ImportReport(writes, others, besides, users, finder.passedOver(), questions, steps).text();

        OutputFolder output = new OutputFolder(folder);
        if (users != null) {
            output.add("htpasswd", users.htpasswd());
        }
        if (receivers.hashrings() != null) {
            output.add(HashringsInput.FILE, receivers.hashrings().json());
        }
        output.add(GatewayText.FILE, new GatewayText(draft, receivers, questions).yaml());
        output.add(EdgesText.FILE, new EdgesText(access, tenants).yaml());
        output.add(PolicyText.FILE, new PolicyText(access).yaml());
        output.add(ImportReport.FILE, report);
        output.write();
        print(report, questions);
        return 0;
    }

    private TenantOptions tenantOptions() {
        if (tenant != null && !TenantId.isValid(tenant)) {
            throw CommandFailure.wrong("--tenant is no valid tenant: write " + TenantId.RULE + ".");
        }
        if (!tenantHeader.matches("[A-Za-z0-9-]{1,64}")) {
            throw CommandFailure.wrong("--tenant-header is no valid header name: write letters, digits and '-'.");
        }
        return new TenantOptions(
                new TenantId(Objects.requireNonNullElse(tenant, TenantOptions.USUAL)), tenant != null, tenantHeader);
    }

    private static boolean takesWrites(Ingress ingress) {
        return ingress.enabled() && ingress.role() == BackendRole.WRITE;
    }

    private static String noWrites(List<Ingress> found, List<String> otherRoutes) {
        if (found.isEmpty()) {
            return "There is no Ingress in it"
                    + (otherRoutes.isEmpty() ? "" : ", and " + String.join(", ", otherRoutes) + " is not read")
                    + ": write Ingress objects or a chart's values with an ingress section.";
        }
        return found.stream()
                .map(each -> each.title() + ": " + (each.enabled() ? each.role().title() : "switched off"))
                .collect(Collectors.joining(
                        "; ",
                        "No Ingress leads to receivers (",
                        "): a backend that takes writes has port 19291, or `receive` in its name, or a path as"
                                + " /api/v1/receive; say by `--ingress NAMESPACE/NAME` which one does."));
    }

    private static InputText secret(String argument) {
        SecretName name = SecretName.of(argument, "");
        if (argument.matches("[a-z0-9.-]+/[a-z0-9.-]+") && !Files.exists(Path.of(argument))) {
            throw CommandFailure.wrong(
                    argument + " does not exist: --secret names a file, write the output of `kubectl get"
                            + " secret -n " + name.namespace() + " " + name.name() + " -o yaml` into one.");
        }
        return InputText.read(argument);
    }

    private static ImportedUsers users(List<String> secrets, List<Ingress> writing) {
        List<ImportedUsers.Wanted> wanted = new ArrayList<>();
        for (Ingress ingress : writing) {
            SecretName name = ingress.users();
            if (name != null) {
                wanted.add(new ImportedUsers.Wanted(
                        name, ingress.nginx("auth-secret-type").equals("auth-map")));
            }
        }
        return ImportedUsers.read(secrets.stream().map(IngressCommand::secret).toList(), wanted);
    }

    /** The report, and what {@code ringgate check} says of the outcome: errors but what is undecided would be ours. */
    private void print(String report, OpenQuestions undecided) {
        PrintWriter out = spec.commandLine().getOut();
        Path file = folder.resolve(GatewayText.FILE);
        out.print(report);
        out.println();
        int code = new CommandLine(new CheckCommand())
                .setOut(out)
                .setErr(spec.commandLine().getErr())
                .execute("--config", file.toString());
        out.flush();
        long errors = new ConfigLoader(file, Strictness.LENIENT, System::getenv)
                .load()
                .problems()
                .errors();
        int questions = undecided.questions().size();
        if (questions > 0 && errors == questions) {
            throw CommandFailure.failed((questions == 1 ? "1 thing has" : questions + " things have")
                    + " to be decided before this can be used: see \"You must decide\" in "
                    + ReportText.of(folder.resolve(ImportReport.FILE).toString()) + ".");
        }
        if (code != 0) {
            throw CommandFailure.failed("What was written to " + ReportText.of(folder.toString())
                    + " is not good: this is a fault of Ringgate itself; please report it with the Ingress, and without"
                    + " any password.");
        }
    }
}
