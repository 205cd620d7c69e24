package io.ringgate.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Edge;
import io.ringgate.testing.Proven;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsersTest {

    private static final Edge EDGE = Proven.edge("cluster-02-edge", "team");
    private static final String REST = "NAxD9DyG3NyTpT3ZZ9swgOHpAbAdbgpyv4wdCkny53BIpCkGHE01i";

    @Test
    void a_user_whom_htpasswd_lacks_is_a_warning() {
        Users users = Users.of(Htpasswd.parse(""), Map.of("agent", new Users.Entry(Proven.login(EDGE), null)));

        assertThat(users.find("agent")).isNull();
        assertThat(users.warnings())
                .extracting(Users.Warning::sentence)
                .containsExactly("user \"agent\" of edge cluster-02-edge has no usable line in htpasswd and cannot log"
                        + " in: add one with `htpasswd -B FILE USER`");
    }

    @Test
    void the_stand_in_has_the_form_and_cost_most_in_use() {
        Users users = Users.of(
                Htpasswd.parse("a:$apr1$24TaCi9j$h5aZgbAsV24hGa0Ha9vba.\nb:$2y$05$" + REST + "\nc:$2a$05$" + REST
                        + "\nd:$2y$06$" + REST),
                Map.of());

        assertThat(users.standIn()).isEqualTo(StoredHash.standIn(HashForm.BCRYPT, 5));
    }

    @Test
    void an_empty_file_has_a_stand_in_too() {
        assertThat(Users.of(Htpasswd.parse(""), Map.of()).standIn()).isEqualTo(StoredHash.standIn(HashForm.BCRYPT, 10));
    }
}
