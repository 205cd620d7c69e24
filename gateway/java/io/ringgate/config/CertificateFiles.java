package io.ringgate.config;

import java.nio.file.Path;

/**
 * Where a certificate and its key lie. The files may be absent when only the text was checked.
 *
 * @param certFile PEM, the server's certificate first, then the chain; absolute
 * @param keyFile PEM, the private key; absolute
 */
public record CertificateFiles(Path certFile, Path keyFile) {}
