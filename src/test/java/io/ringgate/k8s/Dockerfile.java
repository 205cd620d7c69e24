package io.ringgate.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Dockerfile of the sources, as far as such files are used here: stages, and what each does in order. */
record Dockerfile(List<Stage> stages) {

    /** One line, continued ones put together: {@code RUN} and what follows it. */
    record Instruction(String name, String text) {}

    /**
     * From one {@code FROM} to the next.
     *
     * @param name empty for the last one
     * @param base the stage or the image that it begins with
     */
    record Stage(String name, String base, List<Instruction> instructions) {

        List<String> texts(String instruction) {
            return Dockerfile.texts(instructions, instruction);
        }
    }

    /**
     * A {@code COPY}.
     *
     * @param from the stage that the sources are in; empty for the sources themselves
     */
    record Copy(String from, String mode, List<String> sources, String target) {

        static Copy of(String text) {
            String from = "";
            String mode = "";
            List<String> paths = new ArrayList<>();
            for (String word : text.split(" +", -1)) {
                if (word.startsWith("--from=")) {
                    from = word.substring(7);
                } else if (word.startsWith("--chmod=")) {
                    mode = word.substring(8);
                } else if (word.startsWith("--")) {
                    throw new AssertionError("COPY with " + word + " is not known here");
                } else {
                    paths.add(word);
                }
            }
            return new Copy(from, mode, List.copyOf(paths.subList(0, paths.size() - 1)), paths.getLast());
        }
    }

    static Dockerfile ofTheSources() throws IOException {
        List<Stage> stages = new ArrayList<>();
        String text = Files.readString(Path.of("Dockerfile"))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", "");
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            String[] parts = line.split(" +", 2);
            if (parts[0].equals("FROM")) {
                String[] names = parts[1].split(" AS ", -1);
                stages.add(new Stage(names.length > 1 ? names[1] : "", names[0], new ArrayList<>()));
            } else {
                stages.getLast().instructions().add(new Instruction(parts[0], parts[1]));
            }
        }
        return new Dockerfile(stages);
    }

    Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stage is named " + name));
    }

    /** What becomes of the image: the texts of its own instructions of that name, those of the stages below it first. */
    List<String> image(String instruction) {
        List<Instruction> all = new ArrayList<>();
        Stage at = stages.getLast();
        while (true) {
            all.addAll(0, at.instructions());
            String base = at.base();
            if (stages.stream().noneMatch(stage -> stage.name().equals(base))) {
                return texts(all, instruction);
            }
            at = stage(base);
        }
    }

    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (String text : image("ENV")) {
            String[] parts = text.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }

    private static List<String> texts(List<Instruction> instructions, String name) {
        return instructions.stream()
                .filter(each -> each.name().equals(name))
                .map(Instruction::text)
                .toList();
    }
}
