/**
 * {@code ringgate import}: what people run today, read and written as our own files, with a report of everything
 * that was found. It knows no cluster and no running gateway: files in, files out.
 */
@NullMarked
package io.ringgate.cli.migrate;

import org.jspecify.annotations.NullMarked;
