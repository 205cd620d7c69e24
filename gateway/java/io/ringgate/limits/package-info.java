/**
 * How much may come and how much may be under way: rates, memory and concurrency budgets. Pure bookkeeping on numbers;
 * time is passed in, nothing waits, and what is taken is given back at most once. It must not know what a write is.
 */
@NullMarked
package io.ringgate.limits;

import org.jspecify.annotations.NullMarked;
