package org.facteur.mail.dkim;

import java.util.Arrays;

/** A growing array of bytes that can be read in place. */
final class Bytes {
    private byte[] array;
    private int length;

    Bytes(int capacity) {
        array = new byte[capacity];
    }

    void add(int b) {
        if (length == array.length) {
            array = Arrays.copyOf(array, length * 2);
        }
        array[length++] = (byte) b;
    }

    void add(byte[] bytes, int from, int to) {
        int more = to - from;
        if (length + more > array.length) {
            array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
        }
        System.arraycopy(bytes, from, array, length, more);
        length += more;
    }

    /** Forgets all behind {@code length}. */
    void truncate(int length) {
        this.length = length;
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }
}
