package io.ringgate.auth;

import org.jspecify.annotations.Nullable;

/**
 * The log-in that a credential matches by several facts about it. A credential that matches two edges is rejected; of several
 * log-ins of one edge the one that expires last counts.
 */
public sealed interface LoginMatch {

    /** No fact leads to an edge. */
    record Nobody() implements LoginMatch {}

    record One(Login login) implements LoginMatch {}

    /** The facts lead to several edges. */
    record Several() implements LoginMatch {}

    /** With one more fact, which leads to this log-in; null when it leads to none. */
    default LoginMatch and(@Nullable Login other) {
        if (other == null) {
            return this;
        }
        return switch (this) {
            case Nobody _ -> new One(other);
            case One(Login login) when !login.edge().equals(other.edge()) -> new Several();
            case One(Login login) -> Login.BY_END.compare(login, other) < 0 ? new One(other) : this;
            case Several _ -> this;
        };
    }
}
