package io.ringgate.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Shows figures as they come: on a terminal a table in place, else one line after the other. One thread. */
final class Screen {

    private static final String CLEAR_REST_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final long RATE_OVER = Duration.ofSeconds(5).toNanos();

    private final PrintWriter out;
    private final boolean terminal;
    private final Deque<Figures> past = new ArrayDeque<>();
    private int shown;

    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** How often to show. */
    Duration pace() {
        return Duration.ofMillis(terminal ? 500 : 1_000);
    }

    void show(Figures now) {
        past.addLast(now);
        while (past.size() > 2 && now.nanos() - past.getFirst().nanos() > RATE_OVER) {
            past.removeFirst();
        }
        if (terminal) {
            redraw(FiguresText.table(now, past.getFirst()));
        } else {
            out.println(FiguresText.line(now, past.getFirst()));
        }
        out.flush();
    }

    private void redraw(List<String> lines) {
        StringBuilder all = new StringBuilder();
        if (shown > 0) {
            all.append("\u001b[").append(shown).append('A');
        }
        lines.forEach(line -> all.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
        out.print(all.append(CLEAR_BELOW));
        shown = lines.size();
    }
}
