package io.ringgate.forward.attempts;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.ringgate.forward.connections.ReceiverTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** TLS for stand-in receivers: a throw-away certificate for 127.0.0.1, made by the JDK's keytool. */
final class TlsFiles {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore keys;

    private TlsFiles(KeyStore keys) {
        this.keys = keys;
    }

    static TlsFiles create(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("receiver.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=receiver",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool made no certificate");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return new TlsFiles(keys);
    }

    ServerSocket server() throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    ReceiverTls trusting() throws SSLException, GeneralSecurityException {
        return secured(SslContextBuilder.forClient().trustManager((X509Certificate) keys.getCertificate("receiver")));
    }

    static ReceiverTls untrusting() throws SSLException {
        return secured(SslContextBuilder.forClient());
    }

    private static ReceiverTls secured(SslContextBuilder builder) throws SSLException {
        SslContext context = builder.endpointIdentificationAlgorithm("HTTPS").build();
        return context::newHandler;
    }
}
