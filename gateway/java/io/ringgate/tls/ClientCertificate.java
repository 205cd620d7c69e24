package io.ringgate.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent in its handshake, verified by an authority of ours: one for each connection. It
 * remembers one thing that was found out about it, so that each request need not find it out again. Any thread.
 */
public final class ClientCertificate {

    private final List<X509Certificate> chain;
    private volatile @Nullable Memory memory;

    /**
     * From the chain of a handshake.
     *
     * @param chain the client's own certificate first
     */
    public ClientCertificate(List<X509Certificate> chain) {
        this.chain = List.copyOf(chain);
    }

    private record Memory(Function<?, ?> finder, Object found) {}

    public List<X509Certificate> chain() {
        return chain;
    }

    /** The client's own. */
    public X509Certificate own() {
        return chain.getFirst();
    }

    /** What the finder finds, once as long as it is the same one that is asked. */
    @SuppressWarnings("unchecked") // what a finder has found is of its own type
    public <T> T ask(Function<ClientCertificate, T> finder) {
        Memory known = memory;
        if (known != null && known.finder().equals(finder)) {
            return (T) known.found();
        }
        T found = finder.apply(this);
        memory = new Memory(finder, found);
        return found;
    }

    @Override
    public String toString() {
        return "ClientCertificate[" + own().getSubjectX500Principal() + "]";
    }
}
