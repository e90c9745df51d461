package org.initlab.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers {@code If-None-Match: *} on a GET, which asks for nothing that exists (RFC 9110, section 13.1.2): as HEAD, with
 * 304 in place of 200. Spring itself leaves it to changes.
 */
@Component
class AnyTagFilter extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !READING.contains(request.getMethod())
                || Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)).stream()
                        .noneMatch(line -> line.strip().equals("*"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Unchanged unchanged = new Unchanged(response);
        chain.doFilter(new HeadOnly(request), unchanged);
        unchanged.settle();
    }

    private static final class HeadOnly extends HttpServletRequestWrapper {
        HeadOnly(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "HEAD";
        }
    }

    /** Turns a success into 304 before anything is written; the container drops the body of a 304. */
    private static final class Unchanged extends HttpServletResponseWrapper {
        Unchanged(HttpServletResponse response) {
            super(response);
        }

        void settle() {
            if (!isCommitted() && getStatus() == SC_OK) {
                setStatus(SC_NOT_MODIFIED);
            }
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            settle();
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            settle();
            return super.getWriter();
        }

        @Override
        public void flushBuffer() throws IOException {
            settle();
            super.flushBuffer();
        }
    }
}
