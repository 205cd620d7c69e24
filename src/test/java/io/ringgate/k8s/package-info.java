/**
 * The files below {@code k8s/}, built by the real kustomize, read strictly, compared with one another and tried on the
 * programs they are for, Kubernetes itself among them ({@code k8s.cluster}).
 */
@NullMarked
package io.ringgate.k8s;

import org.jspecify.annotations.NullMarked;
