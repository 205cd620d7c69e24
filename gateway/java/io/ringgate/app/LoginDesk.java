package io.ringgate.app;

import io.ringgate.auth.basic.BasicAuthenticator;
import io.ringgate.auth.basic.HashingPool;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Place;
import io.ringgate.config.Problems;
import io.ringgate.metrics.Metrics;
import io.ringgate.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that proves senders, built from the identities. What is odd about them goes to the log. */
public record LoginDesk(BasicAuthenticator authenticator, HashingPool hashing) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoginDesk.class);
    private static final int KEY_BYTES = 32;

    static LoginDesk open(InForce first, Metrics metrics) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        HashingPool hashing = new HashingPool(
                HashingPool.usualThreads(Runtime.getRuntime().availableProcessors()), HashingPool.USUAL_QUEUE, metrics);
        Users users = told(first);
        return new LoginDesk(
                new BasicAuthenticator(users, Secret.of(key), System::nanoTime, hashing, metrics), hashing);
    }

    /** From now on these log in. What was proven before stays proven for whoever still has the same hash. */
    void use(InForce next) {
        authenticator.use(told(next));
    }

    private static Users told(InForce now) {
        Path file = now.settings().files().htpasswd();
        now.htpasswd().warnings().forEach(w -> LOG.warn("{}:{}: {}", file, w.line(), w.sentence()));
        Users users = now.users();
        users.warnings().forEach(w -> LOG.warn("{}", w.sentence()));
        return users;
    }

    /** Adds what is odd about the password file: lines that are not understood, and users that have none. */
    public static void check(GatewayConfig config, Map<String, Place> places, Problems problems) {
        Path file = config.settings().files().htpasswd();
        if (!Files.isReadable(file)) {
            return;
        }
        try {
            Htpasswd htpasswd = Htpasswd.load(file);
            htpasswd.warnings()
                    .forEach(w -> problems.warning(Place.ofFile(file.toString()).atLine(w.line()), w.sentence()));
            Users users = Users.of(htpasswd, config.identities().edgesByBasicUser());
            users.warnings()
                    .forEach(w -> problems.warning(
                            places.getOrDefault(w.user(), Place.ofFile(file.toString())), w.sentence()));
        } catch (IOException e) {
            problems.error(Place.ofFile(file.toString()), "the file cannot be read");
        }
    }

    @Override
    public void close() {
        hashing.close();
    }
}
