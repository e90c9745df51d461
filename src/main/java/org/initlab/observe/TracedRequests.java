package org.initlab.observe;

import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import org.springframework.stereotype.Component;

/** Keeps what asks for health and meters every few seconds out of the traces. */
@Component
class TracedRequests implements SpanExportingPredicate {
    @Override
    public boolean isExportable(FinishedSpan span) {
        return !span.getName().contains(" /actuator");
    }
}
