package io.ringgate.forward.health;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds a few lines in a metrics page that comes in pieces and may be long. Only the beginning of one line is kept. Thanos
 * writes metrics in order of their names, so after the replication factor nothing is worth waiting for. One page, one
 * thread.
 */
final class MetricsPageReader {

    private static final int MOST_OF_A_LINE = 512;
    private static final Pattern BUILD = Pattern.compile("thanos_build_info\\{(?:.*,)?version=\"([^\"]{0,64})\".*");
    private static final Pattern RELEASE = Pattern.compile("[0-9A-Za-z.+-]*");
    private static final String HASH = "thanos_receive_config_hash ";
    private static final String FACTOR = "thanos_receive_replication_factor ";

    private final byte[] line = new byte[MOST_OF_A_LINE];
    private int length;
    private int replicationFactor;
    private @Nullable Double ringHash;
    private String version = "";

    /** Takes the next piece; true when nothing more need come. */
    boolean feed(byte[] piece) {
        for (byte b : piece) {
            if (b == '\n') {
                read();
                length = 0;
            } else if (length < line.length) {
                line[length++] = b;
            }
            if (replicationFactor > 0) {
                return true;
            }
        }
        return false;
    }

    ReceiverFacts facts() {
        return new ReceiverFacts(replicationFactor, ringHash, version);
    }

    private void read() {
        if (length == line.length || length == 0 || line[0] != 't') {
            return;
        }
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        Matcher build = BUILD.matcher(text);
        if (build.matches() && RELEASE.matcher(build.group(1)).matches()) {
            version = build.group(1);
        } else if (text.startsWith(HASH)) {
            ringHash = number(text.substring(HASH.length()));
        } else if (text.startsWith(FACTOR)) {
            Double factor = number(text.substring(FACTOR.length()));
            replicationFactor = factor == null ? 0 : factor.intValue();
        }
    }

    private static @Nullable Double number(String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException other) {
            return null;
        }
    }
}
