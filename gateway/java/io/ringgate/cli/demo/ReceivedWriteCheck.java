package io.ringgate.cli.demo;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.ringgate.reject.EscapedText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Reads a remote write as a receiver would, with Google's decoder and none of the gateway's own code, and holds it to what
 * a receiver may expect from the gateway.
 */
final class ReceivedWriteCheck {

    private static final ByteString TENANT = ByteString.copyFromUtf8("tenant");
    private static final ByteString CLUSTER = ByteString.copyFromUtf8("cluster");

    private final ByteString tenant;
    private long samples;

    private ReceivedWriteCheck(ByteString tenant) {
        this.tenant = tenant;
    }

    /**
     * The number of samples in a write that is as it should be.
     *
     * @param tenantHeader what the request says the tenant is
     */
    static long samples(byte[] packed, @Nullable String tenantHeader) throws BadWrite {
        if (tenantHeader == null || tenantHeader.isEmpty()) {
            throw new BadWrite("the request does not name a tenant");
        }
        ReceivedWriteCheck inspection = new ReceivedWriteCheck(ByteString.copyFromUtf8(tenantHeader));
        try {
            inspection.write(CodedInputStream.newInstance(unpacked(packed)));
        } catch (IOException e) {
            throw new BadWrite("the protobuf message is broken: " + e.getMessage());
        }
        return inspection.samples;
    }

    private static byte[] unpacked(byte[] packed) throws BadWrite {
        try {
            return Snappy.uncompress(packed);
        } catch (IOException e) {
            throw new BadWrite("the body is not snappy: " + e.getMessage());
        }
    }

    private void write(CodedInputStream in) throws IOException, BadWrite {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                series(in.readBytes().newCodedInput());
            } else {
                in.skipField(tag);
            }
        }
    }

    private void series(CodedInputStream in) throws IOException, BadWrite {
        List<ByteString> names = new ArrayList<>();
        List<ByteString> values = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> label(in.readBytes().newCodedInput(), names, values);
                case 2 -> sample(in.readBytes().newCodedInput());
                default -> in.skipField(tag);
            }
        }
        order(names);
        ByteString found = value(TENANT, names, values);
        if (!found.equals(tenant)) {
            throw new BadWrite(
                    "a series is labelled tenant=" + quoted(found) + " in a write of tenant " + quoted(tenant));
        }
        value(CLUSTER, names, values);
    }

    private static void label(CodedInputStream in, List<ByteString> names, List<ByteString> values)
            throws IOException, BadWrite {
        ByteString name = ByteString.EMPTY;
        ByteString value = ByteString.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = in.readBytes();
                case 2 -> value = in.readBytes();
                default -> in.skipField(tag);
            }
        }
        if (name.isEmpty() || value.isEmpty()) {
            throw new BadWrite("a label has no name or no value");
        }
        names.add(name);
        values.add(value);
    }

    private void sample(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            in.skipField(tag);
        }
        samples++;
    }

    private static void order(List<ByteString> names) throws BadWrite {
        for (int i = 1; i < names.size(); i++) {
            int order = ByteString.unsignedLexicographicalComparator().compare(names.get(i - 1), names.get(i));
            if (order == 0) {
                throw new BadWrite("a series has the label " + quoted(names.get(i)) + " twice");
            }
            if (order > 0) {
                throw new BadWrite("the labels of a series are not sorted: " + quoted(names.get(i)) + " comes after "
                        + quoted(names.get(i - 1)));
            }
        }
    }

    private static ByteString value(ByteString name, List<ByteString> names, List<ByteString> values) throws BadWrite {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new BadWrite("a series has no label " + quoted(name));
        }
        return values.get(at);
    }

    private static String quoted(ByteString bytes) {
        return EscapedText.of(bytes.toStringUtf8());
    }
}
