package org.initlab.queue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import jakarta.annotation.PostConstruct;
import java.util.List;
import org.initlab.platform.DatabaseOutage;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.stereotype.Component;

/**
 * Keeps libraries from logging stack traces while the database is unavailable: db-scheduler would at each poll and heartbeat,
 * Spring at each rollback that fails after its cause, which the caller handles, at each scheduled task and at each look at the
 * health. {@link org.initlab.worker.Presence} and {@link org.initlab.events.ChangeFeed} log the outage once.
 */
@Component
class OutageSilence extends TurboFilter {
    private static final List<String> LIBRARIES = List.of(
            "com.github.kagkarlsson.",
            "org.springframework.transaction.",
            "org.springframework.scheduling.",
            "org.springframework.boot.jdbc.health.");

    /** Follows from each heartbeat that could not be stored, which is logged with its cause. */
    private static final String MISSED_HEARTBEATS = "Execution has more than 1 failed heartbeats.";

    /** To the end of the process: the scheduler stops after this bean would be destroyed. */
    @PostConstruct
    void begin() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getTurboFilterList().removeIf(OutageSilence.class::isInstance);
            logback.addTurboFilter(this);
        }
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] parameters, Throwable failure) {
        return LIBRARIES.stream().anyMatch(logger.getName()::startsWith)
                        && (DatabaseOutage.isCauseOf(logged(parameters, failure)) || isOfHeartbeats(format))
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private static boolean isOfHeartbeats(String format) {
        return format != null && format.startsWith(MISSED_HEARTBEATS);
    }

    /** SLF4J treats a throwable as the last parameter like one that is passed separately. */
    private static Throwable logged(Object[] parameters, Throwable failure) {
        return failure == null
                        && parameters != null
                        && parameters.length > 0
                        && parameters[parameters.length - 1] instanceof Throwable last
                ? last
                : failure;
    }
}
