package io.ringgate.cli.migrate;

import io.ringgate.cli.Main;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of {@code ringgate import ingress} into a folder, and what came of it. */
record Imported(Path folder, int code, String out, String err) {

    static final Path SAMPLES = Path.of("src/test/resources/ingress");

    static String sample(String name) {
        return SAMPLES.resolve(name).toString();
    }

    static Imported into(Path folder, String... arguments) {
        List<String> all = new ArrayList<>(List.of("import", "ingress", "-o", folder.toString()));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
        return new Imported(folder, code, out.toString(), err.toString());
    }

    /** Of one Ingress with this text. */
    static Imported ofText(Path folder, String yaml, String... arguments) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder.getParent(), "ingress", ".yaml"), yaml);
        List<String> all = new ArrayList<>(List.of("-f", file.toString()));
        all.addAll(List.of(arguments));
        return into(folder, all.toArray(String[]::new));
    }

    String file(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    String report() throws IOException {
        return file("report.md");
    }

    /** With every question that is under `undecided` deleted, as one does who has decided it. */
    Imported decided() throws IOException {
        Files.writeString(
                folder.resolve("ringgate.yaml"), file("ringgate.yaml").replaceAll("(?m)^undecided:\n(  - .*\n)+", ""));
        return this;
    }

    /** What is under `undecided`. */
    List<String> questions() throws IOException {
        return file("ringgate.yaml")
                .lines()
                .dropWhile(line -> !line.equals("undecided:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  - "))
                .toList();
    }

    /** As a gateway would read it. */
    LoadResult loaded() {
        return new ConfigLoader(folder.resolve("ringgate.yaml"), Strictness.LENIENT, name -> null).load();
    }
}
