package io.ringgate.auth.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.ProviderClient;
import io.ringgate.config.ClaimPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionResponseParserTest {

    private static final long NOW = 1_000_000;
    private static final ClaimPath CLIENT = new ClaimPath(List.of("client_id"));
    private static final ClaimPath NESTED = new ClaimPath(List.of("a/b", "c"));
    private static final IntrospectionResponseParser.Expected ANY =
            new IntrospectionResponseParser.Expected("", List.of());
    private static final IntrospectionResponseParser.Expected STRICT =
            new IntrospectionResponseParser.Expected("https://idp", List.of("us", "all"));

    private static IntrospectionResponse read(String body, IntrospectionResponseParser.Expected expected) {
        return read(new ProviderClient.Reply(200, "application/json;charset=UTF-8", body), expected);
    }

    private static IntrospectionResponse read(
            ProviderClient.Reply reply, IntrospectionResponseParser.Expected expected) {
        return IntrospectionResponseParser.read(reply, Set.of(CLIENT, NESTED), expected, NOW);
    }

    @Test
    void wanted_texts_are_kept_and_nothing_else() {
        String body = """
                {"scope":"x","client_id":"one","a/b":{"c":"two","client_id":"no","d":{"c":"no"}},
                 "list":[{"client_id":"no"},{"client_id":"no"}],"active":true,"exp":1000001}
                """;

        assertThat(read(body, ANY))
                .isEqualTo(new IntrospectionResponse.Active(Map.of(CLIENT, "one", NESTED, "two"), 1_000_001));
    }

    @Test
    void a_claim_that_is_no_text_is_none() {
        assertThat(read("{\"active\":true,\"client_id\":7,\"a/b\":[\"c\"]}", ANY))
                .isEqualTo(new IntrospectionResponse.Active(Map.of(), Long.MAX_VALUE));
    }

    @Test
    void an_inactive_token_needs_nothing_else() {
        assertThat(read("{\"active\":false}", STRICT)).isEqualTo(new IntrospectionResponse.Inactive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'iss':'https://idp','aud':'us'",
                "'iss':'https://idp','aud':['other','all'],'token_type':'bearer','typ':'at+JWT'",
                "'iss':'https://idp','aud':['us'],'nbf':1000060,'iat':2000000",
            })
    void fit(String members) {
        assertThat(read("{\"active\":true," + members.replace('\'', '"') + "}", STRICT))
                .isInstanceOf(IntrospectionResponse.Active.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'iss':'https://idp'",
                "'aud':'us'",
                "'iss':'https://idp/','aud':'us'",
                "'iss':'https://idp','aud':'u'",
                "'iss':'https://idp','aud':[]",
                "'iss':'https://idp','aud':'us','exp':1000000",
                "'iss':'https://idp','aud':'us','exp':-9223372036854775808",
                "'iss':'https://idp','aud':'us','nbf':1000061",
                "'iss':'https://idp','aud':'us','nbf':9223372036854775807",
                "'iss':'https://idp','aud':'us','token_type':'DPoP'",
                "'iss':'https://idp','aud':'us','typ':'Refresh'",
                "'iss':'https://idp','aud':'us','typ':'ID'",
                "'iss':'https://idp','aud':'us','typ':'Logout'",
                "'iss':'https://idp','aud':'us','cnf':{'x5t#S256':'x'}",
                "'iss':'https://idp','aud':'us','cnf':null",
                "'iss':'https://idp','aud':'us','events':{}",
                "'iss':'https://idp','aud':'us','at_hash':'x'",
            })
    void unfit(String members) {
        assertThat(read("{\"active\":true," + members.replace('\'', '"') + "}", STRICT))
                .isEqualTo(new IntrospectionResponse.Unfit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "[{'active':true}]",
                "{}",
                "{'active':'true'}",
                "{'active':1}",
                "{'active':null}",
                "{'active':[true]}",
                "{'Active':true}",
                "{'active':true",
                "{'active':true}x",
                "{'active':true}{}",
                "{'active':false,'active':true}",
                "{'active':true,'client_id':'a','client_id':'b'}",
                "{'active':true,'a/b':{'c':'x'},'a/b':{'c':'y'}}",
                "{'active':true,'x':[{'y':1,'y':2}]}",
                "{'active':true,'exp':'9999999999'}",
                "{'active':true,'exp':99999999999999999999}",
                "{'active':true,'exp':1e9}",
                "{'active':true,'exp':null}",
                "{'active':true,'aud':[['us']]}",
                "{'active':true,'aud':{}}",
                "{'active':true,'iss':[]}",
                "{'active':true,'typ':{}}",
                "{active:true}",
                "{'active':True}",
            })
    void garbage(String body) {
        IntrospectionResponse answer = read(body.replace('\'', '"'), ANY);

        assertThat(answer)
                .isEqualTo(new IntrospectionResponse.Unusable("its answer is not the JSON of RFC 7662", true));
    }

    @Test
    void depth_and_length_have_bounds() {
        assertThat(read("{\"active\":true,\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}", ANY))
                .isInstanceOf(IntrospectionResponse.Unusable.class);
        assertThat(read("{\"active\":true,\"x\":\"" + "x".repeat(64 * 1024) + "\"}", ANY))
                .isInstanceOf(IntrospectionResponse.Unusable.class);
    }

    @Test
    void only_an_answer_with_200_and_json_is_one() {
        String good = "{\"active\":true}";

        assertThat(read(new ProviderClient.Reply(200, "text/html", good), ANY))
                .isInstanceOf(IntrospectionResponse.Unusable.class);
        assertThat(read(new ProviderClient.Reply(200, "", good), ANY))
                .isInstanceOf(IntrospectionResponse.Unusable.class);
        for (int status : List.of(201, 204, 302, 307, 400, 403, 429, 500, 503)) {
            assertThat(read(new ProviderClient.Reply(status, "application/json", good), ANY))
                    .isEqualTo(new IntrospectionResponse.Unusable("it answers " + status, true));
        }
        assertThat(read(new ProviderClient.Reply(401, "application/json", good), ANY))
                .isEqualTo(new IntrospectionResponse.Unusable(
                        "it answers 401: client_id or the client's secret is wrong", true));
    }
}
