package io.ringgate.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The curl program. */
public final class Curl {

    private final Path ca;

    private Curl(Path ca) {
        this.ca = ca;
    }

    /**
     * The result of a call.
     *
     * @param status 0 when there was no answer
     * @param body what it wrote before the status
     * @param errors its standard error
     */
    public record Said(int exit, int status, String body, String errors) {

        /** Everything on standard output, for a call with a format of its own. */
        public String all() {
            return body + status;
        }
    }

    public static Curl trusting(Path ca) {
        return new Curl(ca);
    }

    public Said run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("curl", "--silent", "--show-error", "--max-time", "30", "--cacert", ca.toString()));
        command.addAll(List.of("--write-out", "%{http_code}"));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("curl", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            int end = out.length() - 3;
            return new Said(
                    exit, Integer.parseInt(out.substring(end)), out.substring(0, end), Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }
}
