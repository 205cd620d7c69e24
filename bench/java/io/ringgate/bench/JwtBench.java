package io.ringgate.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.ringgate.auth.Clocks;
import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.Logins;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.auth.jwt.JwtMethod;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.auth.jwt.KeySet;
import io.ringgate.auth.jwt.KeySources;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.Issuer;
import io.ringgate.config.IssuerKeys;
import io.ringgate.config.Issuers;
import io.ringgate.config.TokenRules;
import io.ringgate.edge.Address;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.metrics.Metrics;
import io.ringgate.secret.Secret;
import io.ringgate.verification.HeaderDigest;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What identifying a known token adds to each write. Its claims are as long as Keycloak's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JwtBench {

    private static final String ISSUER = "https://idp.example/realms/edges";
    private static final Edge EDGE = new Edge(new EdgeName("edge"), new TenantId("team"), List.of(), List.of(), true);
    private static final Path FILE = Path.of("/keys.json");

    private final Logins logins = new Logins();
    private final JwtMethod method = new JwtMethod(
            new HeaderDigest(Secret.of("0123456789abcdef")),
            (source, claimed, task) -> task.run(),
            logins,
            new Clocks(System::currentTimeMillis, System::nanoTime),
            new KeySources(Vertx.vertx(), System::nanoTime, new SplittableRandom(), Metrics.none()),
            Metrics.none());

    private PresentedCredentials presented = new PresentedCredentials(null, null, Address.NONE);

    @Setup
    public void show() throws JOSEException, InvalidDocument {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
        EdgeCredential.Jwt proof = new EdgeCredential.Jwt("idp", new TreeMap<>(Map.of("azp", "edge")));
        TokenRules rules = new TokenRules(
                List.of("ringgate"),
                TokenRules.DEFAULT_ALGORITHMS,
                TokenRules.DEFAULT_TYPES,
                TokenRules.DEFAULT_SKEW,
                TokenRules.DEFAULT_MAX_TOKEN);
        method.update(new JwtSettings(
                new Issuers(List.of(new Issuer("idp", ISSUER, rules, new IssuerKeys.InFile(FILE), null)), 1),
                List.of(new JwtSettings.Holder(proof, logins.login(EDGE, proof.name(), null))),
                Set.of(EDGE.name()),
                Set.of(EDGE.tenant()),
                new JwtSettings.Files(Map.of(FILE, KeySet.parse(new JWKSet(key).toString())), Map.of())));
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID("k")
                        .build(),
                new Payload(Map.of(
                        "iss",
                        ISSUER,
                        "aud",
                        "ringgate",
                        "exp",
                        System.currentTimeMillis() / 1000 + 100_000,
                        "azp",
                        "edge",
                        "realm_access",
                        Map.of("roles", "r".repeat(600)))));
        token.sign(new RSASSASigner(key));
        presented = new PresentedCredentials("Bearer " + token.serialize(), null, Address.NONE);
        if (!(knownToken() instanceof Verdict.Known)) {
            throw new IllegalStateException("the token is good");
        }
    }

    @Benchmark
    public Verdict knownToken() {
        return Objects.requireNonNull(method.identify(presented)).result();
    }
}
