package io.ringgate.testing;

import io.ringgate.auth.AuthenticationMethod;
import io.ringgate.auth.LastSeen;
import io.ringgate.auth.Login;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.edge.Address;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Plain edges, each with one credential. */
public final class TestEdges {

    private static final Map<Edge, Login> LOGINS = new ConcurrentHashMap<>();

    private TestEdges() {}

    public static Edge edge(String name, String tenant) {
        return new Edge(new EdgeName(name), new TenantId(tenant), List.of(), List.of(), true);
    }

    /** The same one for equal edges. */
    public static Login login(Edge edge) {
        return LOGINS.computeIfAbsent(edge, one -> new Login(one, "test", null, new LastSeen()));
    }

    public static Verdict.Known known(Edge edge) {
        return new Verdict.Known(login(edge));
    }

    public static Verdict.Known known(String name, String tenant) {
        return known(edge(name, tenant));
    }

    /** The verdict of a method on a credential of its kind. */
    public static Future<Verdict> ask(AuthenticationMethod method, PresentedCredentials presented) {
        return Objects.requireNonNull(method.identify(presented));
    }

    /** An Authorization header, without a source address. */
    public static PresentedCredentials header(@Nullable String authorization) {
        return new PresentedCredentials(authorization, null, Address.NONE);
    }
}
