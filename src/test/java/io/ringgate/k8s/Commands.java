package io.ringgate.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of a page: those of its indented blocks, and what speaks to a cluster in the text. */
final class Commands {

    private static final String BLOCK = "    ";
    private static final List<String> OF_A_CLUSTER = List.of("kubectl ", "kustomize ", "cmctl ", "helm ", "docker ");
    private static final Pattern IN_TEXT = Pattern.compile("`([^`]+)`");

    private Commands() {}

    /** Of the section of that title, in their order; those in the text are not among them. */
    static List<String> ofSection(Path page, String title) throws IOException {
        return Files.readAllLines(page).stream()
                .dropWhile(line -> !line.equals("## " + title))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(Commands::isCommand)
                .map(line -> withoutComment(line.substring(BLOCK.length())))
                .toList();
    }

    /** What speaks to a cluster, anywhere on the page. */
    static List<String> ofACluster(Path page) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line : Files.readAllLines(page)) {
            Stream<String> found = isCommand(line)
                    ? Stream.of(withoutComment(line.substring(BLOCK.length())))
                    : IN_TEXT.matcher(line).results().map(match -> match.group(1));
            found.filter(Commands::isOfACluster).forEach(all::add);
        }
        return all.stream().distinct().toList();
    }

    /** A program with its verb alone, or with something left out, is talked about and not run. */
    static boolean isOfACluster(String command) {
        return OF_A_CLUSTER.stream().anyMatch(command::startsWith)
                && !command.contains("…")
                && command.split(" ", -1).length > 2;
    }

    private static boolean isCommand(String line) {
        return line.startsWith(BLOCK) && !line.isBlank();
    }

    private static String withoutComment(String command) {
        return command.replaceAll(" {3,}#.*", "");
    }
}
