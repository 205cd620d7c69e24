/**
 * The hashrings as Thanos reads them: the file, which ring takes which tenant, and where its series lie. Plain values and
 * pure functions, the same answers as Thanos's own for every input. It must not know what is sent to whom, nor what this
 * gateway makes of a file that Thanos accepts.
 */
@NullMarked
package io.ringgate.hashring;

import org.jspecify.annotations.NullMarked;
