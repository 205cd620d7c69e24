package io.ringgate.wire;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/** Snappy blocks between arrays, by the native library; nothing is allocated. */
final class SnappyBlock {

    private SnappyBlock() {}

    /** Unpacks to the start of an array that has room for the declared size. */
    static void unpack(byte[] packed, int from, int length, byte[] target, int declared) throws WriteRefusedException {
        try {
            int unpacked = Snappy.rawUncompress(packed, from, length, target, 0);
            if (unpacked != declared) {
                throw notABlock(unpacked + " bytes uncompressed, " + declared + " declared");
            }
        } catch (IOException broken) {
            throw notABlock("corrupt content");
        }
    }

    /** Packs from the start of an array, and returns the packed length. */
    static int pack(byte[] source, int length, byte[] target) {
        try {
            return Snappy.rawCompress(source, 0, length, target, 0);
        } catch (IOException impossible) {
            throw new IllegalStateException("snappy could not pack " + length + " bytes", impossible);
        }
    }

    static WriteRefusedException notABlock(String why) {
        return WriteRefusedException.malformed("malformed snappy block: " + why);
    }
}
