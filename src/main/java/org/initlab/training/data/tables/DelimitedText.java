package org.initlab.training.data.tables;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** The text of a delimited file, which knows its delimiter by its first line and bounds the length of a row. */
final class DelimitedText extends FilterReader {
    private static final int LONGEST_HEADER = 1 << 20;
    private static final int LONGEST_ROW = 16 << 20;
    private static final String CANDIDATES = ",;\t";

    private final char delimiter;
    private int sinceRow;

    /** A row takes more text than any table's: most likely a quote that is never closed. */
    static final class LongRowException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Looks at the first line.
     *
     * @param usual the delimiter if the line does not tell; a tab is not questioned
     */
    DelimitedText(Reader text, char usual) throws IOException {
        super(new BufferedReader(text, 1 << 16));
        delimiter = usual == '\t' ? usual : mostFrequent(usual);
    }

    char delimiter() {
        return delimiter;
    }

    /** Tells that a row ends about here. */
    void nextRow() {
        sinceRow = 0;
    }

    /** The candidate that the first line has most often outside quotes. */
    private char mostFrequent(char usual) throws IOException {
        in.mark(LONGEST_HEADER);
        int[] counts = new int[CANDIDATES.length()];
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < LONGEST_HEADER - 1; i++) {
            int c = in.read();
            if (c < 0 || (begun && !quoted && (c == '\n' || c == '\r'))) {
                break;
            }
            begun |= c != '\n' && c != '\r';
            quoted ^= c == '"';
            if (!quoted && CANDIDATES.indexOf(c) >= 0) {
                counts[CANDIDATES.indexOf(c)]++;
            }
        }
        in.reset();
        int most = CANDIDATES.indexOf(usual);
        for (int i = 0; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return CANDIDATES.charAt(most);
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        count(1);
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(count);
        return count;
    }

    private void count(int characters) throws IOException {
        sinceRow += characters;
        if (sinceRow > LONGEST_ROW) {
            throw new LongRowException();
        }
    }
}
