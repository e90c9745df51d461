package org.initlab.events.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.initlab.events.Event;
import org.initlab.events.EventQueries;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@ConditionalOnRole(Role.API)
class EventController {
    private final EventQueries events;
    private final EventStreams streams;

    EventController(EventQueries events, EventStreams streams) {
        this.events = events;
        this.streams = streams;
    }

    /**
     * Begins after the last event that the client has seen, or with the current experiment. Answers 204 if no more will
     * come, which keeps an {@code EventSource} from asking again. HEAD opens no stream.
     */
    @GetMapping(path = "/experiments/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) Long lastEventId,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (lastEventId == null) {
            Event current = events.current(id);
            streams.open(id, current.id(), List.of(current), request, response);
            return;
        }
        events.requireKnown(id, lastEventId);
        if (events.after(id, lastEventId).ended()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            streams.open(id, lastEventId, List.of(), request, response);
        }
    }
}
