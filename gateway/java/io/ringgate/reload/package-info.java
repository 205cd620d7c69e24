/**
 * Changes the configuration of a running gateway: detect changed files, plan what each unit would do, apply the plan as one
 * swap. The plan is a value, so a dry run shows exactly what a reload applies. What is configured now is the
 * {@code ActiveConfiguration}. The runtime is known only as a {@code ReloadTarget}; how anything is shown is not known here.
 */
@NullMarked
package io.ringgate.reload;

import org.jspecify.annotations.NullMarked;
