/**
 * The units of the configuration, one class each: which files it is read from, how it is read and checked, and which guards
 * and descriptions of changes it uses. Also reads all files at the start.
 */
@NullMarked
package io.ringgate.reload.unit;

import org.jspecify.annotations.NullMarked;
