/**
 * The files below {@code k8s/}, built by the real kustomize, read strictly, compared with one another and tried on the
 * programs they are for. No cluster is needed.
 */
@NullMarked
package io.ringgate.k8s;

import org.jspecify.annotations.NullMarked;
