package org.initlab.platform;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Lets a trace refer to an earlier one by W3C's {@code traceparent}, which can be stored; nothing is traced without a tracer. */
@Component
public class TraceLinks {
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(\\p{XDigit}{32})-(\\p{XDigit}{16})-(\\p{XDigit}{2})");
    private static final int SAMPLED = 1;

    private final ObjectProvider<Tracer> tracer;

    TraceLinks(ObjectProvider<Tracer> tracer) {
        this.tracer = tracer;
    }

    /** What is being traced on this thread; empty if nothing is. */
    public Optional<String> current() {
        return Optional.ofNullable(tracer.getIfAvailable())
                .map(Tracer::currentSpan)
                .map(Span::context)
                .map(span -> "00-" + span.traceId() + "-" + span.spanId()
                        + (Boolean.TRUE.equals(span.sampled()) ? "-01" : "-00"));
    }

    /** A link to what was traced then; empty if nothing was. */
    public Optional<Link> to(@Nullable String traceparent) {
        Matcher parts = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        if (!parts.matches()) {
            return Optional.empty();
        }
        TraceContext context = tracer.getObject()
                .traceContextBuilder()
                .traceId(parts.group(1))
                .spanId(parts.group(2))
                .sampled((Integer.parseInt(parts.group(3), 16) & SAMPLED) != 0)
                .build();
        return Optional.of(new Link(context));
    }
}
