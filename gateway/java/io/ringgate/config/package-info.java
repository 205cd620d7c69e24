/**
 * What the operator writes, as immutable records, and the loader that reads YAML into them. Every mistake is collected
 * with file, line and path before anything is refused. It must not know any class that runs.
 */
@NullMarked
package io.ringgate.config;

import org.jspecify.annotations.NullMarked;
