/**
 * {@code ringgate diff}: the plan of a reload that would replace one folder of configuration files by another, without their
 * secrets and without a running gateway. Uses the guards, descriptions and the plan of a reload.
 */
@NullMarked
package io.ringgate.reload.folder;

import org.jspecify.annotations.NullMarked;
