/**
 * From the files an operator writes to records: a small tree that knows the place of every value, a section that knows
 * which keys it may have, and one reader per record. All problems are collected, nothing stops at the first. Must not
 * know what a value is used for.
 */
@NullMarked
package io.ringgate.config.yaml;

import org.jspecify.annotations.NullMarked;
