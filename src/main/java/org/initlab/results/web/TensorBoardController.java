package org.initlab.results.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.initlab.experiment.Revisions;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.Head;
import org.initlab.results.tensorboard.TensorBoardZip;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

@RestController
@ConditionalOnRole(Role.API)
class TensorBoardController {
    private final Revisions revisions;
    private final TensorBoardZip zip;

    TensorBoardController(Revisions revisions, TensorBoardZip zip) {
        this.revisions = revisions;
        this.zip = zip;
    }

    @GetMapping("/experiments/{id}/tensorboard.zip")
    void archive(@PathVariable UUID id, ServletWebRequest request, HttpServletResponse response) throws IOException {
        if (request.checkNotModified(Long.toString(revisions.current(id)))) {
            return;
        }
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("tensorboard-" + id + ".zip")
                        .build()
                        .toString());
        if (!Head.isAllOf(request.getRequest())) {
            zip.write(id, response.getOutputStream());
        }
    }
}
