/**
 * A Kubernetes of its own for the tests: the real API server, its store and its controllers on loopback ports, and no node. Players
 * stand for what runs elsewhere: they make pods ready and issue certificates. Knows nothing of the files below {@code k8s/}.
 */
@NullMarked
package io.ringgate.k8s.cluster;

import org.jspecify.annotations.NullMarked;
