package io.ringgate.app;

import io.ringgate.auth.AuthenticationMethods;
import io.ringgate.auth.Authenticator;
import io.ringgate.auth.LastSeen;
import io.ringgate.auth.Login;
import io.ringgate.auth.basic.BasicMethod;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.metrics.Metrics;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.unit.PasswordFiles;
import io.ringgate.verification.VerificationPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates the operators: every user of their password file, all with the same rights. Hashing has one thread, a
 * short queue and a small share of a core of its own, so that guesses here keep no edge from logging in.
 */
public final class OperatorAuthentication implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorAuthentication.class);
    private static final int PLACES = 16;
    private static final int CPU_SHARE = 10;

    /** As whom an operator is authenticated. No write path ever sees it. */
    private static final Edge OPERATOR =
            new Edge(new EdgeName("operator"), new TenantId("operator"), List.of(), List.of(), true);

    private final BasicMethod basic;
    private final Authenticator authenticator;
    private final VerificationPool verifications;

    private OperatorAuthentication(BasicMethod basic, VerificationPool verifications) {
        this.basic = basic;
        this.authenticator = new AuthenticationMethods(List.of(basic), null, System::currentTimeMillis);
        this.verifications = verifications;
    }

    /** Null without passwords, which only a loopback address allows. */
    static @Nullable OperatorAuthentication open(ActiveConfiguration first) {
        if (first.settings().admin().htpasswdFile() == null) {
            return null;
        }
        VerificationPool verifications = new VerificationPool(1, PLACES, CPU_SHARE, Metrics.none());
        return new OperatorAuthentication(
                new BasicMethod(
                        usersOf(first),
                        SenderAuthentication.newDigest(),
                        System::nanoTime,
                        verifications,
                        Metrics.none()),
                verifications);
    }

    /** From now on these, and no others, are operators. */
    void apply(ActiveConfiguration next) {
        basic.update(usersOf(next));
    }

    private static Users usersOf(ActiveConfiguration now) {
        Path file = now.settings().admin().htpasswdFile();
        now.operators()
                .warnings()
                .forEach(w -> LOG.atWarn()
                        .addKeyValue("file", file + ":" + w.line())
                        .addKeyValue("reason", w.sentence())
                        .log("warning in password file"));
        return users(now.operators());
    }

    private static Users users(Htpasswd htpasswd) {
        Map<String, Users.Entry> all = htpasswd.users().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        user -> new Users.Entry(new Login(OPERATOR, "operator", null, new LastSeen()), null)));
        return Users.of(htpasswd, all);
    }

    /** Adds the problems of the operators' password file. */
    public static void check(GatewaySettings settings, Problems problems) {
        Path file = settings.admin().htpasswdFile();
        if (file == null || !Files.isReadable(file)) {
            return;
        }
        SourcePosition position = SourcePosition.ofFile(file);
        try {
            Htpasswd htpasswd = Htpasswd.load(file);
            htpasswd.warnings().forEach(w -> problems.warning(position.atLine(w.line()), w.sentence()));
            if (htpasswd.users().isEmpty()) {
                problems.warning(
                        position,
                        "has no user who can log in, so nobody can look: add one with `htpasswd -B FILE USER`");
            }
            Path ofEdges = settings.files().htpasswd();
            Htpasswd edges = Files.isReadable(ofEdges) ? Htpasswd.load(ofEdges) : Htpasswd.empty();
            String fault = PasswordFiles.fault(settings, edges, htpasswd);
            if (fault != null) {
                problems.error(position, fault);
            }
        } catch (IOException e) {
            problems.error(position, "the file cannot be read");
        }
    }

    Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public void close() {
        verifications.close();
    }
}
