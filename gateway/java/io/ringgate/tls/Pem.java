package io.ringgate.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM file. Text around blocks is a comment, as usual. */
final class Pem {

    private static final long LARGEST = 1 << 20;
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]+)-----\\s*((?:[A-Za-z0-9-]+:[^\\n]*\\n\\s*)*)([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private final String type;
    private final String headers;
    private final byte[] der;
    private final int line;

    private Pem(String type, String headers, byte[] der, int line) {
        this.type = type;
        this.headers = headers;
        this.der = der;
        this.line = line;
    }

    /** What stands after BEGIN, for example {@code CERTIFICATE}. */
    String type() {
        return type;
    }

    boolean encrypted() {
        return type.startsWith("ENCRYPTED") || headers.contains("ENCRYPTED");
    }

    /** Where it begins, from 1 on. */
    int line() {
        return line;
    }

    /** The content itself, not a copy. */
    byte[] der() {
        return der;
    }

    static List<Pem> read(Path file) throws TlsProblem {
        return read(file, text(file, LARGEST));
    }

    /** @param text what is in the file */
    static List<Pem> read(Path file, String text) throws TlsProblem {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        int line = 1;
        int counted = 0;
        while (matcher.find()) {
            for (; counted < matcher.start(); counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            try {
                byte[] der = Base64.getMimeDecoder().decode(matcher.group(3));
                blocks.add(new Pem(matcher.group(1), matcher.group(2), der, line));
            } catch (IllegalArgumentException e) {
                throw new TlsProblem(file + " holds a PEM block whose base64 is broken: write the file again", e);
            }
        }
        return blocks;
    }

    /** All certificates of the file, at least one. */
    static List<X509Certificate> certificates(Path file) throws TlsProblem {
        return List.copyOf(certificatesByLine(file).values());
    }

    /** All certificates of the file, at least one, by the lines in which they begin, in their order. */
    static Map<Integer, X509Certificate> certificatesByLine(Path file) throws TlsProblem {
        Map<Integer, X509Certificate> found = new LinkedHashMap<>();
        for (Pem block : read(file)) {
            if (block.type.equals("CERTIFICATE")) {
                found.put(block.line, block.certificate(file));
            }
        }
        if (found.isEmpty()) {
            throw new TlsProblem(file + " holds no PEM certificate: it needs a block -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    private X509Certificate certificate(Path file) throws TlsProblem {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TlsProblem(file + " holds a certificate that cannot be decoded: write the file again", e);
        }
    }

    /** Every byte as one character. */
    static String text(Path file, long largest) throws TlsProblem {
        try {
            if (Files.size(file) > largest) {
                throw new TlsProblem(file + " is larger than " + (largest >> 20) + " MiB: name a PEM file");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsProblem(file + " does not exist", e);
        } catch (IOException e) {
            throw new TlsProblem(file + " cannot be read (" + e.getClass().getSimpleName() + "): check its rights", e);
        }
    }
}
