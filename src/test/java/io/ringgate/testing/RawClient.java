package io.ringgate.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client that sends exactly the bytes it is given and reads answers one by one. */
public final class RawClient implements AutoCloseable {

    private static final int MOST_MILLIS = 15_000;

    private final Socket socket;
    private final Socket transport;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this(socket, socket);
    }

    /** @param transport the TCP connection below */
    private RawClient(Socket socket, Socket transport) throws IOException {
        this.transport = transport;
        socket.setSoTimeout(MOST_MILLIS);
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawClient plain(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** From another address of this machine. */
    public static RawClient plain(int port, InetAddress from) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port, from, 0));
    }

    /** Over TLS, after bytes that go before it. */
    public static RawClient tls(int port, Path ca, byte[] first) throws IOException {
        Socket below = new Socket(InetAddress.getLoopbackAddress(), port);
        below.getOutputStream().write(first);
        SSLSocket socket = (SSLSocket) trusting(ca).getSocketFactory().createSocket(below, "localhost", port, true);
        socket.startHandshake();
        return new RawClient(socket);
    }

    /** Over TLS, trusting the authority, offering the protocols by ALPN. */
    public static RawClient tls(int port, Path ca, String... protocols) throws IOException {
        return tls(trusting(ca), port, protocols);
    }

    /** The same, showing the certificate when asked for one. */
    public static RawClient tlsAs(int port, Path ca, Path certificate, Path key) throws IOException {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(held(certificate, key), new char[0]);
            return tls(trusting(ca, own.getKeyManagers()), port);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static KeyStore held(Path certificate, Path key) throws IOException, GeneralSecurityException {
        byte[] pkcs8 = Base64.getMimeDecoder()
                .decode(Files.readString(key)
                        .replaceAll("-----[A-Z ]+-----", "")
                        .strip());
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            store.setKeyEntry(
                    "own",
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                    new char[0],
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(pem)
                            .toArray(Certificate[]::new));
        }
        return store;
    }

    private static RawClient tls(SSLContext context, int port, String... protocols) throws IOException {
        Socket below = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(below, "localhost", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new RawClient(socket, below);
    }

    public static SSLContext trusting(Path ca) throws IOException {
        return trusting(ca, null);
    }

    private static SSLContext trusting(Path ca, KeyManager @Nullable [] own) throws IOException {
        try (InputStream pem = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** What ALPN agreed on, empty when nothing. */
    public String protocol() {
        return ((SSLSocket) socket).getApplicationProtocol();
    }

    /** The DNS names of the certificate that was shown. */
    public List<String> peerNames() throws IOException {
        try {
            X509Certificate shown =
                    (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
            return shown.getSubjectAlternativeNames().stream()
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            throw new IOException(e);
        }
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(Request request) throws IOException {
        return send(request.bytes());
    }

    /** The next answer, a 100 included. */
    public RawAnswer answer() throws IOException {
        return answer(true);
    }

    /** The next answer, or null while nothing of it has come. */
    public @Nullable RawAnswer answerIfThere() {
        try {
            return in.available() == 0 ? null : answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer, which is to a HEAD and so has no body. */
    public RawAnswer answerToHead() throws IOException {
        return answer(false);
    }

    private RawAnswer answer(boolean withBody) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the connection ended after " + head);
            }
            head.write(b);
        }
        List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
        int status = Integer.parseInt(lines.getFirst().substring(9, 12));
        RawAnswer empty = new RawAnswer(status, lines.subList(1, lines.size() - 1), "");
        if (!withBody || !empty.has("Content-Length")) {
            return empty;
        }
        byte[] body = in.readNBytes(Integer.parseInt(empty.header("Content-Length")));
        return new RawAnswer(status, empty.headers(), new String(body, StandardCharsets.UTF_8));
    }

    /** All that still comes before the gateway ends its half; empty when it sends nothing more. */
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Closes the TCP connection without a close_notify. */
    public void reset() throws IOException {
        transport.setSoLinger(true, 0);
        transport.close();
    }

    /** Ends the sending half by close_notify, and leaves the TCP connection as it is. */
    public void closeNotify() throws IOException {
        ((SSLSocket) socket).shutdownOutput();
    }

    /** Ends the sending half of the TCP connection, without a close_notify. */
    public void fin() throws IOException {
        transport.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
