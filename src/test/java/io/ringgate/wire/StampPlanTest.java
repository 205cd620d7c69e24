package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.wire.StampPlan.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StampPlanTest {

    @Test
    void labels_are_encoded_in_order_of_their_names() {
        StampPlan plan = Messages.plan("b", "2", "KEEP", "a", "v".repeat(200), "REJECT");

        byte[] encoded = Arrays.copyOf(plan.encoded, plan.insertedBytes());
        assertThat(encoded).isEqualTo(Messages.join(Messages.label("a", "v".repeat(200)), Messages.label("b", "2")));
        assertThat(plan.verdict(0)).isEqualTo(Verdict.REJECT);
    }

    @Test
    void a_name_is_stamped_once() {
        assertThatThrownBy(() -> Messages.plan("a", "1", "KEEP", "a", "2", "KEEP"))
                .hasMessage("a label is stamped once");
    }

    @Test
    void a_plan_holds_at_most_62_labels() {
        StampPlan.Builder plan = StampPlan.builder();
        for (int i = 0; i < 63; i++) {
            plan.label(("l" + i).getBytes(UTF_8), "v".getBytes(UTF_8), Verdict.KEEP);
        }

        assertThatThrownBy(plan::build).hasMessage("at most 62 labels are stamped");
    }

    @Test
    void empty_and_invalid_labels_are_refused() {
        assertThatThrownBy(() -> Messages.plan("", "1", "KEEP")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Messages.plan("a", "", "KEEP")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StampPlan.builder().label(new byte[] {-1}, new byte[] {'x'}, Verdict.KEEP))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
