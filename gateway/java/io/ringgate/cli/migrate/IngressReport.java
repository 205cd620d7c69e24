package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the report says of one Ingress: its annotations, and what it says besides. */
record IngressReport(Ingress ingress, List<ReportLine> facts, List<ReportLine> annotations) {

    /** Of one that takes writes; the draft takes what it asks for. */
    static IngressReport write(RuleContext asked) {
        Ingress ingress = asked.ingress();
        asked.draft().add(ingress);
        List<ReportLine> facts = SpecRules.judge(asked);
        return new IngressReport(
                ingress,
                facts,
                ingress.annotations().entrySet().stream()
                        .map(each -> Annotations.judge(each.getKey(), each.getValue(), asked))
                        .toList());
    }

    /** Of one for reading, or one that is switched off. */
    static IngressReport other(Ingress ingress) {
        List<ReportLine> facts = new ArrayList<>();
        if (!ingress.className().isEmpty()) {
            facts.add(ReportLine.of("class " + ingress.className(), fate(ingress, "the controller that serves it")));
        }
        ingress.routes()
                .forEach(route -> facts.add(
                        ReportLine.of(thing(route), fate(ingress, route.role().title()))));
        ingress.tls()
                .forEach(tls -> facts.add(
                        ReportLine.of(("tls " + tls.secretName()).strip(), fate(ingress, "its certificate"))));
        ingress.remarks()
                .forEach(remark -> facts.add(
                        undecided(remark)
                                ? new ReportLine(
                                        remark.thing(),
                                        fate(ingress, remark.finding().words()))
                                : remark));
        return new IngressReport(
                ingress,
                facts,
                ingress.annotations().entrySet().stream()
                        .map(each -> ingress.enabled()
                                ? Annotations.later(each.getKey(), each.getValue())
                                : Annotations.off(each.getKey(), each.getValue()))
                        .toList());
    }

    private static boolean undecided(ReportLine entry) {
        return entry.finding().fate() == Finding.Fate.DECIDE;
    }

    /** What has to be decided of it, each with where it stands. */
    List<String> questions() {
        return Stream.concat(facts.stream(), annotations.stream())
                .filter(IngressReport::undecided)
                .map(entry -> ingress.id() + ": " + entry.thing() + " → "
                        + entry.finding().words())
                .toList();
    }

    private static String thing(Ingress.Route route) {
        return (route.host().isEmpty() ? "any host" : route.host()) + " "
                + (route.path().isEmpty() ? "/" : route.path()) + " to " + route.backend();
    }

    private static Finding fate(Ingress ingress, String words) {
        return ingress.enabled() ? Finding.later(words) : Finding.left("the section is switched off");
    }

    String text() {
        StringBuilder text = new StringBuilder("### ").append(ingress.title()).append("\n\n");
        facts.forEach(entry -> text.append(entry).append('\n'));
        annotations.forEach(entry -> text.append(entry).append('\n'));
        return text.append('\n').toString();
    }
}
