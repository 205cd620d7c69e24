/**
 * Who writes: the edge cluster, its tenant, and the labels its series are stamped with. Plain values with their rules;
 * it must not know how an edge authenticates nor where its writes go.
 */
@NullMarked
package io.ringgate.edge;

import org.jspecify.annotations.NullMarked;
