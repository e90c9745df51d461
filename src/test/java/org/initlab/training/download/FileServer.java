package org.initlab.training.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one file on loopback, well or badly. */
public final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final byte[] content;
    private volatile boolean honoursRange = true;
    private volatile int status = 200;
    private volatile int bytesPerAnswer = Integer.MAX_VALUE;

    public FileServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/file");
    }

    /** The Range header of every request so far; empty if there was none. */
    public List<String> ranges() {
        return ranges;
    }

    /** From now on sends the whole file whatever range is asked for. */
    FileServer withoutRange() {
        honoursRange = false;
        return this;
    }

    FileServer answering(int newStatus) {
        status = newStatus;
        return this;
    }

    /** From now on cuts the connection after this many bytes. */
    FileServer cuttingAfter(int bytes) {
        bytesPerAnswer = bytes;
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "" : range);
        int from = 0;
        int code = status;
        if (range != null && honoursRange && status == 200) {
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            code = from < content.length ? 206 : 416;
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        if (code >= 400) {
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
            return;
        }
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        exchange.sendResponseHeaders(code, rest.length);
        // not closed on purpose where it is cut: the exchange's close then drops the connection
        OutputStream body = exchange.getResponseBody();
        body.write(rest, 0, Math.min(rest.length, bytesPerAnswer));
        body.flush();
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
