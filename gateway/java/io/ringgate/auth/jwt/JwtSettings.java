package io.ringgate.auth.jwt;

import io.ringgate.auth.Login;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.Issuers;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that configuration says about tokens.
 *
 * @param holders the credentials that are claims
 * @param names of all edges that are configured
 * @param tenants of all edges that are configured
 * @param files what the files hold that issuers name
 */
public record JwtSettings(
        Issuers issuers, List<Holder> holders, Set<EdgeName> names, Set<TenantId> tenants, Files files) {

    public static final JwtSettings NONE = new JwtSettings(Issuers.NONE, List.of(), Set.of(), Set.of(), Files.NONE);

    public JwtSettings {
        holders = List.copyOf(holders);
        names = Set.copyOf(names);
        tenants = Set.copyOf(tenants);
    }

    /** A credential of an edge. */
    public record Holder(EdgeCredential.Jwt credential, Login login) {}

    /** Key sets and authorities by the files they came from. */
    public record Files(Map<Path, KeySet> keySets, Map<Path, List<X509Certificate>> authorities) {

        public static final Files NONE = new Files(Map.of(), Map.of());

        public Files {
            keySets = Map.copyOf(keySets);
            authorities = Map.copyOf(authorities);
        }
    }
}
