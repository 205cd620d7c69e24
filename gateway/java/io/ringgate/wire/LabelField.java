package io.ringgate.wire;

/** Where the name and the value of one label lie. An absent one has length 0. */
final class LabelField {

    private final ContentCounter contents = new ContentCounter();

    int nameAt;
    int nameLength;
    int valueAt;
    int valueLength;

    /** Places the parts of a label whose four tags and lengths take a byte each: the field begins at {@code at}. */
    void usual(int at, int nameBytes, int end) {
        nameAt = at + 4;
        nameLength = nameBytes;
        valueAt = nameAt + nameBytes + 2;
        valueLength = end - valueAt;
    }

    /** Reads the label between where {@code in} stands and {@code end}, and leaves {@code in} at its end. */
    void read(FieldReader in, int end) throws WriteRefusedException {
        int start = in.at();
        MessageSchema.LABEL.check(in, end, contents);
        in.moveTo(start);
        nameAt = start;
        nameLength = 0;
        valueAt = start;
        valueLength = 0;
        while (in.at() < end) {
            int tag = in.tag(end);
            int contentEnd = in.contentEnd(end);
            if (tag == Protobuf.NAME) {
                nameAt = in.at();
                nameLength = contentEnd - nameAt;
            } else {
                valueAt = in.at();
                valueLength = contentEnd - valueAt;
            }
            in.moveTo(contentEnd);
        }
    }
}
