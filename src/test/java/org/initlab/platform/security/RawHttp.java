package org.initlab.platform.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests with a {@code Host} of the test's choice, which Java's own client does not allow. */
record RawHttp(int port) {
    /** Sends the lines and reads the whole answer. */
    String send(String... lines) throws IOException {
        String request = String.join("\r\n", lines) + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
