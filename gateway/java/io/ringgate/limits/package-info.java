/**
 * How much may be under way: memory and concurrency budgets. Pure bookkeeping on numbers; time is passed in, nothing
 * waits, and what is taken is given back exactly once. It must not know what a write is.
 */
@NullMarked
package io.ringgate.limits;

import org.jspecify.annotations.NullMarked;
