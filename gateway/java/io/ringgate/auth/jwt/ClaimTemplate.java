package io.ringgate.auth.jwt;

import com.google.re2j.Pattern;
import io.ringgate.auth.Claims;
import io.ringgate.config.ClaimPath;
import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.StampLabels;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.LabelName;
import io.ringgate.edge.OnConflict;
import io.ringgate.edge.StampedLabel;
import io.ringgate.edge.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates an edge from claims. RE2 takes time in proportion to the value's length, whatever the pattern. Immutable, any thread. */
final class ClaimTemplate {

    private static final Pattern HOLE = Pattern.compile("\\{claim:([^{}]+)\\}");

    /** No name is longer. */
    private static final int LONGEST = 128;

    private final List<Piece> edge;
    private final List<Piece> tenant;
    private final Pattern allow;
    private final StampLabels stamp;

    ClaimTemplate(EdgeTemplate written) {
        this.edge = pieces(written.edge());
        this.tenant = pieces(written.tenant());
        this.allow = Pattern.compile(written.allow());
        this.stamp = written.stamp();
    }

    /** Plain text, and the claim that follows it; none after the last. */
    private record Piece(String text, @Nullable ClaimPath claim) {}

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        var hole = HOLE.matcher(text);
        int from = 0;
        while (hole.find()) {
            pieces.add(new Piece(text.substring(from, hole.start()), Claims.path(hole.group(1))));
            from = hole.end();
        }
        pieces.add(new Piece(text.substring(from), null));
        return pieces;
    }

    /** Null when a claim is missing, is no text or is not allowed, or what comes out is no name. */
    @Nullable
    Edge fill(Map<String, Object> claims) {
        String name = fill(edge, claims);
        String of = fill(tenant, claims);
        if (name == null || of == null || !EdgeName.isValid(name) || !TenantId.isValid(of)) {
            return null;
        }
        List<StampedLabel> labels = new ArrayList<>();
        stamp(labels, stamp.tenantLabel(), of);
        stamp(labels, stamp.edgeLabel(), name);
        return new Edge(new EdgeName(name), new TenantId(of), labels, List.of(), true);
    }

    private static void stamp(List<StampedLabel> labels, @Nullable LabelName label, String value) {
        if (label != null) {
            labels.add(new StampedLabel(label, value, OnConflict.RENAME));
        }
    }

    private @Nullable String fill(List<Piece> pieces, Map<String, Object> claims) {
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces) {
            out.append(piece.text());
            if (piece.claim() != null) {
                String value = Claims.text(claims, piece.claim());
                if (value == null || value.length() > LONGEST || !allow.matches(value)) {
                    return null;
                }
                out.append(value);
            }
        }
        return out.toString();
    }
}
