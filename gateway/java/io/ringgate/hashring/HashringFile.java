package io.ringgate.hashring;

import java.util.List;

/**
 * What a hashring file says.
 *
 * @param rings in their order; none for an empty list
 * @param lines where each ring begins, counted from 1
 * @param unknownKeys keys that Thanos ignores
 * @param hash of the text, by which readers of the file are compared
 */
public record HashringFile(List<Hashring> rings, List<Integer> lines, List<UnknownKey> unknownKeys, FileHash hash) {

    /** Names of keys that Thanos knows, whatever they stand under. */
    public static final List<String> KEYS = List.of(
            "hashring",
            "tenants",
            "tenant_matcher_type",
            "endpoints",
            "algorithm",
            "external_labels",
            "shuffle_sharding_config",
            "address",
            "capnproto_address",
            "az",
            "shard_size",
            "cache_size",
            "zone_awareness_disabled",
            "overrides");

    public HashringFile {
        rings = List.copyOf(rings);
        lines = List.copyOf(lines);
        unknownKeys = List.copyOf(unknownKeys);
    }

    /** A key that is not one of {@link #KEYS} where it stands. */
    public record UnknownKey(int line, String path, String key) {}

    /**
     * Reads the text of a file.
     *
     * @throws HashringFileFault for what Thanos cannot read either
     */
    public static HashringFile read(byte[] text) throws HashringFileFault {
        return new HashringFileReader(JsonCursor.of(text)).file(FileHash.of(text));
    }
}
