package io.ringgate.app;

import io.ringgate.auth.AuthenticationMethods;
import io.ringgate.auth.Authenticator;
import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.Clocks;
import io.ringgate.auth.Login;
import io.ringgate.auth.Logins;
import io.ringgate.auth.basic.BasicMethod;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.auth.jwt.IssuerState;
import io.ringgate.auth.jwt.JwtMethod;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.auth.jwt.KeySources;
import io.ringgate.auth.mtls.CertificateIndex;
import io.ringgate.auth.mtls.CertificateMethod;
import io.ringgate.auth.oauth2.IntrospectionMethod;
import io.ringgate.config.ClaimPath;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import io.ringgate.observe.CredentialExpiry;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.unit.ConfigFiles;
import io.ringgate.reload.unit.IntrospectionFiles;
import io.ringgate.reload.unit.IssuerFiles;
import io.ringgate.secret.Secret;
import io.ringgate.verification.HeaderDigest;
import io.ringgate.verification.VerificationPool;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authenticates senders by every method, built from the identities. Warnings about their files go to the log. */
public final class SenderAuthentication implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SenderAuthentication.class);
    private static final int KEY_BYTES = 32;

    private final Logins logins = new Logins();
    private final CredentialExpiry expiry;
    private final VerificationPool verifications;
    private final BasicMethod basic;
    private final JwtMethod jwt;
    private final CertificateMethod certificates;
    private final IntrospectionMethod introspector;
    private final Authenticator authenticator;

    private SenderAuthentication(Vertx vertx, ActiveConfiguration first, Metrics metrics) {
        this.expiry = new CredentialExpiry(metrics, InstantSource.system());
        expiry.update(first.identities());
        this.verifications = new VerificationPool(
                VerificationPool.defaultThreads(Runtime.getRuntime().availableProcessors()),
                VerificationPool.DEFAULT_PLACES,
                first.settings().authCpuShare(),
                metrics);
        this.basic = new BasicMethod(usersOf(first), newDigest(), System::nanoTime, verifications, metrics);
        Clocks clocks = new Clocks(System::currentTimeMillis, System::nanoTime);
        this.jwt = new JwtMethod(
                newDigest(),
                verifications,
                logins,
                clocks,
                new KeySources(vertx, clocks.nano(), new SplittableRandom(new SecureRandom().nextLong()), metrics),
                metrics);
        jwt.update(access(first));
        this.certificates = new CertificateMethod(holders(first));
        this.introspector = new IntrospectionMethod(vertx, newDigest(), clocks, metrics);
        introspector.update(
                introspected(first.identities()), first.loadedIdentities().introspection());
        this.authenticator =
                new AuthenticationMethods(List.of(basic, jwt, introspector), certificates, System::currentTimeMillis);
    }

    static SenderAuthentication open(Vertx vertx, ActiveConfiguration first, Metrics metrics) {
        return new SenderAuthentication(vertx, first, metrics);
    }

    /** Under a key that lives as long as the process. */
    static HeaderDigest newDigest() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new HeaderDigest(Secret.of(key));
    }

    Authenticator authenticator() {
        return authenticator;
    }

    Logins logins() {
        return logins;
    }

    /** From now on these authenticate. A cached verification is valid as long as the credential it was made with. */
    void apply(ActiveConfiguration next) {
        basic.update(usersOf(next));
        expiry.update(next.identities());
        jwt.update(access(next));
        certificates.update(holders(next));
        introspector.update(
                introspected(next.identities()), next.loadedIdentities().introspection());
        Set<EdgeName> edges = new HashSet<>(next.identities().names());
        edges.addAll(jwt.dynamicEdges());
        logins.keepOnly(edges);
    }

    /** From now on checks may take this share of a core. */
    void apply(GatewaySettings settings) {
        verifications.resize(settings.authCpuShare());
    }

    private CertificateIndex holders(ActiveConfiguration now) {
        Map<EdgeCredential.Certificate, Login> known = new HashMap<>();
        for (Identities.Held held : now.identities().held()) {
            if (held.credential().proof() instanceof EdgeCredential.Certificate certificate) {
                known.put(certificate, login(held, logins));
            }
        }
        return CertificateIndex.of(known);
    }

    private Users usersOf(ActiveConfiguration now) {
        Path file = now.settings().files().htpasswd();
        now.loadedIdentities()
                .htpasswd()
                .warnings()
                .forEach(w -> LOG.atWarn()
                        .addKeyValue("file", file + ":" + w.line())
                        .addKeyValue("reason", w.sentence())
                        .log("warning in password file"));
        Users users = users(now.loadedIdentities().htpasswd(), now.identities(), logins);
        users.warnings()
                .forEach(w -> LOG.atWarn().addKeyValue("reason", w.sentence()).log("password missing"));
        return users;
    }

    private JwtSettings access(ActiveConfiguration now) {
        List<JwtSettings.Holder> holders = new ArrayList<>();
        for (Identities.Held held : now.identities().held()) {
            if (held.credential().proof() instanceof EdgeCredential.Jwt proof) {
                holders.add(new JwtSettings.Holder(proof, login(held, logins)));
            }
        }
        return new JwtSettings(
                now.identities().issuers(),
                holders,
                new HashSet<>(now.identities().names()),
                now.identities().tenants(),
                now.loadedIdentities().issuerFiles());
    }

    /** How the issuers are whose keys are fetched. */
    List<IssuerState> issuers() {
        return jwt.issuers();
    }

    private static Login login(Identities.Held held, Logins logins) {
        return logins.login(
                held.edge(), held.credential().proof().name(), held.credential().notAfter());
    }

    private static Users users(Htpasswd htpasswd, Identities identities, Logins logins) {
        Map<String, Users.Entry> byUser = new HashMap<>();
        for (Identities.Held held : identities.held()) {
            if (held.credential().proof() instanceof EdgeCredential.Basic basic) {
                byUser.put(basic.user(), new Users.Entry(login(held, logins), basic.hash()));
            }
        }
        return Users.of(htpasswd, byUser);
    }

    private ClaimIndex introspected(Identities identities) {
        Map<Map<ClaimPath, String>, Login> byClaims = new HashMap<>();
        for (Identities.Held held : identities.held()) {
            if (held.credential().proof() instanceof EdgeCredential.OAuth2(Map<ClaimPath, String> claims)) {
                byClaims.put(claims, login(held, logins));
            }
        }
        return ClaimIndex.of(byClaims);
    }

    /**
     * Adds the problems of the files that identities name: a key set or a secret that holds none, in the password file
     * lines that are not understood, and users that have none.
     */
    public static void check(GatewayConfig config, Map<String, SourcePosition> places, Problems problems) {
        IssuerFiles.check(config.identities(), problems);
        IntrospectionFiles.check(config.identities(), problems);
        Path file = config.settings().files().htpasswd();
        if (!Files.isReadable(file)) {
            return;
        }
        try {
            Htpasswd htpasswd = Htpasswd.load(file);
            if (config.identities().needHtpasswd() && htpasswd.isEmpty()) {
                problems.error(file, ConfigFiles.EMPTY);
            }
            htpasswd.warnings()
                    .forEach(w -> problems.warning(SourcePosition.ofFile(file).atLine(w.line()), w.sentence()));
            users(htpasswd, config.identities(), new Logins())
                    .warnings()
                    .forEach(w ->
                            problems.warning(places.getOrDefault(w.user(), SourcePosition.ofFile(file)), w.sentence()));
        } catch (IOException e) {
            problems.error(file, "the file cannot be read");
        }
    }

    @Override
    public void close() {
        jwt.close();
        introspector.close();
        verifications.close();
    }
}
