package io.ringgate.testing;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Protobuf written field by field, so that a test needs no generated class. */
public final class ProtobufMessage {

    private ProtobufMessage() {}

    /** Writes the fields of one message. */
    public interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    public static byte[] of(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
