package org.initlab.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.header.HeaderWriter;

/**
 * Keeps answers out of caches; one with a validator may stay in the caller's own cache, which must ask each time
 * whether it is still valid. Spring Security's own writer would forbid that too, and no browser would ever send an
 * ETag.
 */
final class CacheControlWriter implements HeaderWriter {
    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            boolean validator =
                    response.containsHeader(HttpHeaders.ETAG) || response.containsHeader(HttpHeaders.LAST_MODIFIED);
            response.setHeader(HttpHeaders.CACHE_CONTROL, validator ? "private, no-cache" : "no-store");
        }
    }
}
