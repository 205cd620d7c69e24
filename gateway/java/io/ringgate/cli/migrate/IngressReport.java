package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the report says of one Ingress: what it says besides its annotations, and these. */
record IngressReport(Ingress ingress, List<ReportLine> spec, List<ReportLine> annotations) {

    /** Of one that takes writes; the draft takes what it asks for. */
    static IngressReport ofWrites(RuleContext context) {
        Ingress ingress = context.ingress();
        context.draft().add(ingress);
        List<ReportLine> spec = SpecRules.apply(context);
        return new IngressReport(
                ingress,
                spec,
                ingress.annotations().entrySet().stream()
                        .map(each -> Annotations.judge(each.getKey(), each.getValue(), context))
                        .toList());
    }

    /** Of one for reading, or one that is switched off. */
    static IngressReport ofOther(Ingress ingress) {
        List<ReportLine> spec = new ArrayList<>();
        if (!ingress.className().isEmpty()) {
            spec.add(unused(ingress, "class " + ingress.className(), "the controller that serves it"));
        }
        ingress.routes()
                .forEach(route ->
                        spec.add(unused(ingress, route.toString(), route.role().title())));
        ingress.tls().forEach(tls -> spec.add(unused(ingress, ("tls " + tls.secretName()).strip(), "its certificate")));
        ingress.remarks()
                .forEach(remark -> spec.add(
                        remark.finding().isUndecided()
                                ? new ReportLine(
                                        remark.thing(),
                                        Finding.unused(ingress, remark.finding().words()))
                                : remark));
        return new IngressReport(ingress, spec, Annotations.ofOther(ingress));
    }

    private static ReportLine unused(Ingress ingress, String thing, String about) {
        return ReportLine.of(thing, Finding.unused(ingress, about));
    }

    /** What has to be decided of it, each with where it stands. */
    Stream<String> questions() {
        return Stream.concat(spec.stream(), annotations.stream())
                .filter(line -> line.finding().isUndecided())
                .map(line -> ingress.id() + ": " + line.words());
    }

    String text() {
        return "### " + ingress.title() + "\n\n" + ReportLine.text(spec) + ReportLine.text(annotations) + "\n";
    }
}
