package io.ringgate.config.yaml;

import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The text of one configuration file: bounded, strict UTF-8. */
final class YamlFile {

    /** Room for some fifty thousand edges. */
    static final int MOST_BYTES = 16 << 20;

    private YamlFile() {}

    /** What stands in it, or nothing and a problem. */
    static @Nullable Section section(Path file, String shown, Environment environment, ReadContext reading) {
        String text = text(file, shown, reading.problems());
        Node node = text == null ? null : YamlTree.read(text, shown, environment, reading.problems());
        return node == null ? null : Section.of(node, reading);
    }

    /** The text, or nothing and a problem. */
    static @Nullable String text(Path file, String shown, Problems problems) {
        SourcePosition position = SourcePosition.ofFile(shown);
        try {
            if (Files.isDirectory(file)) {
                problems.error(position, "is a folder, name a file");
                return null;
            }
            byte[] bytes = bytes(file);
            if (bytes.length > MOST_BYTES) {
                problems.error(
                        position, "is larger than " + SizeKind.format(MOST_BYTES) + ", this cannot be a configuration");
                return null;
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException absent) {
            problems.error(position, "does not exist, write it or name another file");
        } catch (AccessDeniedException denied) {
            problems.error(position, "may not be read by this user, change its permissions");
        } catch (CharacterCodingException notUtf8) {
            problems.error(position, "is not UTF-8 text, save it as UTF-8");
        } catch (IOException failed) {
            problems.error(position, "cannot be read: " + QuotedText.oneLine(String.valueOf(failed.getMessage())));
        }
        return null;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }
}
