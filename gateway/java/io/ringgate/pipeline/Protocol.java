package io.ringgate.pipeline;

import io.ringgate.reject.EscapedText;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which remote-write protocol a head announces: 1.0 packed with snappy, or something that is refused. Media types are
 * compared by their parts, so that case, spaces and the order of parameters do not matter. What is missing means 1.0 and
 * snappy, as the oldest senders leave both out.
 */
final class Protocol {

    private static final String MEDIA_TYPE = "application/x-protobuf";
    private static final String MESSAGE_1 = "prometheus.WriteRequest";

    private Protocol() {}

    /** The refusal, or null when it is remote write 1.0. */
    static @Nullable Rejection check(WriteHead head) {
        String type = head.contentType();
        if (type == null) {
            String version = head.protocolVersion();
            if (version != null && !version.startsWith("0.") && !version.startsWith("1.")) {
                return wrongType("a write of version " + EscapedText.of(version) + " without Content-Type");
            }
        } else if (!type.equals(MEDIA_TYPE) && !isVersion1(type)) {
            return wrongType("Content-Type " + EscapedText.of(type));
        }
        String encoding = head.contentEncoding();
        if (encoding != null && !encoding.trim().equalsIgnoreCase("snappy")) {
            return new Rejection.Plain(
                    Reason.WRONG_ENCODING,
                    "Content-Encoding " + EscapedText.of(encoding)
                            + " is not taken here, send remote write 1.0 with snappy");
        }
        return null;
    }

    private static Rejection wrongType(String what) {
        return new Rejection.Plain(
                Reason.WRONG_MEDIA_TYPE,
                what + " is not taken here, send remote write 1.0 as " + MEDIA_TYPE
                        + " (in Prometheus: protobuf_message: " + MESSAGE_1 + ")");
    }

    private static boolean isVersion1(String type) {
        String[] parts = type.split(";", -1);
        if (!parts[0].trim().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                if (parts[i].isBlank()) {
                    continue;
                }
                return false;
            }
            String name = parts[i].substring(0, equals).trim().toLowerCase(Locale.ROOT);
            String value = parts[i].substring(equals + 1).trim();
            if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
                value = value.substring(1, value.length() - 1);
            }
            if (name.equals("proto") && !value.equals(MESSAGE_1)) {
                return false;
            }
        }
        return true;
    }
}
