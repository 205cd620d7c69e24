package io.ringgate.config;

import io.ringgate.secret.Secret;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How an edge authenticates.
 *
 * @param proof the credential; a secret in it is never printed
 * @param notAfter when it ends; absent for never
 * @param note for the operator; empty without
 */
public record EdgeCredential(Proof proof, @Nullable Instant notAfter, String note) {

    /** Its kind, and what tells it from others of the kind. */
    public sealed interface Proof {

        /** As metrics and status name it. */
        String name();
    }

    /**
     * A user who logs in by password.
     *
     * @param hash of a random secret, made by {@code ringgate edge add}; absent for a user of the htpasswd file
     */
    public record Basic(String user, @Nullable Secret hash) implements Proof {

        @Override
        public String name() {
            return "basic:" + user;
        }
    }

    /**
     * Claims of an issuer's tokens.
     *
     * @param issuer its name
     * @param claims the value that each must have; a key that begins with "/" leads into nested claims
     */
    public record Jwt(String issuer, SortedMap<String, String> claims) implements Proof {

        public Jwt {
            claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
        }

        @Override
        public String name() {
            return claims.entrySet().stream()
                    .map(claim -> claim.getKey() + "=" + claim.getValue())
                    .collect(Collectors.joining(",", "jwt:" + issuer + ":", ""));
        }
    }

    /**
     * A client certificate.
     *
     * @param value of the field, as {@link CertificateField#spelled} has it
     */
    public record Certificate(CertificateField field, String value) implements Proof {

        @Override
        public String name() {
            return "certificate:" + field.key() + "=" + value;
        }
    }

    /**
     * A token that the provider of {@code introspection} vouches for.
     *
     * @param claims what it must say of the token: all of these, each with exactly this text; at least one
     */
    public record OAuth2(Map<ClaimPath, String> claims) implements Proof {

        public OAuth2 {
            claims = Map.copyOf(claims);
        }

        @Override
        public String name() {
            return claims.entrySet().stream()
                    .map(claim -> claim.getKey() + "=" + claim.getValue())
                    .sorted()
                    .collect(Collectors.joining(",", "oauth2:", ""));
        }
    }
}
