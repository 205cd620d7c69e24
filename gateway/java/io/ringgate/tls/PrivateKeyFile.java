package io.ringgate.tls;

import io.ringgate.config.CertificateFiles;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The private key that belongs to a certificate.
 *
 * <p>Three PEM forms are about: PKCS#8 ({@code PRIVATE KEY}), and the older {@code RSA PRIVATE KEY} and {@code EC PRIVATE
 * KEY}, which lack the name of their algorithm. That name is the same in the certificate's public key, so an older form
 * is wrapped with it into PKCS#8 (RFC 5208, section 5), which is all that Java reads.
 */
final class PrivateKeyFile {

    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {2, 1, 0};

    private PrivateKeyFile() {}

    static PrivateKey read(CertificateFiles files, PublicKey owner) throws TlsProblem {
        Path file = files.keyFile();
        String algorithm = owner.getAlgorithm();
        String signature = SIGNATURES.get(algorithm);
        if (signature == null) {
            throw new TlsProblem(files.certFile() + " has a key of type " + algorithm + ": use RSA or EC (P-256)");
        }
        Pem pem = only(file);
        PrivateKey key;
        try {
            key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8(pem, owner)));
        } catch (GeneralSecurityException e) {
            throw mismatch(files, e);
        }
        if (!fits(key, owner, signature)) {
            throw mismatch(files, null);
        }
        return key;
    }

    private static Pem only(Path file) throws TlsProblem {
        for (Pem block : Pem.read(file)) {
            if (block.encrypted()) {
                throw new TlsProblem(file + " is an encrypted key: decrypt it with"
                        + " `openssl pkey -in KEY -out PLAIN` and name that file");
            }
            if (block.type().endsWith("PRIVATE KEY")) {
                return block;
            }
        }
        throw new TlsProblem(file + " holds no PEM private key: it needs a block -----BEGIN PRIVATE KEY-----");
    }

    private static byte[] pkcs8(Pem pem, PublicKey owner) {
        if (pem.type().equals("PRIVATE KEY")) {
            return pem.der();
        }
        byte[] octets = tagged(OCTET_STRING, pem.der());
        return tagged(SEQUENCE, VERSION_0, algorithmIdentifier(owner.getEncoded()), octets);
    }

    /** The first element of the outer sequence of a SubjectPublicKeyInfo, with its tag and length. */
    private static byte[] algorithmIdentifier(byte[] publicKey) {
        int from = (publicKey[1] & 0x80) == 0 ? 2 : 2 + (publicKey[1] & 0x7f);
        int length = 2 + publicKey[from + 1];
        byte[] out = new byte[length];
        System.arraycopy(publicKey, from, out, 0, length);
        return out;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            out.write(0x83);
            out.write(length >> 16);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static boolean fits(PrivateKey key, PublicKey owner, String signature) {
        byte[] probe = {1, 2, 3};
        try {
            Signature signer = Signature.getInstance(signature);
            signer.initSign(key);
            signer.update(probe);
            byte[] signed = signer.sign();
            Signature verifier = Signature.getInstance(signature);
            verifier.initVerify(owner);
            verifier.update(probe);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static TlsProblem mismatch(CertificateFiles files, @Nullable Throwable cause) {
        String sentence = "the key in " + files.keyFile() + " does not match the first certificate in "
                + files.certFile() + ": name a pair that belongs together, the server's own certificate first";
        return cause == null ? new TlsProblem(sentence) : new TlsProblem(sentence, cause);
    }
}
