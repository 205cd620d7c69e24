package io.ringgate.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Edge;
import io.ringgate.testing.TestEdges;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsersTest {

    private static final Edge EDGE = TestEdges.edge("cluster-02-edge", "team");
    private static final String REST = "NAxD9DyG3NyTpT3ZZ9swgOHpAbAdbgpyv4wdCkny53BIpCkGHE01i";

    @Test
    void a_user_whom_htpasswd_lacks_is_a_warning() {
        Users users = Users.of(Htpasswd.parse(""), Map.of("agent", new Users.Entry(TestEdges.login(EDGE), null)));

        assertThat(users.find("agent")).isNull();
        assertThat(users.warnings())
                .extracting(Users.Warning::sentence)
                .containsExactly("user \"agent\" of edge cluster-02-edge has no usable line in htpasswd and cannot log"
                        + " in: add one with `htpasswd -B FILE USER`");
    }

    @Test
    void the_stand_in_is_of_those_who_can_log_in() {
        Users users = Users.of(
                Htpasswd.parse("agent:$apr1$24TaCi9j$h5aZgbAsV24hGa0Ha9vba.\nother:$2y$05$" + REST),
                Map.of("agent", new Users.Entry(TestEdges.login(EDGE), null)));

        for (int i = 0; i < 100; i++) {
            assertThat(users.dummyHash("nobody" + i)).isEqualTo(StoredHash.dummy(HashFormat.APR1, 0));
        }
    }
}
