package org.initlab.results.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.initlab.experiment.Revisions;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.Head;
import org.initlab.results.CsvExport;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

@RestController
@ConditionalOnRole(Role.API)
class CsvController {
    private static final String CSV = "text/csv";

    private final Revisions revisions;
    private final CsvExport export;

    CsvController(Revisions revisions, CsvExport export) {
        this.revisions = revisions;
        this.export = export;
    }

    @GetMapping(path = "/experiments/{id}/metrics", produces = CSV)
    void negotiated(@PathVariable UUID id, ServletWebRequest request, HttpServletResponse response) throws IOException {
        metrics(id, request, response);
    }

    @GetMapping("/experiments/{id}/metrics.csv")
    void metrics(@PathVariable UUID id, ServletWebRequest request, HttpServletResponse response) throws IOException {
        if (!isUnchanged(id, request)) {
            open(id, "metrics", response);
            if (!Head.isAllOf(request.getRequest())) {
                export.writeEpochs(id, response.getWriter());
            }
        }
    }

    @GetMapping("/experiments/{id}/steps.csv")
    void steps(@PathVariable UUID id, ServletWebRequest request, HttpServletResponse response) throws IOException {
        if (!isUnchanged(id, request)) {
            open(id, "steps", response);
            if (!Head.isAllOf(request.getRequest())) {
                export.writeSteps(id, response.getWriter());
            }
        }
    }

    /** The ETag differs from that of the JSON, which has the same URL. */
    private boolean isUnchanged(UUID id, ServletWebRequest request) {
        return request.checkNotModified(revisions.current(id) + "-csv");
    }

    private static void open(UUID id, String what, HttpServletResponse response) {
        response.setContentType(CSV);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(what + "-" + id + ".csv")
                        .build()
                        .toString());
    }
}
