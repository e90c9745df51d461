package org.initlab.results.web;

import java.util.UUID;
import org.initlab.analysis.picture.PictureFormat;
import org.initlab.experiment.Revisions;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.results.CurvePictures;
import org.initlab.results.CurvesRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@ConditionalOnRole(Role.API)
class CurvesController {
    private static final MediaType SVG = MediaType.valueOf("image/svg+xml;charset=UTF-8");

    private final Revisions revisions;
    private final CurvePictures curves;

    CurvesController(Revisions revisions, CurvePictures curves) {
        this.revisions = revisions;
        this.curves = curves;
    }

    @GetMapping("/experiments/{id}/curves.svg")
    ResponseEntity<byte[]> svg(@PathVariable UUID id, CurvesQuery query, WebRequest request) {
        return picture(id, query.toRequest(PictureFormat.SVG), SVG, request);
    }

    @GetMapping("/experiments/{id}/curves.png")
    ResponseEntity<byte[]> png(@PathVariable UUID id, CurvesQuery query, WebRequest request) {
        return picture(id, query.toRequest(PictureFormat.PNG), MediaType.IMAGE_PNG, request);
    }

    private ResponseEntity<byte[]> picture(UUID id, CurvesRequest wanted, MediaType type, WebRequest request) {
        long revision = revisions.current(id);
        String etag = Long.toString(revision);
        if (request.checkNotModified(etag)) {
            return null;
        }
        return ResponseEntity.ok().eTag(etag).contentType(type).body(curves.draw(id, revision, wanted));
    }
}
