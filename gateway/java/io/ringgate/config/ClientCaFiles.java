package io.ringgate.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the authorities of client certificates lie. The files may be absent when only the text was
 * checked.
 *
 * @param caFile PEM, the authorities; absolute
 * @param crlFile PEM or DER, what they have revoked; absolute; absent where nothing is
 */
public record ClientCaFiles(Path caFile, @Nullable Path crlFile) {}
