package io.ringgate.auth.basic;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.Md5Crypt;

/** The forms of password hash that are read. Checking is slow by intent: never on an event loop. */
enum HashForm {
    /** Passwords beyond 72 bytes are cut there, as every program that writes htpasswd does. */
    BCRYPT {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            BCrypt.Version version = BCrypt.Version.VERSION_2Y;
            return BCrypt.verifyer(version, LongPasswordStrategies.truncate(version))
                    .verify(password, hash.text().reveal())
                    .verified;
        }
    },
    /** Apache's salted MD5, 1,000 rounds. Weak, and what many sites still have. */
    APR1 {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            String computed = Md5Crypt.apr1Crypt(password.clone(), hash.text().revealText());
            return MessageDigest.isEqual(
                    computed.getBytes(StandardCharsets.US_ASCII), hash.text().reveal());
        }
    };

    abstract boolean matches(byte[] password, StoredHash hash);
}
