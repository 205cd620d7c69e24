package io.ringgate.tls;

import java.nio.file.Path;

/**
 * A certificate and its key, as PEM files. They may be the same file.
 *
 * @param certificate the server's own certificate first, then the intermediate ones
 */
public record CertificateFiles(Path certificate, Path key) {}
