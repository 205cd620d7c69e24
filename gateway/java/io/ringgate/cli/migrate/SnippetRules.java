package io.ringgate.cli.migrate;

import io.ringgate.cli.migrate.NginxDirectives.Directive;
import io.ringgate.edge.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Directives of nginx in snippets. Those in the table affect neither the destination of writes nor who may
 * write. Any other may, so the operator has to decide on it.
 */
final class SnippetRules {

    /** Where a snippet stands; in a server the locations of ingress-nginx set headers of their own. */
    enum Level {
        LOCATION,
        SERVER
    }

    static final Map<String, AnnotationRule> RULES = Map.of(
            "configuration-snippet", rule(Level.LOCATION),
            "location-snippet", rule(Level.LOCATION),
            "server-snippet", rule(Level.SERVER),
            "stream-snippet", rule(Level.SERVER),
            "nginx.org/location-snippets", rule(Level.LOCATION),
            "nginx.org/server-snippets", rule(Level.SERVER));

    private static final Pattern HARMLESS = Pattern.compile("add_header|more_set_headers|more_clear_(input_)?headers"
            + "|client_(body|header)_(buffer_size|timeout|in_single_buffer)|large_client_header_buffers|send_timeout"
            + "|keepalive_.*|lingering_.*|reset_timedout_connection|tcp_.*|sendfile.*|aio|directio.*|open_file_cache.*"
            + "|proxy_((connect|send|read)_timeout|buffer.*|busy_buffers_size|request_buffering|http_version"
            + "|(hide|pass)_header|ignore_(headers|client_abort)|intercept_errors|max_temp_file_size"
            + "|temp_file_write_size|next_upstream.*|socket_keepalive|headers_hash_.*|limit_rate|cookie_.*)"
            + "|access_log|error_log|log_.*|rewrite_log|gzip.*|brotli.*|expires|etag|charset|default_type"
            + "|server_tokens|chunked_transfer_encoding|underscores_in_headers|ignore_invalid_headers|merge_slashes"
            + "|(port_in|absolute|server_name_in)_redirect|limit_(rate|req|conn).*|open(tracing|telemetry).*|otel_.*"
            + "|ssl_(ciphers|protocols|session_.*|prefer_server_ciphers|stapling.*|buffer_size|ecdh_curve|dhparam|early_data)"
            + "|http2_.*|resolver.*");

    /** Headers that no receiver of writes looks at. */
    private static final Pattern HARMLESS_HEADERS = Pattern.compile(
            "x-(forwarded|original|real|request|scheme|amzn|b3).*|forwarded|connection|upgrade|via|user-agent|accept.*"
                    + "|proxy|early-data|traceparent|tracestate|keep-alive|cookie|referer|origin|expect|date|te",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMES_A_TENANT =
            Pattern.compile(".*tenant.*|x-scope-orgid|.*org-?id", Pattern.CASE_INSENSITIVE);

    private static final Pattern ADDRESSES = Pattern.compile("allow|deny|geo|geoip.*");

    /** What may be shown of what follows: addresses and sizes, never a text with a password in it. */
    private static final Set<String> SHOWN = Set.of("allow", "deny", "client_max_body_size");

    private static final Set<String> OF_USER = Set.of("$remote_user", "${remote_user}");
    private static final String BODY = "client_max_body_size";
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\{[A-Za-z0-9_]+}|[A-Za-z0-9_]+)");

    private final RuleContext context;
    private final Level level;
    private final Set<String> left = new LinkedHashSet<>();
    private final Set<String> sizes = new LinkedHashSet<>();
    private final Set<String> addresses = new LinkedHashSet<>();
    private final Set<String> undecided = new LinkedHashSet<>();
    private final Set<String> tenants = new LinkedHashSet<>();
    private final List<String> carried = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();

    private SnippetRules(RuleContext context, Level level) {
        this.context = context;
        this.level = level;
    }

    private static AnnotationRule rule(Level level) {
        return (value, context) -> new SnippetRules(context, level).judge(value);
    }

    private Finding judge(String value) {
        NginxDirectives.of(value).forEach(this::judge);
        if (tenants.size() > 1) {
            questions.add("it sets the tenant more than once: write `tenant` of each edge in edges.yaml");
        }
        List<String> words = new ArrayList<>(carried);
        words.addAll(questions);
        if (!addresses.isEmpty()) {
            words.add("addresses decide who may write (" + code(addresses)
                    + "): write `allowed_sources` of each edge in edges.yaml, or a NetworkPolicy");
        }
        if (!undecided.isEmpty()) {
            words.add(
                    "directives that may decide where writes go or who may write (" + code(undecided)
                            + ") have no counterpart: look up what they do, and do it in edges.yaml, ringgate.yaml or receivers");
        }
        boolean decide = !(questions.isEmpty() && addresses.isEmpty() && undecided.isEmpty());
        if (!sizes.isEmpty()) {
            words.add("the size of a body (" + code(sizes) + ") is left to you: `max_body: {packed: SIZE}` in "
                    + PolicyText.FILE);
        }
        if (!left.isEmpty() || words.isEmpty()) {
            words.add("directives of nginx" + (left.isEmpty() ? "" : " (" + code(left) + ")") + " have no counterpart");
        }
        String all = String.join("; ", words);
        return decide ? Finding.decide(all) : carried.isEmpty() ? Finding.left(all) : Finding.changed(all);
    }

