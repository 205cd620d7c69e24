package io.ringgate.cli.demo;

import static io.ringgate.cli.demo.DerWriter.bits;
import static io.ringgate.cli.demo.DerWriter.integer;
import static io.ringgate.cli.demo.DerWriter.octets;
import static io.ringgate.cli.demo.DerWriter.oid;
import static io.ringgate.cli.demo.DerWriter.sequence;
import static io.ringgate.cli.demo.DerWriter.set;
import static io.ringgate.cli.demo.DerWriter.tagged;
import static io.ringgate.cli.demo.DerWriter.text;
import static io.ringgate.cli.demo.DerWriter.time;
import static io.ringgate.cli.demo.DerWriter.yes;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * A certificate authority for one demo: it lives a month at most, and its key never leaves memory. Java reads certificates
 * but has no public way to sign one, and a newcomer may have no openssl, so the X.509 structure (RFC 5280) is written here.
 */
final class DemoAuthority {

    private static final Duration LIFE = Duration.ofDays(30);
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final String NAME = "Ringgate demo authority";
    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
    private static final int KEY_ID_BYTES = 20;
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final KeyPair keys = newKeys();
    private final SecureRandom random = new SecureRandom();
    private final byte[] validity;
    private final String certificate;

    DemoAuthority(Instant now) {
        this.validity = sequence(time(now.minus(CLOCK_SKEW)), time(now.plus(LIFE)));
        this.certificate = certificate(
                NAME,
                keys.getPublic(),
                extension("2.5.29.19", yes(), sequence(yes())), // basicConstraints: an authority
                extension("2.5.29.15", yes(), bits(1, new byte[] {0x06}))); // keyUsage: keyCertSign, cRLSign
    }

    /** Its own certificate, PEM. */
    String certificate() {
        return certificate;
    }

    /** A certificate for this machine's own names, and its key, both PEM. */
    Issued issueForLoopback() {
        KeyPair server = newKeys();
        byte[] names = sequence(
                tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
                tagged(0x87, LOOPBACK_4),
                tagged(0x87, LOOPBACK_6));
        String pem = certificate(
                "localhost",
                server.getPublic(),
                extension("2.5.29.19", yes(), sequence()), // basicConstraints: not an authority
                extension("2.5.29.15", yes(), bits(7, new byte[] {(byte) 0x80})), // keyUsage: digitalSignature
                extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.1"))), // extKeyUsage: serverAuth
                extension("2.5.29.17", names)); // subjectAltName
        return new Issued(pem, pem("PRIVATE KEY", server.getPrivate().getEncoded()));
    }

    /** What {@link #issueForLoopback} gives. */
    record Issued(String certificate, String key) {
        @Override
        public String toString() {
            return "Issued[" + certificate + "]";
        }
    }

    private String certificate(String subject, PublicKey key, byte[]... extensions) {
        byte[][] all = Arrays.copyOf(extensions, extensions.length + 2);
        all[extensions.length] = extension("2.5.29.14", octets(keyId(key))); // subjectKeyIdentifier
        all[extensions.length + 1] =
                extension("2.5.29.35", sequence(tagged(0x80, keyId(keys.getPublic())))); // authorityKeyIdentifier
        byte[] body = sequence(
                tagged(0xa0, integer(BigInteger.TWO)), // version 3
                integer(new BigInteger(126, random).setBit(126)),
                ECDSA_WITH_SHA256,
                name(NAME),
                validity,
                name(subject),
                key.getEncoded(),
                tagged(0xa3, sequence(all)));
        return pem("CERTIFICATE", sequence(body, ECDSA_WITH_SHA256, bits(0, sign(keys.getPrivate(), body))));
    }

    private static byte[] name(String commonName) {
        return sequence(set(sequence(oid("2.5.4.3"), text(commonName))));
    }

    /** The last part is the value; one before it says that the extension is critical. */
    private static byte[] extension(String id, byte[]... parts) {
        byte[][] all = new byte[parts.length + 1][];
        all[0] = oid(id);
        System.arraycopy(parts, 0, all, 1, parts.length);
        all[parts.length] = octets(parts[parts.length - 1]);
        return sequence(all);
    }

    private static byte[] keyId(PublicKey key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    private static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with P-256", e);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }
}
