package io.ringgate.reload;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.auth.oauth2.ProviderAccess;
import io.ringgate.config.Identities;
import org.jspecify.annotations.Nullable;

/**
 * Who may write: the identities with the content of every file that they name. One unit of the configuration, swapped
 * together.
 *
 * @param issuerFiles what the files hold that issuers of tokens name
 * @param introspection the introspection provider with the content of its files; absent without one
 */
public record LoadedIdentities(
        Identities identities,
        Htpasswd htpasswd,
        JwtSettings.Files issuerFiles,
        @Nullable ProviderAccess introspection) {

    public LoadedIdentities with(Identities newIdentities) {
        return new LoadedIdentities(newIdentities, htpasswd, issuerFiles, introspection);
    }

    public LoadedIdentities with(Htpasswd newHtpasswd) {
        return new LoadedIdentities(identities, newHtpasswd, issuerFiles, introspection);
    }
}
