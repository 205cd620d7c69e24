package io.ringgate.stamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.LabelName;
import io.ringgate.edge.LabelNames;
import io.ringgate.edge.OnConflict;
import io.ringgate.edge.StampedLabel;
import io.ringgate.edge.TenantId;
import io.ringgate.wire.EncodedWrite;
import io.ringgate.wire.SeriesLimits;
import io.ringgate.wire.StampPlan;
import io.ringgate.wire.WriteCodec;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class StampCompilerTest {

    /** One series: a="x". */
    private static final byte[] WRITE = {0x0a, 8, 0x0a, 6, 0x0a, 1, 'a', 0x12, 1, 'x'};

    @Test
    void every_label_of_the_edge_is_in_the_plan() throws IOException {
        StampPlan plan = StampCompiler.planFor(edge(OnConflict.OVERWRITE, "cluster", "edge-1", "tenant", "team"));

        String sent = new String(Snappy.uncompress(packed(code(plan))), UTF_8);

        assertThat(sent).contains("cluster", "edge-1", "tenant", "team");
    }

    @Test
    void on_conflict_becomes_the_verdict() throws IOException {
        EncodedWrite.Ready overwritten = code(StampCompiler.planFor(edge(OnConflict.OVERWRITE, "a", "y")));
        assertThat(Snappy.uncompress(packed(overwritten))).endsWith(0x12, 1, 'y');
        EncodedWrite.Ready kept = code(StampCompiler.planFor(edge(OnConflict.KEEP, "a", "y")));
        assertThat(kept.unchanged()).isTrue();
        EncodedWrite.Ready refused = code(StampCompiler.planFor(edge(OnConflict.REJECT, "a", "y")));
        assertThat(refused.tally().refusedSeries()).isEqualTo(1);
    }

    private static EncodedWrite.Ready code(StampPlan plan) throws IOException {
        byte[] packed = Snappy.compress(WRITE);
        WriteCodec codec = new WriteCodec(LabelNames.UTF8);
        return (EncodedWrite.Ready) codec.code(packed, 0, packed.length, plan, SeriesLimits.NONE);
    }

    private static byte[] packed(EncodedWrite.Ready ready) {
        byte[] packed = new byte[ready.length()];
        System.arraycopy(ready.bytes(), ready.from(), packed, 0, packed.length);
        return packed;
    }

    private static Edge edge(OnConflict onConflict, String... pairs) {
        List<StampedLabel> labels = IntStream.range(0, pairs.length / 2)
                .mapToObj(i -> new StampedLabel(new LabelName(pairs[2 * i]), pairs[2 * i + 1], onConflict))
                .toList();
        return new Edge(new EdgeName("edge-1"), new TenantId("team"), labels, List.of(), true);
    }
}
