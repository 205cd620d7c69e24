package io.ringgate.bench;

import io.ringgate.auth.AuthenticationMethods;
import io.ringgate.auth.Authenticator;
import io.ringgate.auth.LastSeen;
import io.ringgate.auth.Login;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.auth.basic.BasicMethod;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.edge.Address;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.metrics.Metrics;
import io.ringgate.secret.Secret;
import io.ringgate.verification.HeaderDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What identifying a known credential adds to each write, by itself and as one of several methods. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BasicAuthBench {

    private static final Edge EDGE = new Edge(new EdgeName("edge"), new TenantId("team"), List.of(), List.of(), true);
    private static final PresentedCredentials PRESENTED =
            new PresentedCredentials("Basic YWdlbnQ6Y29ycmVjdCBob3JzZQ==", null, Address.NONE);

    private final BasicMethod authenticator = new BasicMethod(
            Users.of(
                    Htpasswd.parse("agent:$apr1$24TaCi9j$h5aZgbAsV24hGa0Ha9vba."),
                    Map.of("agent", new Users.Entry(new Login(EDGE, "basic:agent", null, new LastSeen()), null))),
            new HeaderDigest(Secret.of("0123456789abcdef")),
            System::nanoTime,
            (source, claimed, task) -> task.run(),
            Metrics.none());

    private final Authenticator methods =
            new AuthenticationMethods(List.of(authenticator), null, System::currentTimeMillis);

    @Benchmark
    public Verdict knownCredential() {
        return Objects.requireNonNull(authenticator.identify(PRESENTED)).result();
    }

    @Benchmark
    public Verdict knownCredentialAmongMethods() {
        return methods.identify(PRESENTED).result();
    }
}
