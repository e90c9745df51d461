package org.initlab.study.web;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;
import org.initlab.analysis.picture.PictureFormat;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.study.MapCsv;
import org.initlab.study.MapPictures;
import org.initlab.study.MapView;
import org.initlab.study.StudyMaps;
import org.initlab.study.StudyQueries;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** The URL names all that a map depends on beside the study, so the ETag need not. */
@RestController
@RequestMapping("/studies/{id}")
@ConditionalOnRole(Role.API)
class MapController {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final MediaType SVG = MediaType.valueOf("image/svg+xml;charset=UTF-8");

    private final StudyQueries studies;
    private final StudyMaps maps;

    MapController(StudyQueries studies, StudyMaps maps) {
        this.studies = studies;
        this.maps = maps;
    }

    @GetMapping("/map")
    ResponseEntity<MapView> map(@PathVariable UUID id, MapQuery query, WebRequest request) {
        return answer(id, query, request, MediaType.APPLICATION_JSON, map -> map);
    }

    @GetMapping("/map.csv")
    ResponseEntity<byte[]> csv(@PathVariable UUID id, MapQuery query, WebRequest request) {
        ResponseEntity<byte[]> answer =
                answer(id, query, request, CSV, map -> MapCsv.of(map).getBytes(StandardCharsets.UTF_8));
        if (answer == null) {
            return null;
        }
        HttpHeaders headers = new HttpHeaders(answer.getHeaders());
        headers.setContentDisposition(
                ContentDisposition.attachment().filename("map-" + id + ".csv").build());
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }

    @GetMapping("/map.svg")
    ResponseEntity<byte[]> svg(@PathVariable UUID id, MapQuery query, MapSize size, WebRequest request) {
        return picture(id, query, size, request, PictureFormat.SVG, SVG);
    }

    @GetMapping("/map.png")
    ResponseEntity<byte[]> png(@PathVariable UUID id, MapQuery query, MapSize size, WebRequest request) {
        return picture(id, query, size, request, PictureFormat.PNG, MediaType.IMAGE_PNG);
    }

    private ResponseEntity<byte[]> picture(
            UUID id, MapQuery query, MapSize size, WebRequest request, PictureFormat format, MediaType type) {
        size.check();
        return answer(
                id,
                query,
                request,
                type,
                map -> format.encode(
                        MapPictures.of(map), size.themeOrUsual(), size.widthOrUsual(), size.heightOrUsual()));
    }

    private <T> ResponseEntity<T> answer(
            UUID id, MapQuery query, WebRequest request, MediaType type, Function<MapView, T> form) {
        if (request.checkNotModified(Long.toString(studies.revision(id)))) {
            return null;
        }
        MapView map = maps.of(id, query.toRequest());
        return ResponseEntity.ok()
                .eTag(Long.toString(map.revision()))
                .contentType(type)
                .body(form.apply(map));
    }
}
