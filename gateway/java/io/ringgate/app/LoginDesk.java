package io.ringgate.app;

import io.ringgate.auth.Authenticator;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.auth.Login;
import io.ringgate.auth.Logins;
import io.ringgate.auth.Methods;
import io.ringgate.auth.Proving;
import io.ringgate.auth.basic.BasicAuthenticator;
import io.ringgate.auth.basic.HashingPool;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.auth.jwt.Access;
import io.ringgate.auth.jwt.IssuerState;
import io.ringgate.auth.jwt.JwtMethod;
import io.ringgate.config.Credential;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Identities;
import io.ringgate.config.Place;
import io.ringgate.config.Problems;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import io.ringgate.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that proves senders, built from the identities. What is odd about them goes to the log. */
public final class LoginDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoginDesk.class);
    private static final int KEY_BYTES = 32;

    private final Logins logins = new Logins();
    private final HashingPool hashing;
    private final BasicAuthenticator basic;
    private final JwtMethod jwt;
    private final Authenticator authenticator;

    private LoginDesk(InForce first, Metrics metrics) {
        this.hashing = new HashingPool(
                HashingPool.usualThreads(Runtime.getRuntime().availableProcessors()), HashingPool.USUAL_QUEUE, metrics);
        this.basic = new BasicAuthenticator(told(first), newDigest(), System::nanoTime, hashing, metrics);
        this.jwt = new JwtMethod(
                newDigest(),
                provingOn(hashing),
                logins,
                new JwtMethod.Clocks(System::currentTimeMillis, System::nanoTime),
                new SplittableRandom(new SecureRandom().nextLong()),
                metrics);
        jwt.use(access(first));
        this.authenticator = new Methods(List.of(basic, jwt), null, System::currentTimeMillis);
    }

    static LoginDesk open(InForce first, Metrics metrics) {
        return new LoginDesk(first, metrics);
    }

    /** Signatures are checked where passwords are hashed. No source is limited yet, and none comes before another. */
    private static Proving provingOn(Executor threads) {
        return (source, claimed, proof) -> {
            try {
                threads.execute(new FutureTask<>(proof::getAsBoolean));
                return true;
            } catch (RejectedExecutionException full) {
                return false;
            }
        };
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

    /** From now on these log in. What was proven before stays proven for whoever still has the same hash. */
    void use(InForce next) {
        basic.use(told(next));
        jwt.use(access(next));
        Set<EdgeName> edges = new HashSet<>(next.identities().names());
        edges.addAll(jwt.dynamicEdges());
        logins.keepOnly(edges);
    }

    private Users told(InForce now) {
        Path file = now.settings().files().htpasswd();
        now.htpasswd().warnings().forEach(w -> LOG.warn("{}:{}: {}", file, w.line(), w.sentence()));
        Users users = users(now.htpasswd(), now.identities(), logins);
        users.warnings().forEach(w -> LOG.warn("{}", w.sentence()));
        return users;
    }

    private Access access(InForce now) {
        List<Access.Holder> holders = new ArrayList<>();
        for (Identities.Held held : now.identities().held()) {
            if (held.credential().proof() instanceof Credential.Jwt proof) {
                holders.add(new Access.Holder(
                        proof,
                        logins.login(
                                held.edge(), proof.name(), held.credential().notAfter())));
            }
        }
        return new Access(
                now.identities().issuers(),
                holders,
                new HashSet<>(now.identities().names()),
                now.issuerFiles());
    }

    /** How the issuers are whose keys are fetched. */
    List<IssuerState> issuers() {
        return jwt.issuers();
    }

    private static Users users(Htpasswd htpasswd, Identities identities, Logins logins) {
        Map<String, Login> byUser = new HashMap<>();
        identities
                .basicUsers()
                .forEach((user, held) -> byUser.put(
                        user,
                        logins.login(
                                held.edge(),
                                held.credential().proof().name(),
                                held.credential().notAfter())));
        return Users.of(htpasswd, byUser);
    }

    /** Adds what is odd about the files of identities: a key set that holds none, in the password file lines that are not understood, and users that have none. */
    public static void check(GatewayConfig config, Map<String, Place> places, Problems problems) {
        IssuerFiles.check(config.identities(), problems);
        Path file = config.settings().files().htpasswd();
        if (!Files.isReadable(file)) {
            return;
        }
        try {
            Htpasswd htpasswd = Htpasswd.load(file);
            htpasswd.warnings()
                    .forEach(w -> problems.warning(Place.ofFile(file.toString()).atLine(w.line()), w.sentence()));
            users(htpasswd, config.identities(), new Logins())
                    .warnings()
                    .forEach(w -> problems.warning(
                            places.getOrDefault(w.user(), Place.ofFile(file.toString())), w.sentence()));
        } catch (IOException e) {
            problems.error(Place.ofFile(file.toString()), "the file cannot be read");
        }
    }

    @Override
    public void close() {
        jwt.close();
        hashing.close();
    }
}
