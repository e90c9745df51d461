package org.initlab.study.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class StudyApiTest {
    private static final String BASE =
            """
            {"dataset": {"name": "digits", "positiveClass": "0", "trainLimit": 800}, "model": {"imageSize": 32},
             "training": {"epochs": 3}, "trials": %d}""";
    private static final String RATES_AND_SPEEDS =
            """
            {"pointer": "/dataset/positiveRate", "values": [0.5, 0.05]},
            {"pointer": "/training/optimizer/learningRate", "values": [0.0001, 0.001, 0.01]}""";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @Test
    void aGridBecomesAnExperimentForEachOfItsPoints() {
        Answer answer = client.post("/studies", study("by rate and speed", RATES_AND_SPEEDS, 2));

        assertThat(answer.status()).isEqualTo(201);
        JsonNode study = answer.body();
        String path = study.at("/links/self").asString();
        assertThat(answer.header("Location")).endsWith(path);
        assertThat(study.get("state").asString()).isEqualTo("QUEUED");
        assertThat(study.at("/experiments/total").asInt()).isEqualTo(6);
        assertThat(study.at("/runs/queued").asInt()).isEqualTo(24);
        assertThat(study.at("/axes/1/scale").asString()).isEqualTo("logarithmic");
        assertThat(study.get("points").size()).isEqualTo(6);
        JsonNode point = study.at("/points/4");
        assertThat(point.get("values").toString()).isEqualTo("[0.05,0.001]");
        assertThat(point.get("indexes").toString()).isEqualTo("[1,1]");
        assertThat(point.get("name").asString()).isEqualTo("by rate and speed: positiveRate 0.05, learningRate 0.001");

        JsonNode experiment =
                client.get(point.at("/links/experiment").asString()).body();
        assertThat(experiment.get("studyId")).isEqualTo(study.get("id"));
        assertThat(experiment.get("name")).isEqualTo(point.get("name"));
        assertThat(experiment.at("/spec/dataset/positiveRate").asDouble()).isEqualTo(0.05);
        assertThat(experiment.at("/spec/training/optimizer/learningRate").asDouble())
                .isEqualTo(0.001);
        assertThat(experiment.at("/dataset/trainPositiveRate").asDouble()).isCloseTo(0.05, within(0.001));
        assertThat(client.get("/experiments?study=" + study.get("id").asString())
                        .body()
                        .at("/page/totalElements")
                        .asInt())
                .isEqualTo(6);
        assertThat(client.get("/experiments?study=" + UUID.randomUUID())
                        .body()
                        .at("/page/totalElements")
                        .asInt())
                .isZero();
        assertThat(client.get(path).body()).isEqualTo(study);
        assertThat(client.get("/studies?name=RATE%20and").body().at("/content/0/id"))
                .isEqualTo(study.get("id"));
        assertThat(client.get("/studies/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/training/optimiser/learningRate | [0.1] | /axes/0/pointer | unknown field 'optimiser'; did you mean 'optimizer'?",
                "/training/epoch | [1, 2] | /axes/0/pointer | unknown field 'epoch'; did you mean 'epochs'?",
                "training/epochs | [1] | /axes/0/pointer | must be a JSON pointer such as /training/optimizer/learningRate",
                "/name | ['a'] | /axes/0/pointer | cannot be an axis: the points are named by their values",
                "/dataset/name/x | [1] | /axes/0/pointer | leads through a value that has no field 'x'",
                "/biasInits/1/rate | [0.1] | /axes/0/pointer | leads into the array 'biasInits', which the base leaves out; write it there",
                "/dataset/positiveRate | [0.1, 1.5] | /axes/0/values/1 | /dataset/positiveRate = 1.5: must be less than 1",
                "/training/loss | [{'type': 'bce'}, {'type': 'focal', 'gama': 2}] | /axes/0/values/1/gama | /training/loss = {\"type\":\"focal\",\"gama\":2}: unknown field 'gama'; did you mean 'gamma'?",
                "/training/epochs | [1, 2, 1.0] | /axes/0/values/2 | is the same value as /axes/0/values/0",
                "/training/loss | [null, {'type': 'bce'}] | /axes/0/values/1 | comes to the same spec as /axes/0/values/0 once the defaults are filled in",
                "/dataset/trainLimit | [500, 1] | /axes/0/values/1 | the training split of 1 row has 1 of"
            })
    void whatIsWrongIsNamedByAxisAndValue(String pointer, String values, String place, String detail) {
        Answer answer = client.post(
                "/studies",
                study(
                        "faulty",
                        "{\"pointer\": \"%s\", \"values\": %s}".formatted(pointer, values.replace('\'', '"')),
                        1));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asString())
                .as(answer.body().toString())
                .isEqualTo(place);
        assertThat(answer.body().at("/errors/0/detail").asString()).contains(detail);
        assertThat(answer.body().get("errors").size()).isEqualTo(1);
    }

    @Test
    void aFaultOfTheBaseAndOneOfACombinationAreToldTogether() {
        Answer answer = client.post(
                "/studies",
                """
                {"base": {"dataset": {"name": "digits"}, "training": {"epochs": 5000}}, "axes": [
                  {"pointer": "/training/loss/type", "values": ["bce", "focal"]},
                  {"pointer": "/training/loss/gamma", "values": [null, 2]}]}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/base/training/epochs\",\"detail\":\"must be between 0 and 1000\"},"
                        + "{\"pointer\":\"/axes/1/values/1\",\"detail\":\"/training/loss/gamma = 2 with"
                        + " /training/loss/type = \\\"bce\\\": only applies to the type focal\"}]");
    }

    @Test
    void whatIsWrongIsToldAllAtOnceAndWhatFollowsFromItIsNot() {
        assertThat(
                        faultyPlaces(
                                """
                                {"base": {"training": {"epochs": 5000, "schedule": {"type": "stepp", "milestones": [2]}},
                                    "biasInits": [null], "stopping": {"minTrials": 3}}, "axes": [
                                  {"pointer": "/dataset/nam", "values": ["digits"]},
                                  {"pointer": "/training/batchSize", "values": [32, 32.0, 0]},
                                  {"pointer": "seed", "values": [1, 1]},
                                  {"pointer": "/training/optimizer/learningRate", "values": [0.1, -1]}]}"""))
                .containsExactly(
                        "/base/training/epochs",
                        "/base/training/schedule/type",
                        "/base/biasInits/0",
                        "/axes",
                        "/axes/0/pointer",
                        "/axes/1/values/1",
                        "/axes/1/values/2",
                        "/axes/2/pointer",
                        "/axes/2/values/1",
                        "/axes/3/values/1");
    }

    @Test
    void anAxisThatIsNoObjectIsOneFaultAmongTheOthers() {
        assertThat(
                        faultyPlaces(
                                """
                                {"base": {"dataset": {"name": "digits"}, "training": {"epochs": 5000}}, "axes": [
                                  null, {"pointer": "/training/batchSize", "values": [32, 0]}, 7]}"""))
                .containsExactly("/base/training/epochs", "/axes/0", "/axes/1/values/1", "/axes/2");
    }

    private List<String> faultyPlaces(String study) {
        Answer answer = client.post("/studies", study);
        assertThat(answer.status()).isEqualTo(400);
        return answer.body()
                .get("errors")
                .valueStream()
                .map(fault -> fault.get("pointer").asString())
                .toList();
    }

    /** A name has room for 200 characters. */
    @Test
    void pointsWhoseValuesTakeManyWordsAreNamedByAsMuchOfThemAsFits() {
        String arms = "{'type': 'default'}, "
                + "{'type': 'positive_rate', 'rate': 0.%s1}, ".repeat(5).formatted(1, 2, 3, 4, 5)
                + "{'type': '%s'}";
        String axes =
                """
                {'pointer': '/biasInits', 'values': [[ARMS zeros], [ARMS optimal]]},
                {'pointer': '/training/loss', 'values': [
                    {'type': 'bce', 'positiveWeight': 'balanced', 'labelSmoothing': 0.1},
                    {'type': 'bce', 'positiveWeight': 'balanced', 'labelSmoothing': 0.2}]}"""
                        .replace("ARMS zeros", arms.formatted("zeros"))
                        .replace("ARMS optimal", arms.formatted("optimal"))
                        .replace('\'', '"');

        JsonNode study = submit(study("a name of its own", axes, 1));

        assertThat(study.get("points").valueStream().map(point -> point.get("name")
                        .asString()))
                .hasSize(4)
                .allSatisfy(name -> assertThat(name).hasSize(200).startsWith("a name of…: biasInits default + "));
    }

    @Test
    void aStudyMayStopEachOfItsPointsEarly() {
        JsonNode study = submit(
                """
                {"name": "stopping", "base": {"dataset": {"name": "digits"}, "model": {"imageSize": 32}, "trials": 8,
                    "training": {"epochs": 3}, "stopping": {"margin": 0.02, "minTrials": 4}},
                 "axes": [{"pointer": "/stopping/alpha", "values": [0.05, 0.01]}]}""");
        String path = study.at("/links/self").asString();
        for (JsonNode point : study.get("points")) {
            new Measurements(jdbc).finish(point.at("/links/experiment").asString(), 10);
        }
        UUID stopped = UUID.fromString(study.at("/points/0/experimentId").asString());
        jdbc.sql("delete from epoch using run where run.id = run_id and experiment_id = ? and trial >= 5")
                .param(stopped)
                .update();
        jdbc.sql("update run set state = 'SKIPPED', epochs_done = 0 where experiment_id = ? and trial >= 5")
                .param(stopped)
                .update();

        JsonNode finished = client.get(path).body();
        assertThat(finished.get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(finished.at("/runs/skipped").asInt()).isEqualTo(6);
        assertThat(finished.at("/progress/epochsTotal").asInt()).isEqualTo(3 * 2 * (5 + 8));
        assertThat(finished.at("/progress/fraction").asDouble()).isEqualTo(1);
        JsonNode map = client.get(path + "/map").body();
        for (int point = 0; point < 2; point++) {
            JsonNode cell = map.at("/points/" + point);
            JsonNode arm =
                    client.get(cell.at("/links/comparison").asString()).body().at("/arms/0");
            assertThat(cell.get("pairs").asInt()).isEqualTo(point == 0 ? 5 : 8);
            assertThat(cell.get("interval")).isEqualTo(arm.get("sequence"));
            assertThat(cell.at("/interval/level").asDouble()).isCloseTo(point == 0 ? 0.95 : 0.99, within(1e-12));
            assertThat(cell.get("margin").asDouble()).isEqualTo(0.02);
            assertThat(arm.at("/equivalence/margin").asDouble()).isEqualTo(0.02);
        }
        JsonNode ranking = client.get(path + "/map?metric=rocAuc").body();
        assertThat(ranking.at("/points/0/margin").asDouble()).isEqualTo(0.01);
    }

    @Test
    void theAxisMayGiveWhatTheBaseWouldHaveTo() {
        Answer answer = client.post(
                "/studies",
                """
                {"base": {}, "axes": [{"pointer": "/dataset/name", "values": ["digits", "digit"]}]}""");

        assertThat(answer.body().get("errors").size()).isEqualTo(1);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/axes/0/values/1");
    }

    @Test
    void axesMayNeitherOverlapNorMakeTooManyPoints() {
        String twice =
                """
                {"pointer": "/training/optimizer", "values": [{"type": "sgd"}]},
                {"pointer": "/training/optimizer/learningRate", "values": [0.1]}""";
        List<String> seeds = IntStream.range(0, 129).mapToObj(Integer::toString).toList();
        String many = "{\"pointer\": \"/seed\", \"values\": " + seeds
                + "}, {\"pointer\": \"/training/epochs\", \"values\": [1, 5000]}";

        assertThat(fault(study("twice", twice, 1)))
                .isEqualTo("/axes/1/pointer overlaps with /training/optimizer of /axes/0: no axis may be another or lie"
                        + " within it");
        assertThat(fault(study("many", many, 1))).isEqualTo("/axes make a grid of 258 points; it may have 256 at most");
        assertThat(client.post("/studies", study("many", many, 1))
                        .body()
                        .at("/errors/1/pointer")
                        .asString())
                .isEqualTo("/axes/1/values/1");
        assertThat(fault("{\"base\": {}, \"axes\": []}")).isEqualTo("/axes size must be between 1 and 3");
        assertThat(client.get("/studies?name=many")
                        .body()
                        .at("/page/totalElements")
                        .asInt())
                .isZero();
    }

    private String fault(String study) {
        Answer answer = client.post("/studies", study);
        assertThat(answer.status()).isEqualTo(400);
        JsonNode fault = answer.body().at("/errors/0");
        return fault.get("pointer").asString() + " " + fault.get("detail").asString();
    }

    @Test
    void theSameKeyStandsForTheSameStudy() {
        String key = UUID.randomUUID().toString();
        String body = study("once", RATES_AND_SPEEDS, 1);
        JsonNode first = client.post("/studies", body, "Idempotency-Key", key).body();

        assertThat(client.post("/studies", body, "Idempotency-Key", key).body()).isEqualTo(first);
        assertThat(client.post("/studies", study("twice", RATES_AND_SPEEDS, 1), "Idempotency-Key", key)
                        .status())
                .isEqualTo(422);
        assertThat(client.post("/experiments", body, "Idempotency-Key", key).status())
                .isEqualTo(422);
    }

    @Test
    void theFirstTrialsOfAllPointsComeBeforeTheSecondOnes() {
        JsonNode study = submit(study("in order", RATES_AND_SPEEDS, 2));

        List<String> queue = jdbc.sql(
                        """
                        select e.study_position || ' ' || r.trial || ' ' || r.arm_index from scheduled_tasks s
                        join run r on s.task_instance = r.id || '/1' join experiment e on e.id = r.experiment_id
                        where e.study_id = ?::uuid order by s.priority desc, s.execution_time""")
                .param(study.get("id").asString())
                .query(String.class)
                .list();

        List<String> expected = new ArrayList<>();
        for (int trial = 0; trial < 2; trial++) {
            for (int point = 0; point < 6; point++) {
                expected.add(point + " " + trial + " 0");
                expected.add(point + " " + trial + " 1");
            }
        }
        assertThat(queue).isEqualTo(expected);
    }

    @Test
    void aVerbIsDoneToAllPointsThatItAppliesTo() {
        JsonNode study = submit(study("verbs", RATES_AND_SPEEDS, 1));
        String path = study.at("/links/self").asString();
        String first = study.at("/points/0/links/experiment").asString();
        String second = study.at("/points/1/links/experiment").asString();
        new Measurements(jdbc).finish(first, 10);
        client.post(second + "/cancel", "");

        JsonNode now = client.get(path).body();
        assertThat(now.get("state").asString()).isEqualTo("RUNNING");
        assertThat(now.at("/progress/fraction").asDouble()).isCloseTo(1.0 / 6, within(1e-12));
        assertThat(states(client.post(path + "/pause", "")))
                .isEqualTo("PAUSED: SUCCEEDED CANCELLED PAUSED PAUSED PAUSED PAUSED");
        assertThat(states(client.post(path + "/pause", ""))).startsWith("PAUSED");
        assertThat(states(client.post(path + "/resume", "")))
                .isEqualTo("RUNNING: SUCCEEDED CANCELLED QUEUED QUEUED QUEUED QUEUED");
        assertThat(client.patch(path, "{\"priority\": 7}").status()).isEqualTo(200);
        assertThat(client.get(first).body().get("priority").asInt()).isZero();
        assertThat(client.get("/experiments?study=" + study.get("id").asString() + "&sort=priority,desc")
                        .body()
                        .at("/content/3/priority")
                        .asInt())
                .isEqualTo(7);
        Answer extended = client.post(path + "/extend", "{\"epochs\": 5}");
        assertThat(states(extended)).isEqualTo("RUNNING: QUEUED CANCELLED QUEUED QUEUED QUEUED QUEUED");
        assertThat(extended.body().at("/progress/epochsTotal").asInt()).isEqualTo(2 * 3 + 5 * 2 * 5);
        assertThat(client.post(path + "/extend", "{\"epochs\": 4}")
                        .body()
                        .get("detail")
                        .asString())
                .startsWith(
                        "the point verbs: positiveRate 0.5, learningRate 0.0001: the experiment has 5 epochs already");
        assertThat(states(client.post(path + "/retry", ""))).startsWith("RUNNING");

        assertThat(client.delete(path).status()).isEqualTo(409);
        assertThat(states(client.post(path + "/cancel", "")))
                .isEqualTo("CANCELLED: CANCELLED CANCELLED CANCELLED CANCELLED CANCELLED CANCELLED");
        assertThat(states(client.post(path + "/cancel", ""))).startsWith("CANCELLED");
        for (String verb : List.of("/pause", "/resume", "/retry")) {
            assertThat(client.post(path + verb, "").status()).as(verb).isEqualTo(409);
        }
        assertThat(client.delete(first).body().get("detail").asString()).contains("a point of the study");
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.get(first).status()).isEqualTo(404);
    }

    @Test
    void changesAndAnswersGoByTheETag() {
        JsonNode study = submit(study("tagged", RATES_AND_SPEEDS, 1));
        String path = study.at("/links/self").asString();
        String before = client.get(path).header("ETag");
        assertThat(client.get(path, "If-None-Match", before).status()).isEqualTo(304);
        assertThat(client.get(path + "/map", "If-None-Match", before).status()).isEqualTo(304);

        String after = client.post(path + "/pause", "", "If-Match", before).header("ETag");

        assertThat(client.get(path, "If-None-Match", before).status()).isEqualTo(200);
        assertThat(client.get(path).header("ETag")).isEqualTo(after).isNotEqualTo(before);
        assertThat(client.post(path + "/resume", "", "If-Match", before).status())
                .isEqualTo(412);
        assertThat(client.get(path).body().get("state").asString()).isEqualTo("PAUSED");
    }

    @Test
    void studiesAreWalkedWhileOthersSubmit() {
        String mark = "walked " + UUID.randomUUID();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            expected.add(0, submitted(mark));
        }
        String filter = "/studies?size=1&name=" + mark.replace(" ", "%20");
        List<String> met = new ArrayList<>();
        JsonNode answer = client.get(filter).body();
        assertThat(answer.at("/page/totalElements").asInt()).isEqualTo(3);
        while (true) {
            met.add(answer.at("/content/0/id").asString());
            if (answer.get("next").isNull()) {
                break;
            }
            submitted(mark);
            answer = client.get(filter + "&after=" + answer.get("next").asString())
                    .body();
            assertThat(met).hasSizeLessThan(4);
        }

        assertThat(met).isEqualTo(expected);
        assertThat(client.get("/studies?sort=name,asc&page=0").status()).isEqualTo(200);
        assertThat(client.get("/studies?sort=state").body().get("detail").asString())
                .contains("createdAt, name");
    }

    private String submitted(String name) {
        return submit(study(name, "{\"pointer\": \"/seed\", \"values\": [1]}", 1))
                .get("id")
                .asString();
    }

    @Test
    void theMapSaysOfEachPointWhatItsComparisonSays() {
        JsonNode study = submit(study("mapped", RATES_AND_SPEEDS, 6));
        String path = study.at("/links/self").asString();
        JsonNode open = client.get(path + "/map").body();
        assertThat(open.at("/points/0/verdict").asString()).isEqualTo("STILL_RUNNING");
        assertThat(open.at("/points/0/difference/mean").isNull()).isTrue();
        for (int point = 0; point < 5; point++) {
            new Measurements(jdbc)
                    .finish(study.at("/points/" + point + "/links/experiment").asString(), 10);
        }

        for (String query : List.of("", "?metric=ROCAUC&baseline=positive_rate", "?metric=prAuc&margin=0.5")) {
            JsonNode map = client.get(path + "/map" + query).body();
            for (int point = 0; point < 5; point++) {
                JsonNode cell = map.at("/points/" + point);
                String comparison = cell.at("/links/comparison").asString() + query;
                JsonNode arm = client.get(comparison).body().at("/arms/0");
                JsonNode difference =
                        arm.at("/epochs/3/" + (query.isEmpty() ? "loss" : query.contains("ROC") ? "rocAuc" : "prAuc"));
                assertThat(cell.get("verdict").asString())
                        .isEqualTo(arm.at("/verdict/code").asString());
                assertThat(cell.get("interval")).isEqualTo(arm.get("interval"));
                assertThat(cell.get("equivalence")).isEqualTo(arm.get("equivalence"));
                assertThat(cell.at("/difference/mean")).isEqualTo(difference.get("mean"));
                assertThat(cell.at("/difference/ciHigh")).isEqualTo(difference.get("ciHigh"));
                assertThat(cell.get("tTestP")).isEqualTo(difference.get("tTestP"));
            }
            assertThat(map.at("/points/5/verdict").asString()).isEqualTo("STILL_RUNNING");
        }
        JsonNode map = client.get(path + "/map").body();
        assertThat(map.get("arm").asString()).isEqualTo("positive_rate");
        assertThat(map.at("/points/0/epoch").asInt()).isEqualTo(3);
        // equal measurements, so Holm multiplies by the number of tests
        assertThat(map.at("/points/0/tTestPAdjusted").asDouble())
                .isCloseTo(Math.min(1, 5 * map.at("/points/0/tTestP").asDouble()), within(1e-12));
        JsonNode start = client.get(path + "/map?epoch=0").body().at("/points/2");
        assertThat(start.get("epoch").asInt()).isZero();
        assertThat(start.at("/difference/mean").asDouble()).isBetween(-0.37, -0.34);
        assertThat(client.get(path + "/map?epoch=9")
                        .body()
                        .at("/points/0/epoch")
                        .isNull())
                .isTrue();
        assertThat(client.get(path + "/map?arm=zeros").body().get("detail").asString())
                .contains("no point has the two arms zeros and default; the arms are default, positive_rate");
        assertThat(client.get(path + "/map?arm=Default").body().get("detail").asString())
                .contains("the arm default is the baseline: choose another arm");
        assertThat(client.get(path + "/map?arm=&baseline=&metric=&epoch=&margin=")
                        .body())
                .isEqualTo(map);
        assertThat(client.get(path + "/map?metric=rocauk").body().get("detail").asString())
                .isEqualTo("'metric' must be one of loss, objective, rocAuc, prAuc; did you mean 'rocAuc'?");
        for (String margin : List.of("0", "0x1p3", "1d", "NaN")) {
            assertThat(client.get(path + "/map?margin=" + margin).status())
                    .as(margin)
                    .isEqualTo(400);
        }
        assertThat(client.get(path + "/map?epoch=0x1").status()).isEqualTo(400);
        assertThat(client.get(path + "/map?epoch=-1").status()).isEqualTo(400);
    }

    @Test
    void theMapIsATableAndAPictureToo() {
        JsonNode study = submit(study("drawn <i>", RATES_AND_SPEEDS, 3));
        String path = study.at("/links/map").asString();
        new Measurements(jdbc).finish(study.at("/points/1/links/experiment").asString(), 10);

        Answer csv = client.get(path + ".csv");
        List<String> lines = csv.raw().body().lines().toList();
        assertThat(csv.header("Content-Disposition"))
                .contains("map-" + study.get("id").asString() + ".csv");
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0))
                .startsWith("/dataset/positiveRate,/training/optimizer/learningRate,experiment_id,state,arm");
        assertThat(lines.get(1))
                .matches("0\\.5,1\\.0E-4,[-0-9a-f]+,QUEUED,positive_rate,default,loss,,0,,,.*,STILL_RUNNING");
        assertThat(lines.get(2)).matches("0\\.5,0\\.001,[-0-9a-f]+,SUCCEEDED,positive_rate,default,loss,3,3,.*");
        Answer svg = client.get(path + ".svg?theme=dark&metric=rocAuc");
        assertThat(svg.raw().body())
                .contains("positiveRate (logarithmic)", "not finished", "Test ROC-AUC after the last epoch")
                .doesNotContain("<i>");
        Answer png = client.get(path + ".png?width=300&height=240");
        assertThat(png.header("Content-Type")).isEqualTo("image/png");
        assertThat(client.get(path + ".png", "If-None-Match", png.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(client.get(path + ".png?width=100").status()).isEqualTo(400);
    }

    private String states(Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        List<String> states = new ArrayList<>();
        answer.body()
                .get("points")
                .forEach(point -> states.add(point.get("state").asString()));
        return answer.body().get("state").asString() + ": " + String.join(" ", states);
    }

    private JsonNode submit(String study) {
        Answer answer = client.post("/studies", study);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body();
    }

    private static String study(String name, String axes, int trials) {
        return "{\"name\": \"%s\", \"base\": %s, \"axes\": [%s]}".formatted(name, BASE.formatted(trials), axes);
    }
}
