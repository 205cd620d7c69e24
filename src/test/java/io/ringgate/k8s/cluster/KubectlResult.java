package io.ringgate.k8s.cluster;

/** How a kubectl ended, and what it printed. */
public record KubectlResult(int code, String output, String errors) {}
