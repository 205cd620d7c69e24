package io.ringgate.auth.basic;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.apache.commons.codec.digest.UnixCrypt;

/** The supported formats of password hashes. Checking most of them is slow by intent: never on an event loop. */
enum HashFormat {
    /** Passwords beyond 72 bytes are cut there, as every program that writes htpasswd does. */
    BCRYPT("bcrypt", Range.BCRYPT_COST, "\\$2[aby]\\$(?<cost>[0-3][0-9])\\$[./A-Za-z0-9]{53}", "$2y$%02d$", 53) {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            BCrypt.Version version = BCrypt.Version.VERSION_2Y;
            return BCrypt.verifyer(version, LongPasswordStrategies.truncate(version))
                    .verify(password, hash.text().reveal())
                    .verified;
        }
    },
    SHA_256_CRYPT("SHA-256-crypt", Range.ROUNDS, crypt("5", 43), "$5$rounds=%d$ringgate$", 43) {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            return same(Sha2Crypt.sha256Crypt(password.clone(), hash.text().revealText()), hash);
        }
    },
    SHA_512_CRYPT("SHA-512-crypt", Range.ROUNDS, crypt("6", 86), "$6$rounds=%d$ringgate$", 86) {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            return same(Sha2Crypt.sha512Crypt(password.clone(), hash.text().revealText()), hash);
        }
    },
    /** Apache's salted MD5, 1,000 rounds. Weak, and what many sites still have. */
    APR1("apr1", Range.FIXED, "\\$apr1\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}", "$apr1$ringgate$", 22) {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            return same(Md5Crypt.apr1Crypt(password.clone(), hash.text().revealText()), hash);
        }
    },
    /** The same under the mark of Unix: what {@code openssl passwd} writes unless told otherwise. */
    MD5_CRYPT("MD5-crypt", Range.FIXED, "\\$1\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}", "$1$ringgate$", 22) {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            return same(Md5Crypt.md5Crypt(password.clone(), hash.text().revealText()), hash);
        }
    },
    /** One round of SHA-1 without salt: a table of common passwords opens it. */
    SHA_1("{SHA}", Range.FIXED, "\\{SHA}[A-Za-z0-9+/]{27}=", "{SHA}", 27) {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-1").digest(password);
                return same("{SHA}" + Base64.getEncoder().encodeToString(digest), hash);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-1", e);
            }
        }

        @Override
        String filled() {
            return super.filled() + "=";
        }
    },
    /**
     * One round of SHA-256, salted: salt, dot and digest, both in base64 for URLs. Enough for a random secret of 256 bits,
     * which nobody guesses, and for no password that a person chose: the password file may not hold it.
     */
    SALTED_SHA_256(
            "salted SHA-256", Range.RANDOM, "[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}", "ringgateringgateringga.", 43) {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            String salt = hash.text().revealText().substring(0, GeneratedSecret.SALT_LENGTH);
            return same(GeneratedSecret.hash(salt, password), hash);
        }
    },
    /** Only the first eight bytes of a password count, seven bits of each. */
    DES_CRYPT("DES crypt", Range.FIXED, "[./A-Za-z0-9]{13}", "", 13) {
        @Override
        boolean matches(byte[] password, StoredHash hash) {
            return same(UnixCrypt.crypt(password.clone(), hash.text().revealText()), hash);
        }
    };

    /**
     * Which costs are accepted: with too low a cost a stolen file can be cracked, with too high a cost every wrong guess takes
     * too much of our time.
     */
    private enum Range {
        BCRYPT_COST("cost", 4, 13),
        ROUNDS("rounds", 1_000, 100_000),
        /** None can be written, and it is little. */
        FIXED("", 0, 0),
        /** Little is enough. */
        RANDOM("", 0, 0);

        private final String unit;
        private final int lowest;
        private final int highest;

        Range(String unit, int lowest, int highest) {
            this.unit = unit;
            this.lowest = lowest;
            this.highest = highest;
        }
    }

    private final String title;
    private final Range range;
    private final Pattern pattern;
    private final String head;
    private final int length;

    HashFormat(String title, Range range, String pattern, String head, int length) {
        this.title = title;
        this.range = range;
        this.pattern = Pattern.compile(pattern);
        this.head = head;
        this.length = length;
    }

    abstract boolean matches(byte[] password, StoredHash hash);

    private static boolean same(String computed, StoredHash hash) {
        return MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.US_ASCII), hash.text().reveal());
    }

    private static String crypt(String mark, int length) {
        return "\\$" + mark + "\\$(rounds=(?<cost>0|[1-9][0-9]{0,8})\\$)?[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{" + length
                + "}";
    }

    /** Its name in messages. */
    String title() {
        return title;
    }

    /** True when the passwords can be recovered from a stolen file. */
    boolean isWeak() {
        return range == Range.FIXED;
    }

    /** True when the password file may have it. */
    boolean isForPasswords() {
        return range != Range.RANDOM;
    }

    /** Empty for an accepted cost, else what is wrong with it. */
    String fault(int cost) {
        return cost >= range.lowest && cost <= range.highest
                ? ""
                : "a " + title + " hash of " + range.unit + " " + cost + ", allowed are " + range.lowest + " to "
                        + range.highest + ",";
    }

    int highestCost() {
        return range.highest;
    }

    int lowestCost() {
        return range.lowest;
    }

    Matcher read(String text) {
        return pattern.matcher(text);
    }

    /** A hash of this format and cost that matches no password. */
    String dummy(int cost) {
        return head.formatted(cost) + filled();
    }

    String filled() {
        return "e".repeat(length);
    }
}
