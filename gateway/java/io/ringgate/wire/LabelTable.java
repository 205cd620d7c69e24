package io.ringgate.wire;

import java.util.Arrays;

/**
 * The labels of one series that did not come sorted, as columns of places in the message. Kept from series to series
 * and bounded, so that no message makes it large.
 */
final class LabelTable {

    /** The most labels of one series. */
    static final int MOST = 4096;

    private int seen;
    private int count;
    private int[] start = new int[64];
    private int[] end = new int[64];
    private int[] nameAt = new int[64];
    private int[] nameLength = new int[64];
    private int[] valueAt = new int[64];
    private int[] valueLength = new int[64];
    private int[] order = new int[64];
    private int[] merged = new int[64];

    void clear() {
        seen = 0;
        count = 0;
    }

    /** How many labels came, those without a row included. */
    int labelCount() {
        return seen;
    }

    /** How many have a row: at most {@link #MOST}. */
    int count() {
        return count;
    }

    /** Takes the label whose field lies from {@code from} to {@code to}. */
    void add(LabelField label, int from, int to) {
        seen++;
        if (count == MOST) {
            return;
        }
        if (count == start.length) {
            grow(2 * count);
        }
        start[count] = from;
        end[count] = to;
        nameAt[count] = label.nameAt;
        nameLength[count] = label.nameLength;
        valueAt[count] = label.valueAt;
        valueLength[count] = label.valueLength;
        order[count] = count;
        count++;
    }

    private void grow(int size) {
        start = Arrays.copyOf(start, size);
        end = Arrays.copyOf(end, size);
        nameAt = Arrays.copyOf(nameAt, size);
        nameLength = Arrays.copyOf(nameLength, size);
        valueAt = Arrays.copyOf(valueAt, size);
        valueLength = Arrays.copyOf(valueLength, size);
        order = Arrays.copyOf(order, size);
        merged = new int[size];
    }

    int start(int row) {
        return start[row];
    }

    int end(int row) {
        return end[row];
    }

    int nameAt(int row) {
        return nameAt[row];
    }

    int nameLength(int row) {
        return nameLength[row];
    }

    int valueAt(int row) {
        return valueAt[row];
    }

    int valueLength(int row) {
        return valueLength[row];
    }

    /** The row whose value is at a place of the message. */
    int rowOfValue(int place) {
        int row = 0;
        while (valueAt[row] != place) {
            row++;
        }
        return row;
    }

    /** The row at a place of the sorted order. */
    int sorted(int place) {
        return order[place];
    }

    int compare(byte[] bytes, int left, int right) {
        return NameOrder.compare(bytes, nameAt[left], nameLength[left], bytes, nameAt[right], nameLength[right]);
    }

    /** True when the rows came in order; equal neighbours count as in order. */
    boolean inOrder(byte[] bytes) {
        for (int row = 1; row < count; row++) {
            if (compare(bytes, row - 1, row) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Sorts rows by name. A merge sort from below: stable, and no order of labels makes it slow. */
    void sort(byte[] bytes) {
        for (int width = 1; width < count; width *= 2) {
            for (int from = 0; from < count; from += 2 * width) {
                merge(bytes, from, Math.min(from + width, count), Math.min(from + 2 * width, count));
            }
            int[] sorted = merged;
            merged = order;
            order = sorted;
        }
    }

    private void merge(byte[] bytes, int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int place = from; place < to; place++) {
            boolean takeLeft = right == to || (left < middle && compare(bytes, order[left], order[right]) <= 0);
            merged[place] = takeLeft ? order[left++] : order[right++];
        }
    }
}