    private void judge(Directive directive) {
        String name = directive.name();
        switch (name) {
            case "proxy_set_header" -> header(directive.word(1), directive.word(2), directive);
            case "more_set_input_headers" -> inputHeaders(directive);
            case BODY -> sizes.add(shown(directive));
            default -> {
                if (HARMLESS.matcher(name).matches()) {
                    left.add(name + (name.contains("header") ? " " + headerName(directive.word(1)) : ""));
                } else {
                    (ADDRESSES.matcher(name).matches() ? addresses : undecided).add(shown(directive));
                }
            }
        }
    }

    private static String headerName(String written) {
        return written.replaceFirst("[^A-Za-z0-9_-].*", "");
    }

    private static String shown(Directive directive) {
        String name = directive.name().replaceAll("[^a-z0-9_.-]+", "?");
        return SHOWN.contains(name) ? name + " " + directive.word(1) : name;
    }

    /** Of headers-more: {@code "Name: value"} after options. */
    private void inputHeaders(Directive directive) {
        for (String word : directive.words()) {
            int colon = word.indexOf(':');
            if (colon > 0) {
                header(
                        word.substring(0, colon).strip(),
                        word.substring(colon + 1).strip(),
                        directive);
            }
        }
    }

    private void header(String name, String value, Directive directive) {
        String header = context.draft().tenantOptions().header();
        if (name.equalsIgnoreCase(header)) {
            tenants.add(value);
            tenant(value, directive.depth() > 0);
        } else if (NAMES_A_TENANT.matcher(name).matches()) {
            questions.add("it sets " + ReportText.code(name) + ": if receivers take the tenant from it"
                    + " (--receive.tenant-header), import again with `--tenant-header " + ReportText.of(name) + "`");
        } else if (HARMLESS_HEADERS.matcher(name).matches()) {
            left.add("proxy_set_header " + headerName(name));
        } else {
            undecided.add("proxy_set_header " + headerName(name));
        }
    }

    private void tenant(String value, boolean sometimes) {
        TenantOptions options = context.draft().tenantOptions();
        if (sometimes) {
            questions.add(
                    "it sets the tenant of some requests only, in a block: write `tenant` of each edge in edges.yaml");
        } else if (options.forAll()) {
            carried.add("it sets the tenant, but `--tenant` says " + options.usual());
        } else if (value.isEmpty()) {
            carried.add("it sends no tenant, so edges have that of receivers, " + options.usual());
        } else if (OF_USER.contains(value)) {
            tenant(user -> user, "each edge's `tenant` is the name of its user");
        } else if (TenantId.isValid(value)) {
            tenant(user -> value, "`tenant` of its edges is " + value);
        } else {
            questions.add(elsewhere(value));
        }
    }

    private void tenant(UnaryOperator<String> ofUser, String words) {
        context.draft().tenant(context.ingress(), ofUser);
        if (!context.hasUsers()) {
            questions.add("no edge is there yet, and it sets the tenant: " + words
                    + ", so say `--tenant` when you add one by `ringgate edge add`");
            return;
        }
        carried.add("edges.yaml: " + words + ", told to receivers by the header "
                + context.draft().tenantOptions().header());
        if (level == Level.SERVER) {
            questions.add(
                    "a location of ingress-nginx that sets headers of its own passes over those of a server snippet:"
                            + " see under which tenants receivers have today's series, and write these in edges.yaml");
        }
    }

    /** A tenant that is known only while a request is there. */
    private static String elsewhere(String value) {
        String variables =
                VARIABLE.matcher(value).results().map(found -> found.group()).collect(Collectors.joining(", "));
        String lower = variables.toLowerCase(Locale.ROOT);
        String of = "it sets the tenant of "
                + (variables.isEmpty() ? "a text that cannot be one" : ReportText.code(variables));
        if (Stream.of("$http_", "${http_", "$arg_", "${arg_", "$cookie_", "${cookie_")
                .anyMatch(lower::contains)) {
            return of
                    + ", which the sender chooses: whoever had a password could write as any tenant. Here an edge has one:"
                    + " write `tenant` of each edge in edges.yaml";
        }
        if (lower.contains("ssl_client_")) {
            return of + ", of the client's certificate: add an edge for each, with `tenant` and `- certificate:"
                    + " {subject_cn: NAME}` among its credentials in edges.yaml";
        }
        return of + ": write `tenant` of each edge in edges.yaml";
    }

    private static String code(Set<String> names) {
        return ReportText.code(String.join(", ", names));
    }
}
