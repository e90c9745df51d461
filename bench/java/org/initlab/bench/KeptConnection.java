package org.initlab.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP/1.1 connection that uses as little as it can of the processors that it shares with the service: a request is
 * bytes prepared in advance, and an answer is read and discarded.
 */
final class KeptConnection implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_DIGITS = 3;
    private static final int HEXADECIMAL = 16;

    private final int port;
    private Socket socket;
    private InputStream in;

    KeptConnection(int port) throws IOException {
        this.port = port;
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /** Sends a request and reads its whole answer; returns the status. */
    int send(byte[] request) throws IOException {
        int status;
        try {
            status = begin(request);
        } catch (EOFException | SocketException e) {
            // the service closes connections that have been idle for a while
            socket.close();
            connect();
            status = begin(request);
        }
        long length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.startsWith("Content-Length: ")) {
                length = Long.parseLong(header.substring(header.indexOf(' ') + 1));
            }
            chunked |= header.equals("Transfer-Encoding: chunked");
            last |= header.equals("Connection: close");
        }
        if (chunked) {
            skipChunks();
        } else {
            in.skipNBytes(length);
        }
        if (last) {
            socket.close();
            connect();
        }
        return status;
    }

    private int begin(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        return Integer.parseInt(line().substring(STATUS_AT, STATUS_AT + STATUS_DIGITS));
    }

    private void skipChunks() throws IOException {
        int size;
        do {
            size = Integer.parseInt(line(), HEXADECIMAL);
            in.skipNBytes(size);
            line();
        } while (size > 0);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the service closed the connection within an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** A request's bytes; {@code header} is a whole line or empty; the body may be empty too. */
    static byte[] bytes(String method, String path, String header, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
                + (header.isEmpty() ? "" : header + "\r\n")
                + (content.length == 0
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
