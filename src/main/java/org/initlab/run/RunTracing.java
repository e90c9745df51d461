package org.initlab.run;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import java.util.Optional;
import org.initlab.platform.TraceLinks;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes a worker's time with a run a trace of its own, linked to that of the request which submitted it. */
@Component
@Order(0) // before the handler of any other observation
class RunTracing implements TracingObservationHandler<RunObservation> {
    private final ObjectProvider<Tracer> tracer;
    private final ObjectProvider<TraceLinks> links;
    /** Obtained late: the database's own beans are observed too. */
    private final ObjectProvider<JdbcClient> jdbc;

    RunTracing(ObjectProvider<Tracer> tracer, ObjectProvider<TraceLinks> links, ObjectProvider<JdbcClient> jdbc) {
        this.tracer = tracer;
        this.links = links;
        this.jdbc = jdbc;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof RunObservation && tracer.getIfAvailable() != null;
    }

    @Override
    public void onStart(RunObservation context) {
        Span.Builder span = getTracer().spanBuilder().setNoParent().name(getSpanName(context));
        submission(context).flatMap(links.getObject()::to).ifPresent(span::addLink);
        getTracingContext(context).setSpan(span.start());
    }

    private Optional<String> submission(RunObservation context) {
        return jdbc.getObject()
                .sql("select traceparent from run where id = ? and traceparent is not null")
                .param(context.runId())
                .query(String.class)
                .optional();
    }

    @Override
    public void onStop(RunObservation context) {
        Span span = getRequiredSpan(context);
        tagSpan(context, span);
        endSpan(context, span);
    }

    @Override
    public Tracer getTracer() {
        return tracer.getObject();
    }
}
