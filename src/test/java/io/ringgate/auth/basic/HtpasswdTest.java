package io.ringgate.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes here were made by Apache's htpasswd, except those that say otherwise. */
class HtpasswdTest {

    private static final String BCRYPT = "$2y$05$NAxD9DyG3NyTpT3ZZ9swgOHpAbAdbgpyv4wdCkny53BIpCkGHE01i";
    private static final String APR1 = "$apr1$24TaCi9j$h5aZgbAsV24hGa0Ha9vba.";

    private static boolean matches(String hash, String password) {
        StoredHash stored = Objects.requireNonNull(StoredHash.parse(hash));
        return stored.form().matches(password.getBytes(StandardCharsets.UTF_8), stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BCRYPT,
                APR1,
                "{SHA}L55TUjtiq8FBorTWAZ0jy6g129A=",
                "$5$.SSgvfC4cpaynuIl$G0feebUCwFQOm5WVTqmiWUwOQzMfSHyVJlGfr1WvRj9",
                "$5$rounds=1000$VXUFFCoQkpXtB6RN$ky3L4SRjQlXkij3TjRDyPpHDfONJT1WypFBwFcAXlW6",
                "$6$vILeqU34QXjLIIq6$65Qaa7dL/JXi/qze1K.VUF93cMHrqKkyp8uP3a90RZMtxe/rLU.IrOehpiQHscL7nihOTatOf53rlQ4cpVQzw1",
                "$6$rounds=1000$LFpwHT0koyQ0aJEI$3RVWf6QOaug2DTM20yIzCJon1IgDobZqltCL5dGdslFaF0GUZKBkTxqjPP8f9kwNTtVHz7JgDuA0U8ql3vTng0",
                "$1$xk44sVSZ$2nxrZoKhQNtKGYONq1ZiV1"
            })
    void the_right_password_matches_and_others_do_not(String hash) {
        assertThat(matches(hash, "correct horse")).isTrue();
        assertThat(matches(hash, "Correct horse")).isFalse();
        assertThat(matches(hash, "correct horses")).isFalse();
        assertThat(matches(hash, "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2y$05$CkhNpLl.Yh8gMZm9N.PXOe1e4mCVGW/hkXSduT9ViUuslbW6Tqwvy",
                "$apr1$QwX/6yfV$NWKWvyh.7EA8iRK5Qwud0.",
                "{SHA}6kdxF5LzLTf9SbwrqqMIsD/Lzbc=",
                "zRIQa3m8iRGHc",
                "$5$IOZgfSqxzkTlMoa8$7Ps3CsyMsDK0YSDRR6d4832/0i9SKS5MbrxX620C1W5",
                "$6$QOhcfOWjC8WVnG2H$asFaLRnpWjxfk7mFcymXfFVUsxcKFhknHDWd0YzEcaWVf24w0eChB8wrBNLUzMlHDOnDu/UjGba/1NsG5Fo251"
            })
    void passwords_are_utf_8(String hash) {
        assertThat(matches(hash, "пароль-密码")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "71,$2y$04$TBnkP3u90eKr7Bl6Ma0qJe95mntdREDlDuKBxLeEhq8kZOklsyC2u",
        "72,$2y$04$eZs1PvEuUeNEV2zHeSWEpucr.w8K5mVeV8lt3RpM9RUpVxjZ0xG6q",
        "80,$2y$04$.vaaX6ImKeKvek/FOChPwe8dpCNy5rBqM/V0XdKgcyHj4WzH2WyKu",
        "80,$apr1$wsl/78w4$Y/L.xJFbS7rz4NklRZcN.0"
    })
    void long_passwords_match_as_apache_has_hashed_them(int length, String hash) {
        assertThat(matches(hash, "a".repeat(length))).isTrue();
        assertThat(matches(hash, "a".repeat(length - 10))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void the_three_marks_of_bcrypt_mean_the_same(String mark) {
        assertThat(matches(mark + BCRYPT.substring(4), "correct horse")).isTrue();
    }

    @Test
    void a_file_of_bcrypt_hashes_is_clean() {
        assertThat(Htpasswd.parse("a:" + BCRYPT + "\nb:" + BCRYPT + "\n").warnings())
                .isEmpty();
    }

    @Test
    void comments_blank_lines_and_a_third_field_are_passed_over() {
        Htpasswd file = Htpasswd.parse("# edges\r\n\r\n  \nedge-2:" + BCRYPT + "\r\nedge-3:" + APR1 + ":made in May\n");

        assertThat(file.hashes()).containsOnlyKeys("edge-2", "edge-3");
        assertThat(file.warnings()).extracting(Htpasswd.Warning::line).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "open sesame",
                "$6$salt$hash",
                "$2y$05$short",
                "{SHA}EfatjsUqKYSrqv18O1FlA3hcIHI",
                "{SSHA}u8HCN1T8FjXJlqK0BpVKhgOZ0WdHZWFt",
                "{PLAIN}secret",
                "$5$$BL2i3WpLL1cUCWPdJBi8D9cwMSvfo1hUzP65LRwe9u3",
                "$6$rounds=05000$saltstring$.r0X7ub5wGR2v4Xz7svCIozfnlorFh19V89t8KC9Umd81uGhFgsyTRNyzQDXDIm17fFcR9z3z7oBNdsyYBbtm/",
                ""
            })
    void a_form_that_is_not_read_is_a_warning_and_leaves_the_others_alone(String hash) {
        Htpasswd file = Htpasswd.parse("edge-2:" + BCRYPT + "\nedge-3:" + hash + "\nedge-4:" + BCRYPT);

        assertThat(file.hashes()).containsOnlyKeys("edge-2", "edge-4");
        assertThat(file.warnings())
                .containsExactly(new Htpasswd.Warning(
                        2,
                        "user \"edge-3\" has a hash of a form that is not read and cannot log in:"
                                + " write it again with `htpasswd -B FILE USER`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "open sesame", "Passw0rd12345", "$apr1$xxxxxxxx$Passw0rdPassw0rd123456"})
    void a_plain_password_in_the_file_lets_nobody_in_with_it(String plain) {
        StoredHash hash = Htpasswd.parse("edge:" + plain).hashes().get("edge");

        assertThat(hash == null || !hash.form().matches(plain.getBytes(StandardCharsets.UTF_8), hash))
                .isTrue();
    }

    @Test
    void weak_forms_are_one_warning_for_all_who_have_one() {
        Htpasswd file = Htpasswd.parse("a:" + BCRYPT + "\nb:" + APR1 + "\nc:Osgj7V7IofZ6A\nd:" + APR1);

        assertThat(file.hashes()).hasSize(4);
        assertThat(file.warnings())
                .containsExactly(new Htpasswd.Warning(
                        2,
                        "3 users have weak hashes (apr1 2, DES crypt 1) and can log in, but whoever steals this file"
                                + " finds the passwords: write them again with `htpasswd -B FILE USER`"));
    }

    @ParameterizedTest
    @CsvSource({
        "$5$rounds=999$saltstring$BL2i3WpLL1cUCWPdJBi8D9cwMSvfo1hUzP65LRwe9u3,SHA-256-crypt,999",
        "$5$rounds=100001$saltstring$BL2i3WpLL1cUCWPdJBi8D9cwMSvfo1hUzP65LRwe9u3,SHA-256-crypt,100001",
        "$6$rounds=999999999$saltstring$.r0X7ub5wGR2v4Xz7svCIozfnlorFh19V89t8KC9Umd81uGhFgsyTRNyzQDXDIm17fFcR9z3z7oBNdsyYBbtm/,SHA-512-crypt,999999999"
    })
    void rounds_out_of_bounds_are_a_warning(String hash, String form, int rounds) {
        Htpasswd file = Htpasswd.parse("edge:" + hash);

        assertThat(file.hashes()).isEmpty();
        assertThat(file.warnings())
                .containsExactly(new Htpasswd.Warning(
                        1,
                        "user \"edge\" has a " + form + " hash of rounds " + rounds + ", allowed are 1000 to 100000,"
                                + " and cannot log in: write it again with `htpasswd -B FILE USER`"));
    }

    @Test
    void crypt_looks_at_eight_bytes_only() {
        assertThat(matches("Osgj7V7IofZ6A", "correct ")).isTrue();
        assertThat(matches("Osgj7V7IofZ6A", "correct")).isFalse();
    }

    @Test
    void the_first_line_of_a_user_counts() {
        Htpasswd file = Htpasswd.parse("edge:" + APR1 + "\nedge:" + BCRYPT);

        assertThat(Objects.requireNonNull(file.hashes().get("edge")).form()).isEqualTo(HashFormat.APR1);
        assertThat(file.warnings())
                .contains(new Htpasswd.Warning(
                        2, "user \"edge\" is in an earlier line, and the first line counts: remove one of them"));
    }

    @Test
    void a_first_line_that_locks_a_user_out_is_not_undone_by_an_older_one_below() {
        Htpasswd file = Htpasswd.parse("edge:!locked\nedge:" + APR1);

        assertThat(file.hashes()).isEmpty();
        assertThat(file.warnings()).extracting(Htpasswd.Warning::line).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 14, 31})
    void a_bcrypt_cost_out_of_bounds_is_a_warning(int cost) {
        Htpasswd file = Htpasswd.parse("edge:$2y$%02d$%s".formatted(cost, BCRYPT.substring(7)));

        assertThat(file.hashes()).isEmpty();
        assertThat(file.warnings())
                .containsExactly(
                        new Htpasswd.Warning(
                                1,
                                "user \"edge\" has a bcrypt hash of cost " + cost
                                        + ", allowed are 4 to 13, and cannot log in: write it again with `htpasswd -B FILE USER`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", ":" + APR1})
    void a_line_without_user_or_hash_is_a_warning(String line) {
        assertThat(Htpasswd.parse(line).warnings())
                .containsExactly(new Htpasswd.Warning(1, "this is not USER:HASH: correct the line or remove it"));
    }

    @Test
    void no_hash_is_ever_printed() {
        Htpasswd file = Htpasswd.parse("edge:" + APR1 + "\nold:{SHA}EfatjsUqKYSrqv18O1FlA3hcIHI=");

        assertThat(file + " " + file.hashes() + " " + file.warnings())
                .doesNotContain("24TaCi9j")
                .doesNotContain("Efatjs");
    }

    @Test
    void a_file_with_a_byte_that_is_not_utf_8_keeps_its_other_users(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("htpasswd");
        Files.write(path, ("# K\u00f6ln\nedge:" + APR1).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Htpasswd.load(path).hashes()).containsOnlyKeys("edge");
    }

    @ParameterizedTest
    @CsvSource({
        "BCRYPT,4",
        "SHA_256_CRYPT,1000",
        "SHA_512_CRYPT,5000",
        "APR1,0",
        "MD5_CRYPT,0",
        "SHA_1,0",
        "DES_CRYPT,0"
    })
    void a_stand_in_is_hashed_like_a_real_one_and_never_matches(HashFormat form, int cost) {
        StoredHash dummy = StoredHash.dummy(form, cost);

        assertThat(StoredHash.parse(dummy.text().revealText())).isEqualTo(dummy);
        assertThat(form.matches(new byte[] {'x'}, dummy)).isFalse();
    }
}
