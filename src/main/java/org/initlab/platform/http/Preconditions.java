package org.initlab.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.initlab.platform.problem.PreconditionFailedException;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/**
 * What a client says that it knows of a resource: {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13.1).
 * A controller's method that takes them must use them.
 */
public final class Preconditions {
    private final Optional<List<ETag>> match;
    private final Optional<List<ETag>> noneMatch;

    private Preconditions(HttpServletRequest request) {
        match = tags(request, HttpHeaders.IF_MATCH);
        noneMatch = tags(request, HttpHeaders.IF_NONE_MATCH);
    }

    /** Those of a request; of a header that comes in several lines, all count. */
    public static Preconditions of(HttpServletRequest request) {
        return new Preconditions(request);
    }

    private static Optional<List<ETag>> tags(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(lines.stream()
                        .flatMap(line -> ETag.parse(line).stream())
                        .toList());
    }

    /**
     * Lets a change of an existing resource pass. {@code If-Match} compares strongly, {@code If-None-Match} weakly.
     *
     * @param tag the resource's strong ETag before the change, without quotes
     * @throws PreconditionFailedException if the client knows another state of it
     */
    public void check(String tag) {
        boolean held = match.map(tags -> tags.stream().anyMatch(each -> !each.weak() && matches(each, tag)))
                .orElse(true);
        if (!held) {
            throw new PreconditionFailedException("it is not as If-Match says: its ETag is \"" + tag
                    + "\". Read it again, decide, and send that ETag, with its quotes");
        }
        if (knows(tag)) {
            throw new PreconditionFailedException("it is what If-None-Match rules out: its ETag is \"" + tag + "\"");
        }
    }

    /** Whether the client has the representation with this ETag, or asks for any. */
    public boolean knows(String tag) {
        return noneMatch.stream().flatMap(List::stream).anyMatch(each -> matches(each, tag));
    }

    /** Whether nothing is said of what the client has. */
    public boolean knowNothing() {
        return noneMatch.isEmpty();
    }

    /** Whether a certain state is a condition; {@code *} is met by anything that exists. */
    boolean nameAState() {
        return match.filter(tags -> tags.stream().noneMatch(ETag::isWildcard)).isPresent();
    }

    private static boolean matches(ETag given, String tag) {
        return given.isWildcard() || given.tag().equals(tag);
    }
}
