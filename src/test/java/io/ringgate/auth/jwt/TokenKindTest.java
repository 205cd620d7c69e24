package io.ringgate.auth.jwt;

import static io.ringgate.auth.jwt.JwtRig.BERLIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.InvalidDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A well signed token of ours that is another thing than an access token for bearers authenticates nobody. */
class TokenKindTest {

    private final JwtRig rig = new JwtRig();

    @BeforeEach
    void use() throws InvalidDocument {
        rig.edge(BERLIN, "azp", "berlin").use();
    }

    @AfterEach
    void close() {
        rig.method.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Bearer\"", "\"bearer\"", "\"JWT\"", "\"at+jwt\""})
    void one_that_says_it_is_an_access_token_is_good(String typ) {
        assertThat(rig.answer(
                        rig.token().claim("typ", typ).claim("nonce", "\"n\"").signed()))
                .isEqualTo("berlin/team-a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ID\"",
                "\"Refresh\"",
                "\"Offline\"",
                "\"Logout\"",
                "\"DPoP\"",
                "\"\"",
                "[\"Bearer\"]",
                "null",
                "7"
            })
    void one_that_says_it_is_another_is_refused(String typ) {
        assertThat(rig.answer(rig.token().claim("typ", typ).signed())).isEqualTo("401 wrong_credential");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cnf     | {"jkt":"x"}
            cnf     | {"x5t#S256":"x"}
            cnf     | null
            events  | {"http://schemas.openid.net/event/backchannel-logout":{}}
            at_hash | "x"
            c_hash  | "x"
            """, quoteCharacter = '`')
    void one_with_a_claim_that_only_others_have_is_refused(String claim, String value) {
        assertThat(rig.answer(rig.token().claim(claim, value).signed())).isEqualTo("401 wrong_credential");
    }

    @Test
    void what_is_nested_says_nothing_of_the_token() {
        assertThat(rig.answer(rig.token()
                        .claim("inner", "{\"cnf\":{},\"typ\":\"ID\"}")
                        .signed()))
                .isEqualTo("berlin/team-a");
    }
}
