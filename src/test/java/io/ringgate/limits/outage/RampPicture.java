package io.ringgate.limits.outage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Draws docs/ramp.svg: the first minutes after an outage, with our Retry-After and with one second for everybody. */
final class RampPicture {

    private static final int SECONDS = 180;
    private static final int LEFT = 60;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 150;
    private static final double MOST_REQUESTS = 6_000;
    private static final double MOST_SAMPLES = 300_000;

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 440" font-family="sans-serif" font-size="12">
            <style>
            text { fill: #333 } .grid { stroke: #8884; fill: none } polyline { fill: none; stroke-width: 1.5 }
            .ours { stroke: #0a7d4f } .plain { stroke: #d0661b } .steady { stroke: #2b6cd4 } .greedy { stroke: #b03a9c }
            .dashed { stroke-dasharray: 3 3; opacity: .7 }
            @media (prefers-color-scheme: dark) {
            text { fill: #ccc } .ours { stroke: #3fcf94 } .plain { stroke: #ff9f5a } .steady { stroke: #7fb0ff }
            .greedy { stroke: #f08ae0 } }
            </style>
            """;

    private RampPicture() {}

    static String draw() {
        Outage ours = new Outage(Outage.Answer.ours(), 0, SECONDS).run();
        Outage plain = new Outage(Outage.ONE_SECOND, 0, SECONDS).run();
        StringBuilder svg = new StringBuilder(HEAD);
        frame(svg, 40, "Requests a second, both tenants", MOST_REQUESTS);
        line(svg, 40, "plain", MOST_REQUESTS, second -> requests(plain, second));
        line(svg, 40, "ours", MOST_REQUESTS, second -> requests(ours, second));
        legend(svg, 330, 30, "ours", "as ringgate answers");
        legend(svg, 500, 30, "plain", "Retry-After: 1 for everybody");
        frame(svg, 240, "Samples accepted a second", MOST_SAMPLES);
        for (Outage run : new Outage[] {plain, ours}) {
            String dashed = run == plain ? " dashed" : "";
            line(svg, 240, "steady" + dashed, MOST_SAMPLES, second -> accepted(run.steady, second));
            line(svg, 240, "greedy" + dashed, MOST_SAMPLES, second -> accepted(run.greedy, second));
        }
        legend(svg, 290, 230, "steady", "steady tenant");
        legend(svg, 410, 230, "greedy", "greedy tenant");
        svg.append("<text x=\"530\" y=\"230\">dashed: Retry-After: 1</text>\n");
        svg.append("<text x=\"60\" y=\"430\">seconds since the central system is back; each tenant may send 150,000"
                + " samples a second</text>\n");
        return svg.append("</svg>\n").toString();
    }

    private static double requests(Outage run, int second) {
        return run.steady.tally().requests[second] + run.greedy.tally().requests[second];
    }

    /** Over five seconds: a single one holds whole batches only. */
    private static double accepted(Tenant tenant, int second) {
        double sum = 0;
        int from = Math.max(0, second - 4);
        for (int s = from; s <= second; s++) {
            sum += tenant.tally().accepted[s];
        }
        return sum / (second - from + 1);
    }

    private static void frame(StringBuilder svg, int top, String title, double most) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>\n", LEFT, top - 10, title));
        for (int i = 0; i <= 3; i++) {
            int y = top + HEIGHT - i * HEIGHT / 3;
            svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%d %dh%d\"/>", LEFT, y, WIDTH));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>\n",
                    LEFT - 6,
                    y + 4,
                    Math.round(most * i / 3)));
        }
        for (int second = 0; second <= SECONDS; second += 30) {
            int x = LEFT + second * WIDTH / SECONDS;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
                    x,
                    top + HEIGHT + 15,
                    second));
        }
    }

    private static void line(StringBuilder svg, int top, String style, double most, IntToDoubleFunction value) {
        svg.append(String.format(Locale.ROOT, "<polyline class=\"%s\" points=\"", style));
        for (int second = 0; second < SECONDS; second++) {
            double x = LEFT + (double) second * WIDTH / SECONDS;
            double y = top + HEIGHT - Math.min(1, value.applyAsDouble(second) / most) * HEIGHT;
            svg.append(String.format(Locale.ROOT, "%.0f,%.0f ", x, y));
        }
        svg.append("\"/>\n");
    }

    private static void legend(StringBuilder svg, int x, int y, String style, String text) {
        svg.append(String.format(
                Locale.ROOT, "<polyline class=\"%s\" points=\"%d,%d %d,%d\"/>", style, x - 26, y - 4, x - 6, y - 4));
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>\n", x, y, text));
    }

    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), draw());
    }
}
