package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that is read: bounded, strict UTF-8.
 *
 * @param name as messages and the report call it
 */
record InputText(String name, String text) {

    static final int MOST_BYTES = 16 << 20;

    private static final String STANDARD_INPUT = "-";

    /**
     * Reads it; {@code -} is the standard input.
     *
     * @throws CommandFailure with exit code 2 for what cannot be read
     */
    static InputText read(String argument) {
        boolean standard = argument.equals(STANDARD_INPUT);
        String name = standard ? "the standard input" : ReportText.of(argument);
        if (!standard && Files.isDirectory(Path.of(argument))) {
            throw CommandFailure.wrong(name + " is a folder, name a file.");
        }
        try (InputStream in = standard ? System.in : Files.newInputStream(Path.of(argument))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw CommandFailure.wrong(name + " is larger than 16MiB: split it.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new InputText(name, text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (NoSuchFileException absent) {
            throw CommandFailure.wrong(name + " does not exist.");
        } catch (AccessDeniedException denied) {
            throw CommandFailure.wrong(name + " may not be read by this user.");
        } catch (CharacterCodingException notUtf8) {
            throw CommandFailure.wrong(name + " is not UTF-8 text, save it as UTF-8.");
        } catch (IOException failed) {
            throw CommandFailure.wrong(
                    name + " cannot be read: " + ReportText.of(String.valueOf(failed.getMessage())) + ".");
        }
    }
}
