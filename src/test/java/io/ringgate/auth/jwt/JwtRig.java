package io.ringgate.auth.jwt;

import io.ringgate.auth.Clocks;
import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.Logins;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.Issuer;
import io.ringgate.config.IssuerKeys;
import io.ringgate.config.Issuers;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.config.TokenRules;
import io.ringgate.edge.Edge;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import io.ringgate.secret.Secret;
import io.ringgate.testing.SigningKey;
import io.ringgate.testing.TestEdges;
import io.ringgate.testing.Token;
import io.ringgate.verification.HeaderDigest;
import io.ringgate.verification.Unavailable;
import io.ringgate.verification.VerificationExecutor;
import io.ringgate.verification.VerificationResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verifies tokens by hand: the test sets the time and runs the signature checks. Keys come from a file. */
final class JwtRig {

    static final String ISSUER = "https://idp.example/realms/edges";
    static final String AUDIENCE = "ringgate";
    static final SigningKey RSA = SigningKey.rsa("rsa-1", 2048);
    static final SigningKey P256 = SigningKey.ec("ec-1", "P-256");
    static final Edge BERLIN = TestEdges.edge("berlin", "team-a");
    static final Edge PARIS = TestEdges.edge("paris", "team-b");

    private static final Path FILE = Path.of("/keys.json");
    private static final int ROOM = 3;

    final Deque<VerificationExecutor.Task> waiting = new ArrayDeque<>();
    final List<String> claimed = new ArrayList<>();
    final List<Boolean> verified = new ArrayList<>();
    final Logins logins = new Logins();
    long wall = 1_800_000_000_000L;
    /** The keys here come from files. */
    private static final Vertx NOBODY_ASKS = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    long nano = 5_000_000_000L;
    TokenRules rules = new TokenRules(
            List.of(AUDIENCE),
            Set.of(SignatureAlgorithm.values()),
            TokenRules.DEFAULT_TYPES,
            Duration.ofSeconds(30),
            TokenRules.DEFAULT_MAX_TOKEN);

    @Nullable
    EdgeTemplate template;

    int maxDynamic = 2;
    String keys = SigningKey.set(RSA, P256);
    private final Map<Edge, List<EdgeCredential>> edges = new HashMap<>();

    final JwtMethod method = new JwtMethod(
            new HeaderDigest(Secret.of("0123456789abcdef0123456789abcdef")),
            (source, name, task) -> {
                claimed.add(name);
                if (waiting.size() < ROOM) {
                    waiting.add(task);
                } else {
                    task.refused(Unavailable.QUEUE_FULL);
                }
            },
            logins,
            new Clocks(() -> wall, () -> nano),
            new KeySources(NOBODY_ASKS, () -> nano, new SplittableRandom(1), Metrics.none()),
            Metrics.none());

    JwtRig edge(Edge edge, String... claims) {
        return edgeUntil(null, edge, claims);
    }

    JwtRig edgeUntil(@Nullable Instant notAfter, Edge edge, String... claims) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < claims.length; i += 2) {
            wanted.put(claims[i], claims[i + 1]);
        }
        edges.computeIfAbsent(edge, _ -> new ArrayList<>())
                .add(new EdgeCredential(new EdgeCredential.Jwt("idp", new TreeMap<>(wanted)), notAfter, ""));
        return this;
    }

    JwtRig without(Edge edge) {
        edges.remove(edge);
        return this;
    }

    /** What was changed is in force. */
    JwtRig use() throws InvalidDocument {
        List<JwtSettings.Holder> holders = new ArrayList<>();
        edges.forEach((edge, credentials) -> credentials.forEach(credential -> {
            EdgeCredential.Jwt proof = (EdgeCredential.Jwt) credential.proof();
            holders.add(new JwtSettings.Holder(proof, logins.login(edge, proof.name(), credential.notAfter())));
        }));
        method.update(new JwtSettings(
                new Issuers(List.of(issuer()), maxDynamic),
                holders,
                edges.keySet().stream().map(Edge::name).collect(Collectors.toSet()),
                edges.keySet().stream().map(Edge::tenant).collect(Collectors.toSet()),
                new JwtSettings.Files(Map.of(FILE, KeySet.parse(keys)), Map.of())));
        return this;
    }

    private Issuer issuer() {
        return new Issuer("idp", ISSUER, rules, new IssuerKeys.InFile(FILE), template);
    }

    Token token(SigningKey key, String algorithm) {
        return Token.by(key, algorithm, ISSUER, AUDIENCE, wall).claim("azp", "\"berlin\"");
    }

    Token token() {
        return token(P256, "ES256");
    }

    @Nullable
    Future<Verdict> show(String token) {
        return method.identify(header(token));
    }

    static PresentedCredentials header(String token) {
        return TestEdges.header("Bearer " + token);
    }

    void checkAll() {
        while (!waiting.isEmpty()) {
            verified.add(waiting.remove().run().result() instanceof VerificationResult.Verified);
        }
    }

    /** What the token's sender hears in the end: the name of an edge, the label of a reason, or nothing. */
    String answer(String token) {
        Future<Verdict> answer = show(token);
        checkAll();
        return answer == null ? "not for us" : said(answer.result());
    }

    static String said(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Known known -> known.edge().name() + "/" + known.edge().tenant();
            case Verdict.Refused refused -> {
                Reason reason = refused.rejection().reason();
                yield reason.status() + " " + reason.label();
            }
        };
    }
}
