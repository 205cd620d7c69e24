package io.ringgate.tls;

import java.security.cert.CertificateParsingException;
import java.util.Arrays;

/** Reads elements of DER one after the other. One thread. */
final class Der {

    static final int SEQUENCE = 0x30;
    static final int OCTET_STRING = 0x04;

    private static final int LONG_FORM = 0x80;
    private static final int LONGEST_LENGTH = 3;
    private static final int MULTI_BYTE_TAG = 0x1f;

    private final byte[] bytes;
    private int at;

    Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What stands between a tag and the next. */
    static final class Element {

        private final int tag;
        private final byte[] content;

        private Element(int tag, byte[] content) {
            this.tag = tag;
            this.content = content;
        }

        /** Its first byte as it stands there. */
        int tag() {
            return tag;
        }

        /** Not a copy. */
        byte[] content() {
            return content;
        }

        /** What is inside. */
        Der elements() {
            return new Der(content);
        }
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    Element next() throws CertificateParsingException {
        int tag = octet();
        if ((tag & MULTI_BYTE_TAG) == MULTI_BYTE_TAG) {
            throw new CertificateParsingException("a tag of several bytes");
        }
        int length = octet();
        if (length >= LONG_FORM) {
            int octets = length - LONG_FORM;
            if (octets == 0 || octets > LONGEST_LENGTH) {
                throw new CertificateParsingException("a length that DER does not allow");
            }
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | octet();
            }
        }
        if (length > bytes.length - at) {
            throw new CertificateParsingException("it is truncated");
        }
        at += length;
        return new Element(tag, Arrays.copyOfRange(bytes, at - length, at));
    }

    /** The next element, which is of this tag. */
    Der next(int tag) throws CertificateParsingException {
        Element element = next();
        if (element.tag() != tag) {
            throw new CertificateParsingException("another element than expected");
        }
        return element.elements();
    }

    /** What is left. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    private int octet() throws CertificateParsingException {
        if (at == bytes.length) {
            throw new CertificateParsingException("it is truncated");
        }
        return bytes[at++] & 0xff;
    }
}
