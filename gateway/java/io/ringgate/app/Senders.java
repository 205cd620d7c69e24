package io.ringgate.app;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.Access;
import io.ringgate.auth.oauth2.ProviderAccess;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import org.jspecify.annotations.Nullable;

/**
 * Who may write, with what the files hold that say so. One unit of the configuration: swapped together.
 *
 * @param issuerFiles what the files hold that issuers of tokens name
 * @param introspection who is asked about tokens, with what its files hold; absent where nobody is
 */
record Senders(
        Identities identities,
        Htpasswd htpasswd,
        Access.Files issuerFiles,
        @Nullable ProviderAccess introspection) {

    static final String NOBODY = "edges is empty and no issuer has an edge_template, so nobody can write: add an edge";

    /** Reads what the identities name. */
    static Senders read(GatewaySettings settings, Identities identities) throws UnitProblem {
        if (!identities.nameSomebody()) {
            throw new UnitProblem(settings.files().edges() + ": " + NOBODY);
        }
        return new Senders(
                identities,
                ConfigFiles.htpasswd(settings, identities),
                IssuerFiles.read(identities),
                IntrospectionFiles.read(identities));
    }

    Senders with(Identities newIdentities) {
        return new Senders(newIdentities, htpasswd, issuerFiles, introspection);
    }

    Senders with(Htpasswd newHtpasswd) {
        return new Senders(identities, newHtpasswd, issuerFiles, introspection);
    }
}
