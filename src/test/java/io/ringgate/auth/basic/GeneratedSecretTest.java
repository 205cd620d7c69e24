package io.ringgate.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.secret.Secret;
import io.ringgate.testing.TestEdges;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GeneratedSecretTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static boolean proves(String secret, String hash) {
        return HashFormat.SALTED_SHA_256.matches(
                secret.getBytes(StandardCharsets.UTF_8), StoredHash.generated(Secret.of(hash)));
    }

    @Test
    void only_the_secret_itself_proves() {
        GeneratedSecret made = GeneratedSecret.of(RANDOM);
        GeneratedSecret other = GeneratedSecret.of(RANDOM);

        assertThat(proves(made.secret().revealText(), made.hash())).isTrue();
        assertThat(proves(other.secret().revealText(), made.hash())).isFalse();
        assertThat(proves(made.hash(), made.hash())).isFalse();
        assertThat(proves("", made.hash())).isFalse();
    }

    /** The digest of "salt, then secret", from a second implementation: the openssl program. */
    @Test
    void the_hash_is_sha_256_over_salt_and_secret() {
        assertThat(GeneratedSecret.hash("ssssssssssssssssssssss", "secret".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("ssssssssssssssssssssss.C7h4Bs-sKpCANB9s3zRx43z1s9sEoRMjaIzVp4eweK4");
    }

    @Test
    void the_same_secret_twice_has_two_hashes_and_every_secret_is_new() {
        GeneratedSecret one = GeneratedSecret.of(RANDOM);
        GeneratedSecret two = GeneratedSecret.of(RANDOM);

        assertThat(one.secret()).isNotEqualTo(two.secret());
        assertThat(one.hash()).hasSize(66).isNotEqualTo(two.hash());
        assertThat(one.hash().substring(0, 22)).isNotEqualTo(two.hash().substring(0, 22));
        assertThat(one.secret().length()).as("256 bits in base64").isEqualTo(43);
        assertThat(one).asString().doesNotContain(one.secret().revealText());
    }

    @Test
    void a_stand_in_is_of_the_form_and_nobody_has_its_secret() {
        StoredHash dummy = StoredHash.dummy(HashFormat.SALTED_SHA_256, 0);

        assertThat(HashFormat.SALTED_SHA_256.read(dummy.text().revealText()).matches())
                .isTrue();
        assertThat(proves("e", dummy.text().revealText())).isFalse();
    }

    @Test
    void the_password_file_may_not_hold_one() {
        String hash = GeneratedSecret.of(RANDOM).hash();
        Htpasswd file = Htpasswd.parse("agent:" + hash);

        assertThat(file.users()).isEmpty();
        assertThat(file.warnings()).isNotEmpty();
    }

    @Test
    void an_edges_own_hash_counts_and_the_password_file_needs_no_line_for_him() {
        GeneratedSecret made = GeneratedSecret.of(RANDOM);

        Users users = Users.of(
                Htpasswd.parse("agent:$apr1$24TaCi9j$h5aZgbAsV24hGa0Ha9vba."),
                Map.of(
                        "agent",
                        new Users.Entry(TestEdges.login(TestEdges.edge("edge", "team")), Secret.of(made.hash()))));

        assertThat(users.warnings()).isEmpty();
        assertThat(Objects.requireNonNull(users.find("agent")).hash())
                .isEqualTo(StoredHash.generated(Secret.of(made.hash())));
    }
}
