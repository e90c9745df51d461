package org.initlab.events.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;

/** How many streams may be open at a time: of all clients, and of each, so that one cannot shut the others out. */
final class ClientBound {
    private final int most;
    private final int mostEach;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;

    ClientBound(int most, int mostEach) {
        this.most = most;
        this.mostEach = mostEach;
    }

    /** Who asks: the holder of a token, or else an address. */
    static String client(HttpServletRequest request) {
        String holder = request.getRemoteUser();
        return holder == null ? "address " + request.getRemoteAddr() : "token " + holder;
    }

    /** Takes a place, to be given back by {@link #leave}; false if there is none. */
    synchronized boolean enter(String client) {
        int own = open.getOrDefault(client, 0);
        if (all >= most || own >= mostEach) {
            return false;
        }
        open.put(client, own + 1);
        all++;
        return true;
    }

    synchronized void leave(String client) {
        open.computeIfPresent(client, (any, own) -> own > 1 ? own - 1 : null);
        all--;
    }
}
