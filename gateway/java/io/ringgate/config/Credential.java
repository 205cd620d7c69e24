package io.ringgate.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By what an edge proves itself.
 *
 * @param proof which proof; never holds a secret
 * @param notAfter from when on it proves nothing; absent for never
 * @param note for the operator; empty without
 */
public record Credential(Proof proof, @Nullable Instant notAfter, String note) {

    /** Its kind, and what tells it from others of the kind. */
    public sealed interface Proof {

        /** As metrics and status name it. */
        String name();
    }

    /** A user of the htpasswd file. */
    public record Basic(String user) implements Proof {

        @Override
        public String name() {
            return "basic:" + user;
        }
    }

    /**
     * A client certificate.
     *
     * @param value of the field, as {@link CertificateField#spelled} has it
     */
    public record Certificate(CertificateField field, String value) implements Proof {

        @Override
        public String name() {
            return "certificate:" + field.key() + "=" + value;
        }
    }
}
