package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.ThanosProgram;
import io.ringgate.testing.ThanosRig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thanos 0.37.2 answers 500 to the first writes of a tenant that it has never seen. */
@Tag("thanos")
class NewTenantIT {

    @RegisterExtension
    static final ThanosRig THANOS = ThanosRig.of(ThanosProgram.V0_37_2);

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void the_first_write_of_a_new_tenant_is_stored() throws Exception {
        TestGateway gateway = rig.start(
                TestGateway.in(rig.folder()).receivers(THANOS.ring().yaml()).edge("newcomer", "never-seen"));
        byte[] sample = Proto.write(Proto.series("__name__", "first_sample")
                        .message(2, Proto.sample(42.5, System.currentTimeMillis())))
                .packed();

        RawAnswer answer;
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            answer = client.send(Request.write("newcomer", sample)).answer();
        }

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        Eventually.see(
                "the sample is found",
                () -> THANOS.ring().deduplicated().query("first_sample{cluster=\"newcomer\"}"),
                found -> found.size() == 1);
    }
}
