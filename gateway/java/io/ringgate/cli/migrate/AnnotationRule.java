package io.ringgate.cli.migrate;

/** What becomes of an annotation of an Ingress that takes writes. */
@FunctionalInterface
interface AnnotationRule {

    /** Judges a value, and writes its effect to the draft. */
    Finding apply(String value, RuleContext context);
}
