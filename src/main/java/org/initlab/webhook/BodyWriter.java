package org.initlab.webhook;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.initlab.analysis.Criterion;
import org.initlab.analysis.Verdict;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.experiment.ExperimentView;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.results.ComparisonView;
import org.initlab.results.Comparisons;
import org.initlab.study.MapRequest;
import org.initlab.study.MapView;
import org.initlab.study.StudyMaps;
import org.initlab.study.StudyQueries;
import org.initlab.study.StudyView;
import org.initlab.webhook.WebhookBody.ArmVerdict;
import org.initlab.webhook.WebhookBody.ExperimentEnd;
import org.initlab.webhook.WebhookBody.ExperimentMessage;
import org.initlab.webhook.WebhookBody.StudyEnd;
import org.initlab.webhook.WebhookBody.StudyMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes what a receiver gets, from the event and from what is still there to be read. */
@Component
class BodyWriter {
    private static final MapRequest USUAL_MAP = new MapRequest(null, null, Criterion.LOSS, null, null);

    private final ExperimentQueries experiments;
    private final Comparisons comparisons;
    private final StudyQueries studies;
    private final StudyMaps maps;
    private final JsonMapper json;

    BodyWriter(
            ExperimentQueries experiments,
            Comparisons comparisons,
            StudyQueries studies,
            StudyMaps maps,
            JsonMapper json) {
        this.experiments = experiments;
        this.comparisons = comparisons;
        this.studies = studies;
        this.maps = maps;
        this.json = json;
    }

    /**
     * The body as JSON.
     *
     * @param publicUrl what the links begin with, and what the text ends with a link to the page at; {@code null} for links that
     *     are paths, and none in the text
     */
    String write(WebhookEvent event, @Nullable URI publicUrl) {
        ObjectNode body = json.valueToTree(
                switch (event.type()) {
                    case EXPERIMENT_ENDED -> experiment(event);
                    case STUDY_ENDED -> study(event);
                });
        if (publicUrl != null && body.at("/data/links") instanceof ObjectNode links) {
            String base = StringUtils.trimTrailingCharacter(publicUrl.toString(), '/');
            body.put(
                    "text",
                    body.get("text").asString() + "\n" + base + "/#"
                            + links.get("self").asString());
            links.properties()
                    .forEach(link -> link.setValue(
                            StringNode.valueOf(base + link.getValue().asString())));
        }
        return json.writeValueAsString(body);
    }

    private WebhookBody experiment(WebhookEvent event) {
        ExperimentEnd end = end(event);
        String verdicts = end.verdicts().stream().map(ArmVerdict::text).collect(Collectors.joining("\n"));
        return new ExperimentMessage(event.type(), event.at(), text(event, "Experiment", verdicts), end);
    }

    private ExperimentEnd end(WebhookEvent event) {
        try {
            ExperimentView view = experiments.get(event.subject());
            boolean isAsItEnded = view.state() == event.state();
            return new ExperimentEnd(
                    event.subject(),
                    event.name(),
                    event.state(),
                    event.studyId(),
                    isAsItEnded ? view.runs() : null,
                    isAsItEnded ? verdicts(view) : List.of(),
                    view.links());
        } catch (NotFoundException e) {
            return new ExperimentEnd(
                    event.subject(), event.name(), event.state(), event.studyId(), null, List.of(), null);
        }
    }

    private List<ArmVerdict> verdicts(ExperimentView view) {
        ComparisonView comparison = comparisons.of(view.id(), view.revision(), null, Criterion.LOSS, null);
        return comparison.arms().stream()
                .map(arm -> new ArmVerdict(
                        arm.arm(),
                        comparison.baseline(),
                        arm.verdict().code(),
                        arm.verdict().text()))
                .toList();
    }

    private WebhookBody study(WebhookEvent event) {
        StudyEnd end = studyEnd(event);
        String verdicts = end.verdicts().entrySet().stream()
                .map(verdict -> inWords(verdict.getKey()) + " at " + verdict.getValue())
                .collect(Collectors.joining(", "));
        String arms = end.arm() == null || end.baseline() == null
                ? ""
                : end.arm() + " against " + end.baseline() + ", each point by itself: ";
        String found = verdicts.isEmpty() ? "" : arms + verdicts + ".";
        return new StudyMessage(event.type(), event.at(), text(event, "Study", found), end);
    }

    /** That there is no difference at all is never shown. */
    private static String inWords(Verdict.Code code) {
        return code == Verdict.Code.NO_DIFFERENCE ? "no difference that matters" : words(code);
    }

    private StudyEnd studyEnd(WebhookEvent event) {
        try {
            StudyView view = studies.get(event.subject());
            boolean isAsItEnded = view.state() == event.state();
            MapView map = isAsItEnded ? maps.of(event.subject(), USUAL_MAP) : null;
            return new StudyEnd(
                    event.subject(),
                    event.name(),
                    event.state(),
                    isAsItEnded ? view.experiments() : null,
                    map == null ? null : map.arm(),
                    map == null ? null : map.baseline(),
                    map == null ? Map.of() : counts(map),
                    view.links());
        } catch (NotFoundException e) {
            return new StudyEnd(event.subject(), event.name(), event.state(), null, null, null, Map.of(), null);
        }
    }

    private static Map<Verdict.Code, Long> counts(MapView map) {
        return map.points().stream()
                .map(MapView.MapPoint::verdict)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(
                        code -> code, () -> new EnumMap<>(Verdict.Code.class), Collectors.counting()));
    }

    private static String text(WebhookEvent event, String what, String verdicts) {
        String headline = what + " " + harmless(event.name()) + ": " + words(event.state());
        return verdicts.isEmpty() ? headline : headline + "\n" + verdicts;
    }

    private static String words(Enum<?> code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** In a chat, {@code <!channel>} or {@code @all} in an experiment's name would call everyone. */
    private static String harmless(String name) {
        return name.replace('<', '‹').replace('>', '›').replace("@", "@\u200B");
    }
}
