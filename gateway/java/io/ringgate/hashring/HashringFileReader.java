package io.ringgate.hashring;

import io.ringgate.hashring.HashringFile.UnknownKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reading of a hashring file, key by key. A key that stands twice counts as it stands last. */
final class HashringFileReader {

    private final JsonCursor in;
    private final List<UnknownKey> unknownKeys = new ArrayList<>();

    HashringFileReader(JsonCursor in) {
        this.in = in;
    }

    HashringFile file(FileHash hash) throws HashringFileFault {
        List<Hashring> rings = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        in.array("", (path, index) -> {
            lines.add(in.line());
            rings.add(new Ring().read(path));
        });
        in.end();
        return new HashringFile(rings, lines, unknownKeys, hash);
    }

    private boolean unknown(String path, String written) {
        unknownKeys.add(new UnknownKey(in.line(), path, written));
        return false;
    }

    /** What is known of a ring so far. */
    private final class Ring {

        private String name = "";
        private String algorithm = "";
        private final Names tenants = new Names();
        private List<Endpoint> endpoints = List.of();
        private final Map<String, String> labels = new HashMap<>();
        private @Nullable Shuffle shuffle;

        Hashring read(String path) throws HashringFileFault {
            in.object(path, this::key);
            ShuffleSharding sharding = shuffle == null ? null : shuffle.done();
            return new Hashring(name, tenants.done(), endpoints, algorithm, labels, sharding);
        }

        private boolean key(String key, String written, String path) throws HashringFileFault {
            switch (key) {
                case "hashring" -> name = in.text(path, name);
                case "endpoints" -> endpoints = endpoints(path);
                case "algorithm" -> algorithm = in.text(path, algorithm);
                case "external_labels" -> in.object(path, this::label);
                case "shuffle_sharding_config" -> {
                    Shuffle here = shuffle == null ? new Shuffle() : shuffle;
                    in.object(path, here::key);
                    shuffle = here;
                }
                default -> {
                    return tenants.key(key, path) || unknown(path, written);
                }
            }
            return true;
        }

        private boolean label(String key, String written, String path) throws HashringFileFault {
            labels.put(written, in.text(path, ""));
            return true;
        }
    }

    private List<Endpoint> endpoints(String path) throws HashringFileFault {
        List<Endpoint> found = new ArrayList<>();
        in.array(path, (place, index) -> found.add(endpoint(place)));
        return found;
    }

    private Endpoint endpoint(String path) throws HashringFileFault {
        int line = in.line();
        Map<String, String> parts = new HashMap<>();
        if (in.isText()) {
            parts.put("address", in.text(path, ""));
        } else {
            in.object(path, (key, written, place) -> switch (key) {
                case "address", "capnproto_address", "az" -> {
                    parts.put(key, in.text(place, parts.getOrDefault(key, "")));
                    yield true;
                }
                default -> unknown(place, written);
            });
        }
        String address = parts.getOrDefault("address", "");
        if (address.isEmpty()) {
            throw new HashringFileFault(line, path, "endpoint address must be set");
        }
        return Endpoint.of(address, parts.getOrDefault("capnproto_address", ""), parts.getOrDefault("az", ""));
    }

    /** The two keys that say which tenants are meant. */
    private final class Names {

        private List<String> names = List.of();
        private String comparison = "";

        boolean key(String key, String path) throws HashringFileFault {
            switch (key) {
                case "tenants" -> {
                    List<String> found = new ArrayList<>();
                    in.array(path, (place, index) -> found.add(in.text(place, "")));
                    names = found;
                }
                case "tenant_matcher_type" -> comparison = in.text(path, comparison);
                default -> {
                    return false;
                }
            }
            return true;
        }

        TenantMatcher done() {
            return new TenantMatcher(comparison, names);
        }
    }

    private final class Shuffle {

        private long shardSize;
        private long cacheSize = ShuffleSharding.USUAL_CACHE;
        private boolean withoutZones;
        private List<ShuffleSharding.SizeOverride> overrides = List.of();

        boolean key(String key, String written, String path) throws HashringFileFault {
            switch (key) {
                case "shard_size" -> shardSize = in.number(path, shardSize);
                case "cache_size" -> cacheSize = in.number(path, cacheSize);
                case "zone_awareness_disabled" -> withoutZones = in.flag(path, withoutZones);
                case "overrides" -> {
                    List<ShuffleSharding.SizeOverride> found = new ArrayList<>();
                    in.array(path, (place, index) -> found.add(sizeOverride(place)));
                    overrides = found;
                }
                default -> {
                    return unknown(path, written);
                }
            }
            return true;
        }

        ShuffleSharding done() {
            return new ShuffleSharding(shardSize, cacheSize, withoutZones, overrides);
        }
    }

    private ShuffleSharding.SizeOverride sizeOverride(String path) throws HashringFileFault {
        long[] size = new long[1];
        Names tenants = new Names();
        in.object(path, (key, written, place) -> {
            if (key.equals("shard_size")) {
                size[0] = in.number(place, size[0]);
                return true;
            }
            return tenants.key(key, place) || unknown(place, written);
        });
        return new ShuffleSharding.SizeOverride(size[0], tenants.done());
    }
}
