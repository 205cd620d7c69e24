package io.ringgate.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.ringgate.config.TlsVersion;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What we trust when we call others. Immutable, any thread, dropped without a call. The peer's name is always checked
 * against the alternative names of its certificate, never against the common name.
 */
public final class ClientTls {

    private final SslContext context;

    private ClientTls(SslContext context) {
        this.context = context;
    }

    /**
     * Reads the authorities.
     *
     * @param caFile the only authorities trusted; absent for those that the JDK knows
     */
    public static ClientTls load(TlsEngine engine, @Nullable Path caFile) throws TlsProblem {
        return of(engine, caFile == null ? List.of() : authorities(caFile));
    }

    /** The certificates of a CA file. */
    public static List<X509Certificate> authorities(Path caFile) throws TlsProblem {
        return Pem.certificates(caFile);
    }

    /**
     * From authorities that are loaded.
     *
     * @param authorities the only ones trusted; none for those that the JDK knows
     */
    public static ClientTls of(TlsEngine engine, List<X509Certificate> authorities) throws TlsProblem {
        SslContextBuilder builder = engine.setUp(SslContextBuilder.forClient(), TlsVersion.TLS_1_2)
                .endpointIdentificationAlgorithm("HTTPS");
        try {
            return new ClientTls(
                    builder.trustManager(ServerTrust.of(authorities)).build());
        } catch (SSLException | GeneralSecurityException | IllegalArgumentException e) {
            String trust = authorities.isEmpty() ? "the JDK's authorities" : "the receivers' authorities";
            throw new TlsProblem(trust + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * What goes first into the pipeline of one connection. The handshake timeout is Netty's until the caller sets one.
     *
     * @param peerName a DNS name or an address, as the certificate must carry it; a DNS name is also sent as SNI
     */
    public SslHandler newHandler(ByteBufAllocator allocator, String peerName, int port) {
        return context.newHandler(allocator, peerName, port);
    }
}
