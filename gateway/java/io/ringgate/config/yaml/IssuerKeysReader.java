package io.ringgate.config.yaml;

import io.ringgate.config.IssuerKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where an issuer's keys come from: exactly one of three, and what belongs to it. */
final class IssuerKeysReader {

    static final String WELL_KNOWN = "/.well-known/openid-configuration";

    private static final List<String> ORIGINS = List.of("jwks_url", "discovery", "jwks_file");
    private static final List<String> OF_FETCHED = List.of("ca_file", "unsafe_plaintext", "refresh", "stale");

    private static final DurationKind REFRESH = new DurationKind(Duration.ofSeconds(1), Duration.ofDays(1));
    private static final DurationKind STALE = new DurationKind(Duration.ofSeconds(1), Duration.ofDays(7));

    private IssuerKeysReader() {}

    static @Nullable IssuerKeys read(Section section, @Nullable String issuer) {
        List<String> named = ORIGINS.stream().filter(section::has).toList();
        boolean plaintext = section.read("unsafe_plaintext", ValueKind.FLAG, false);
        Path caFile = NamedFile.optional(section, "ca_file", "put the authority's certificate there, PEM");
        Duration refresh = section.read("refresh", REFRESH, IssuerKeys.DEFAULT_REFRESH);
        Duration stale = section.read("stale", STALE, IssuerKeys.DEFAULT_STALE);
        Path file = NamedFile.optional(section, "jwks_file", "put the issuer's public key set there");
        URI url = section.find("jwks_url", url(plaintext));
        boolean discovery = section.read("discovery", ValueKind.FLAG, false);
        if (named.size() != 1) {
            String what = named.isEmpty() ? "there are none" : String.join(" and ", named) + " stand side by side";
            section.error("jwks_url", what + ", write one of jwks_url, discovery: true and jwks_file");
            return null;
        }
        if (stale.compareTo(refresh) < 0) {
            section.error("stale", "is shorter than refresh, write a longer time");
        }
        return switch (named.getFirst()) {
            case "jwks_file" -> inFile(section, file);
            case "jwks_url" -> url == null ? null : new IssuerKeys.Fetched(url, false, caFile, refresh, stale);
            default -> {
                URI page = discovery && issuer != null ? wellKnown(section, issuer, plaintext) : null;
                if (!discovery && section.find("discovery", ValueKind.FLAG) != null) {
                    section.error("discovery", "is false, write true or name the keys otherwise");
                }
                yield page == null ? null : new IssuerKeys.Fetched(page, true, caFile, refresh, stale);
            }
        };
    }

    private static @Nullable IssuerKeys inFile(Section section, @Nullable Path file) {
        for (String key : OF_FETCHED) {
            if (section.has(key)) {
                section.error(key, "is for keys that are fetched, leave it out beside jwks_file");
            }
        }
        return file == null ? null : new IssuerKeys.InFile(file);
    }

    /** The page on which an issuer describes itself. */
    private static @Nullable URI wellKnown(Section section, String issuer, boolean plaintext) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        try {
            return url(plaintext).read(base + WELL_KNOWN);
        } catch (InvalidValue unfit) {
            section.error("issuer", section.displayValue("issuer") + " " + unfit.reason());
            return null;
        }
    }

    private static ValueKind<URI> url(boolean plaintext) {
        return ValueKind.named("URL", text -> {
            URI url;
            try {
                url = new URI(text);
            } catch (URISyntaxException e) {
                throw new InvalidValue("is not a URL, write for example https://idp.example/keys");
            }
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
                throw new InvalidValue("is not a URL, write for example https://idp.example/keys");
            }
            if (scheme.equals("http") && !plaintext) {
                throw new InvalidValue("would bring keys that anybody on the way can change, write https");
            }
            if (!scheme.equals("https") && !scheme.equals("http")) {
                throw new InvalidValue("is not a URL that keys can be fetched from, write https");
            }
            return url;
        });
    }
}
