package io.ringgate.forward.attempts;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.ringgate.forward.connections.ReceiverTls;
import io.ringgate.testing.SelfSignedServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/** TLS for stand-in receivers on 127.0.0.1, and for those that send to them. */
final class TlsFiles {

    private final SelfSignedServer server;

    private TlsFiles(SelfSignedServer server) {
        this.server = server;
    }

    static TlsFiles create(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        return new TlsFiles(SelfSignedServer.create(folder, "ip:127.0.0.1"));
    }

    ServerSocket server() throws IOException, GeneralSecurityException {
        return server.listen();
    }

    ReceiverTls trusting() throws SSLException, GeneralSecurityException {
        return secured(SslContextBuilder.forClient().trustManager(server.certificate()));
    }

    static ReceiverTls untrusting() throws SSLException {
        return secured(SslContextBuilder.forClient());
    }

    private static ReceiverTls secured(SslContextBuilder builder) throws SSLException {
        SslContext context = builder.endpointIdentificationAlgorithm("HTTPS").build();
        return context::newHandler;
    }
}
