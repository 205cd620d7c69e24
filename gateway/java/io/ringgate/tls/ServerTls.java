package io.ringgate.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.TlsVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * All certificates of one listener. Immutable: new files make a new one, connections keep what they began with, and an
 * old one is dropped without a call. Any thread.
 *
 * <p>Clients resume by ticket. Both engines make the ticket keys themselves and keep them to this process; BoringSSL sends
 * its tickets along with the first answer.
 */
public final class ServerTls {

    private static final int MOST_SESSIONS = 20_000;

    /**
     * Netty hands the key over in a key store in memory, locked with no password. The JDK's usual form would stretch that
     * password 10,000 times, twice, at each start; this one does not, and nothing is ever stored.
     */
    private static final String QUICK_KEY_STORE = "JKS";

    private static final Duration SESSION_LIFE = Duration.ofHours(1);

    private final ServerNames<SslContext> contexts;
    private final @Nullable ClientCertificatePolicy clients;

    private ServerTls(ServerNames<SslContext> contexts, @Nullable ClientCertificatePolicy clients) {
        this.contexts = contexts;
        this.clients = clients;
    }

    /** Reads and checks every pair; the first fault ends it. An expired certificate is no fault here. */
    public static ServerTls load(TlsEngine engine, List<CertificateFiles> pairs, TlsVersion oldest) throws TlsProblem {
        List<ServerCertificate> certificates = new ArrayList<>();
        for (CertificateFiles files : pairs) {
            certificates.add(ServerCertificate.load(files));
        }
        return of(engine, certificates, oldest, null);
    }

    /**
     * From certificates that are loaded.
     *
     * @param certificates at least one; the first answers clients that name no server or one that no certificate has
     * @param clients null where clients are not asked for certificates
     */
    public static ServerTls of(
            TlsEngine engine,
            List<ServerCertificate> certificates,
            TlsVersion oldest,
            @Nullable ClientCertificatePolicy clients)
            throws TlsProblem {
        ServerNames<SslContext> contexts = null;
        for (ServerCertificate certificate : certificates) {
            SslContext context = context(engine, certificate, oldest, clients);
            contexts = contexts == null ? new ServerNames<>(context) : contexts;
            contexts.add(certificate.names(), context);
        }
        if (contexts == null) {
            throw new TlsProblem("a TLS listener needs at least one certificate");
        }
        return new ServerTls(contexts, clients);
    }

    private static SslContext context(
            TlsEngine engine,
            ServerCertificate certificate,
            TlsVersion oldest,
            @Nullable ClientCertificatePolicy clients)
            throws TlsProblem {
        try {
            SslContextBuilder builder = engine.setUp(
                            SslContextBuilder.forServer(certificate.key(), certificate.chain()), oldest)
                    .keyStoreType(QUICK_KEY_STORE)
                    .sessionCacheSize(MOST_SESSIONS)
                    .sessionTimeout(SESSION_LIFE.toSeconds());
            if (clients != null) {
                // Never required here: health pages answer without one.
                builder.clientAuth(ClientAuth.OPTIONAL)
                        .trustManager(clients.authorities().trustManager());
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsProblem(
                    "the certificate " + certificate.files().certFile() + " with key "
                            + certificate.files().keyFile() + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    /**
     * What goes first into the pipeline of a new connection, for that one connection. It puts an {@link SslHandler} behind
     * itself once the client's first message is there; {@code SslHandshakeCompletionEvent} tells the outcome.
     *
     * @param handshakeTimeout from the client's first message on
     */
    public TlsRecordReader newReader(Duration handshakeTimeout, TlsRecordReader.Owner owner) {
        return new TlsRecordReader(this, handshakeTimeout, owner);
    }

    /** With the certificate that answers to the name; the first one where the client named none. */
    SslHandler engine(ByteBufAllocator allocator, @Nullable String serverName, Duration handshakeTimeout) {
        SslHandler handler = contexts.choose(serverName).newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }

    /** What is made of clients' certificates; null where they are not asked for any. */
    public @Nullable ClientCertificatePolicy clients() {
        return clients;
    }
}
