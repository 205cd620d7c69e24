package io.ringgate.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DummyHashesTest {

    private static final StoredHash BCRYPT = StoredHash.dummy(HashFormat.BCRYPT, 10);
    private static final StoredHash APR1 = StoredHash.dummy(HashFormat.APR1, 0);
    private static final int NAMES = 4_000;

    /** So many of bcrypt and of apr1, each with another salt. */
    private static List<StoredHash> inUse(int bcrypts, int aprs) {
        List<StoredHash> all = new ArrayList<>();
        for (int i = 0; i < bcrypts; i++) {
            all.add(parse("$2y$10$" + "%053d".formatted(i + 500)));
        }
        for (int i = 0; i < aprs; i++) {
            all.add(parse("$apr1$" + "%08d".formatted(i) + "$h5aZgbAsV24hGa0Ha9vba."));
        }
        return all;
    }

    private static StoredHash parse(String text) {
        return Objects.requireNonNull(StoredHash.parse(text));
    }

    private static List<StoredHash> chosen(List<StoredHash> inUse) {
        DummyHashes dummyHashes = new DummyHashes(inUse);
        List<StoredHash> chosen = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            chosen.add(dummyHashes.of("name-" + i));
        }
        return chosen;
    }

    private static double shareOf(StoredHash form, List<StoredHash> chosen) {
        return (double) chosen.stream().filter(form::equals).count() / NAMES;
    }

    @Test
    void unknown_names_have_the_forms_in_use_as_often_as_users_do() {
        List<StoredHash> chosen = chosen(inUse(30, 10));

        assertThat(shareOf(BCRYPT, chosen)).isCloseTo(0.75, Offset.offset(0.04));
        assertThat(shareOf(APR1, chosen)).isCloseTo(0.25, Offset.offset(0.04));
    }

    @Test
    void a_name_keeps_its_form_after_a_restart_and_on_every_replica() {
        List<StoredHash> otherOrder = new ArrayList<>(inUse(30, 10));
        otherOrder = otherOrder.reversed();

        assertThat(chosen(otherOrder)).isEqualTo(chosen(inUse(30, 10)));
    }

    @Test
    void hardly_a_name_changes_its_form_when_users_come() {
        List<StoredHash> before = chosen(inUse(30, 10));
        List<StoredHash> after = chosen(inUse(33, 10));

        int changed = 0;
        for (int i = 0; i < NAMES; i++) {
            changed += before.get(i).equals(after.get(i)) ? 0 : 1;
        }
        assertThat(changed).isLessThan(NAMES / 20);
    }

    @Test
    void other_files_choose_otherwise() {
        List<StoredHash> secret = inUse(10, 9);
        secret.add(parse("$apr1$.000secr$h5aZgbAsV24hGa0Ha9vba."));

        assertThat(chosen(secret)).isNotEqualTo(chosen(inUse(10, 10)));
    }

    @Test
    void without_users_it_is_bcrypt_of_the_usual_cost() {
        assertThat(new DummyHashes(List.of()).of("nobody")).isEqualTo(BCRYPT);
    }
}
