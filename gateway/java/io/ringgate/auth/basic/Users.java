package io.ringgate.auth.basic;

import io.ringgate.auth.Login;
import io.ringgate.auth.Verdict;
import io.ringgate.reject.EscapedText;
import io.ringgate.secret.Secret;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The users that may log in, each with its edge. An immutable snapshot of htpasswd and the edges together. */
public final class Users {

    private final Map<String, User> users;
    private final List<Warning> warnings;
    private final DummyHashes dummyHashes;

    private Users(Map<String, User> users, List<Warning> warnings) {
        this.users = users;
        this.warnings = List.copyOf(warnings);
        this.dummyHashes =
                new DummyHashes(users.values().stream().map(User::hash).toList());
    }

    /**
     * Joins the two. A user of an edge who is not in htpasswd is a warning: operators remove the line to withdraw a password. A
     * user of htpasswd who is in no edge cannot log in.
     */
    public static Users of(Htpasswd htpasswd, Map<String, Entry> entries) {
        Map<String, User> users = new HashMap<>();
        List<Warning> warnings = new ArrayList<>();
        new TreeMap<>(entries).forEach((name, entry) -> {
            Login login = entry.login();
            StoredHash hash = entry.hash() == null ? htpasswd.hashes().get(name) : StoredHash.generated(entry.hash());
            if (hash == null) {
                warnings.add(
                        new Warning(
                                name,
                                "user \"" + EscapedText.of(name) + "\" of edge "
                                        + login.edge().name()
                                        + " has no usable line in htpasswd and cannot log in: add one with `htpasswd -B FILE USER`"));
            } else {
                users.put(name, new User(hash, login));
            }
        });
        return new Users(users, warnings);
    }

    /**
     * One user of an edge.
     *
     * @param hash of the secret that was made for them; null for one of the password file
     */
    public record Entry(Login login, @Nullable Secret hash) {}

    /** An edge's user who cannot log in, and why. */
    public record Warning(String user, String sentence) {}

    /** About every user of an edge who cannot log in. */
    public List<Warning> warnings() {
        return warnings;
    }

    public int size() {
        return users.size();
    }

    @Nullable
    User find(String name) {
        return users.get(name);
    }

    /** The hash for an unknown user, so that the time of a check does not reveal which users exist. */
    StoredHash dummyHash(String name) {
        return dummyHashes.of(name);
    }

    /** A user who can log in. The answer is created once, since every write needs it. */
    static final class User {
        private final StoredHash hash;
        private final Future<Verdict> answer;

        User(StoredHash hash, Login login) {
            this.hash = hash;
            this.answer = Future.succeededFuture(new Verdict.Known(login));
        }

        StoredHash hash() {
            return hash;
        }

        Future<Verdict> answer() {
            return answer;
        }
    }
}
