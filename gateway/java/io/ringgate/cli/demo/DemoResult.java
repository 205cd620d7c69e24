package io.ringgate.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a demo comes to when the last answers are in.
 *
 * @param faults what should not have been; a good demo has none
 */
record DemoResult(List<String> summary, List<String> faults) {

    /**
     * Compares the answers that senders got with what the receivers hold. Any other sender to the demo's gateway is
     * known only from its metrics page: what it accepted beyond the demo's own senders.
     *
     * @param firstFaults of those stand-in receivers that found a bad write
     */
    static DemoResult on(Figures end, long acknowledged, List<String> surprises, List<String> firstFaults) {
        long accepted = end.acceptedSamples();
        long received = end.receivedSamples();
        List<String> faults = new ArrayList<>();
        if (accepted < acknowledged) {
            faults.add("The gateway's metrics page shows " + FiguresText.number(accepted)
                    + " accepted samples, fewer than its senders were told.");
        }
        if (received != Math.max(accepted, acknowledged)) {
            faults.add("Acknowledged and received samples differ by "
                    + FiguresText.number(Math.abs(received - Math.max(accepted, acknowledged))) + ".");
        }
        if (acknowledged == 0) {
            faults.add("No write was stored.");
        }
        firstFaults.forEach(fault -> faults.add("A stand-in receiver got a bad write: " + fault + "."));
        surprises.forEach(surprise -> faults.add("Unexpected: " + surprise));
        List<String> summary = new ArrayList<>();
        summary.add("After " + Duration.ofNanos(end.nanos()).toSeconds() + " s:");
        summary.add("  samples acknowledged to senders     " + FiguresText.number(acknowledged));
        if (accepted > acknowledged) {
            summary.add("  acknowledged to others who wrote    " + FiguresText.number(accepted - acknowledged));
        }
        summary.add("  samples the stand-in receivers got  " + FiguresText.number(received));
        summary.add("  refused writes                      " + FiguresText.refused(end));
        summary.add(faults.isEmpty() ? "Nothing lost, nothing doubled, nothing malformed." : "SOMETHING IS WRONG:");
        faults.forEach(fault -> summary.add("  " + fault));
        return new DemoResult(List.copyOf(summary), List.copyOf(faults));
    }
}
