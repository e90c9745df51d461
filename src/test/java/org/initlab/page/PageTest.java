package org.initlab.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.platform.ServiceTest;
import org.initlab.results.Measurements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** The page as a user sees it, in a real browser, with a real training behind it. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class PageTest {
    private static final String SPEC =
            """
            {"name": "%s", "dataset": {"name": "synthetic", "trainLimit": 96, "testLimit": 64, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "training": {"epochs": %d, "batchSize": 32}, "trials": 2}""";
    private static final Map<String, String> FINISHED = new ConcurrentHashMap<>();
    /** In milliseconds, longer than the page waits before it asks again. */
    private static final int SOME_TIME = 5_000;

    private static final int WIDE = 1200;
    private static final int PHONE = 390;

    private static final String PICTURE = "document.querySelector('figure canvas').toDataURL()";

    private static Browser browser;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private ServiceClient client;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    @AfterEach
    void nothingWentWrong() {
        browser.closeWindows();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void aSubmittedExperimentIsWatchedWhileItsCurveGrowsAndCancelled() {
        Page page = open("#/new?preset=none", WIDE, ColorScheme.LIGHT);
        page.getByLabel("Name").fill("<b>ring</b> or not");
        page.getByLabel("Data set").selectOption("synthetic");
        page.getByLabel("Architecture").selectOption("efficientnet_b0");
        page.getByLabel("Training rows").fill("96");
        page.getByLabel("Test rows").fill("64");
        page.getByLabel("Positive rate").fill("0.25");
        page.getByLabel("Batch size").fill("32");
        page.getByLabel("Epochs").fill("400");
        page.getByText("Loss and sampling").click();
        page.getByLabel("Positive weight").fill("3");
        Browser.requireAccessible(page);
        Browser.picture(page, "form");
        button(page, "Submit").click();

        assertThat(heading(page)).hasText("<b>ring</b> or not");
        Locator epochs = page.locator("section.head progress");
        page.waitForCondition(() -> done(epochs) >= 2);
        int before = done(epochs);
        page.waitForCondition(() -> done(epochs) > before);
        assertThat(page.locator("figure canvas")).hasCount(2);
        page.getByText("Choose curves").click();
        for (String quantity : List.of("Objective", "Mean probability", "Calibration error")) {
            page.getByLabel(quantity).check();
            assertThat(page.locator("figure").filter(new Locator.FilterOptions().setHasText(quantity)))
                    .containsText("constant predictor");
        }
        assertThat(page.locator("figure canvas")).hasCount(5);
        page.getByLabel("ROC-AUC").uncheck();
        assertThat(page.locator("figcaption")).hasText(new String[] {
            "Loss on the test split",
            "Objective on the test split",
            "Mean probability on the test split",
            "Calibration error on the test split"
        });
        page.getByLabel("Individual trials").check();
        page.getByLabel("Logarithmic loss axis").check();
        Browser.requireAccessible(page);
        Browser.picture(page, "running");
        button(page, "Cancel").click();
        assertThat(page.locator("section.head .state")).hasText("cancelled");
        assertThat(button(page, "Delete")).isVisible();
    }

    @Test
    void theFormAsksOnlyForWhatTheChoicesNeed() {
        Page page = open("#/new?preset=none", WIDE, ColorScheme.LIGHT);
        page.getByLabel("Data set").selectOption("digits");
        page.getByLabel("Device").selectOption("cuda");
        submitAModule(page);
        page.getByLabel("Augmentation").fill("random_crop, horizontal_flip");
        Locator loss = page.getByLabel("Loss", new Page.GetByLabelOptions().setExact(true));
        assertThat(loss).isHidden();
        page.getByText("Loss and sampling").click();
        assertThat(page.getByLabel("Positive weight")).isVisible();
        page.getByLabel("Positive weight").fill("3");
        assertThat(page.getByLabel("Gamma")).isHidden();
        loss.selectOption("focal");
        assertThat(page.getByLabel("Positive weight")).isHidden();
        page.getByLabel("Gamma").fill("1.5");
        page.getByLabel("Alpha").fill("none");
        page.getByText("Schedule, clipping and precision").click();
        assertThat(page.getByLabel("Milestones")).isHidden();
        page.getByLabel("Schedule", new Page.GetByLabelOptions().setExact(true)).selectOption("step");
        page.getByLabel("Milestones").fill("2, 4");
        assertThat(page.getByLabel("Horizon")).isHidden();
        page.getByLabel("Type").nth(1).selectOption("optimal");
        page.getByLabel("zero head").nth(1).check();
        Browser.requireAccessible(page);
        Browser.picture(page, "form-opened");
        page.route("**/experiments", route -> {
            if (route.request().method().equals("POST")) {
                assertThat(route.request().postData())
                        .contains("\"augmentation\":[\"random_crop\",\"horizontal_flip\"]")
                        .contains("\"loss\":{\"type\":\"focal\",\"gamma\":1.5,\"alpha\":\"none\"}")
                        .contains("\"schedule\":{\"type\":\"step\",\"milestones\":[2,4]}")
                        .contains("{\"type\":\"optimal\",\"headWeights\":\"zeros\"}");
            }
            route.resume();
        });
        button(page, "Submit").click();
        assertThat(page.locator("section.head .state")).isVisible();
        button(page, "Cancel").click();
        assertThat(page.locator("section.head .state")).hasText("cancelled");
    }

    /** Which this service does not allow; leaves the form with a network of its own. */
    private static void submitAModule(Page page) {
        Locator module = page.getByLabel("Module");
        Locator architecture = page.getByLabel("Architecture");
        assertThat(module).isHidden();
        architecture.selectOption("torchscript");
        module.fill("mine-{trial}.pt");
        for (String others : List.of("Weights", "Dropout", "Stochastic depth", "Head", "Hidden layers")) {
            assertThat(page.getByLabel(others, new Page.GetByLabelOptions().setExact(true)))
                    .isHidden();
        }
        Browser.requireAccessible(page);
        Request posted = page.waitForRequest(
                "**/experiments", () -> button(page, "Submit").click());
        assertThat(posted.postData())
                .contains("\"model\":{\"architecture\":\"torchscript\",\"file\":\"mine-{trial}.pt\"}");
        assertThat(page.locator("#fault--model-architecture")).containsText("initlab.networks.allow=true");
        assertThat(architecture).isFocused();
        assertThat(browser.faults()).allMatch(fault -> fault.contains("400"));
        architecture.selectOption("efficientnet_b0");
        assertThat(module).isHidden();
    }

    @Test
    void aTablesFieldsAppearWithItAndItsNetworkIsAnMlp() {
        Page page = open("#/new?preset=none", WIDE, ColorScheme.LIGHT);
        Locator label = page.getByLabel("Label", new Page.GetByLabelOptions().setExact(true));
        assertThat(label).isHidden();
        assertThat(page.getByLabel("Augmentation")).isVisible();
        assertThat(page.getByLabel("Hidden layers")).isHidden();
        page.getByLabel("Data set").selectOption("table");
        assertThat(page.getByLabel("Augmentation")).isHidden();
        label.fill("paid");
        page.getByLabel("Path").fill("no.csv");
        page.getByLabel("Excluded").fill("id, name");
        page.getByLabel("Hidden layers").fill("8, 4");
        Browser.requireAccessible(page);
        page.route("**/experiments", route -> {
            if (route.request().method().equals("POST")) {
                assertThat(route.request().postData())
                        .contains("\"path\":\"no.csv\",\"label\":\"paid\",\"exclude\":[\"id\",\"name\"]")
                        .contains("\"architecture\":\"mlp\",\"hidden\":[8,4]");
            }
            route.resume();
        });
        button(page, "Submit").click();
        assertThat(page.locator(".fault[id]").first()).containsText("there is no file datasets/no.csv");
        assertThat(browser.faults()).allMatch(fault -> fault.contains("400"));
    }

    @Test
    void anUnusualLossIsShownAtOnceWhenItIsPostedAgain() {
        String path = client.submit(
                """
                {"dataset": {"name": "digits"}, "device": "cuda", "trials": 1,
                 "training": {"loss": {"type": "bce", "positiveWeight": "balanced"}}}""");
        Page page = open("#/new?from=" + id(path), WIDE, ColorScheme.LIGHT);

        assertThat(page.getByLabel("Positive weight")).hasValue("balanced");
        assertThat(page.getByLabel("Positive weight")).isVisible();
        assertThat(page.getByLabel("Schedule", new Page.GetByLabelOptions().setExact(true)))
                .isHidden();
    }

    @Test
    void whatIsWrongWithASpecStandsBesideItsField() {
        Page page = open("#/new", WIDE, ColorScheme.LIGHT);
        page.getByLabel("Epochs").fill("many");
        page.getByLabel("Trials").fill("0");
        button(page, "Submit").click();

        assertThat(page.locator("[aria-invalid]")).hasCount(2);
        assertThat(page.getByLabel("Trials")).isFocused();
        assertThat(page.locator("#fault--training-epochs")).containsText("number");
        Browser.requireAccessible(page);
        Browser.picture(page, "form-with-faults");
        assertThat(browser.faults()).allMatch(fault -> fault.contains("400"));
    }

    @ParameterizedTest
    @CsvSource({"light," + WIDE, "dark," + PHONE})
    void everyViewIsAccessibleInEveryLook(String scheme, int width) {
        String one = FINISHED.computeIfAbsent("one in four", this::measured);
        String other = FINISHED.computeIfAbsent("once more", this::measured);
        ColorScheme look = ColorScheme.valueOf(scheme.toUpperCase(Locale.ROOT));
        String study = FINISHED.computeIfAbsent("grid", this::measuredGrid);
        List<String> views =
                List.of("", one, "compare?ids=" + id(one) + "," + id(other), "new?preset=quickstart", study, "studies");
        List<String> names = List.of("list", "experiment", "compare", "new", "study", "studies");
        for (int i = 0; i < views.size(); i++) {
            Page page = open("#/" + views.get(i).replaceFirst("^/", ""), width, look);
            page.waitForLoadState();
            assertThat(page.locator(".nothing")).hasCount(0);
            assertThat(heading(page)).isVisible();
            if (i == 1 || i == 2) {
                assertThat(page.locator("figure canvas")).hasCount(2);
                assertThat(page.locator(".numbers td[data-label='Calibration error']"))
                        .hasCount(2 * i);
                assertThat(page.locator(".numbers td[data-label='Calibration error']")
                                .first())
                        .containsText("±");
                assertThat(page.locator("figure").first().locator(".group > span"))
                        .hasText(i == 1 ? new String[] {} : new String[] {"one in four", "once more"});
                assertThat(page.locator(".verdict")).hasCount(2 - i);
                double bottom = page.locator("figure canvas").first().boundingBox().y + 220;
                assertThat(bottom).as("the first picture's bottom").isLessThan(900);
            }
            if (i == 4) {
                assertThat(page.locator("table.map td a")).hasCount(4);
            }
            Browser.requireAccessible(page);
            Browser.picture(page, names.get(i) + "-" + scheme + "-" + width);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as(names.get(i))
                    .isLessThanOrEqualTo(width);
            page.context().close();
        }
    }

    @Test
    void theArmsAreJudgedByAnotherMetricAndAMarginThatIsMoved() {
        Page page = open("#" + FINISHED.computeIfAbsent("six pairs", this::measuredSixTimes), WIDE, ColorScheme.LIGHT);
        Locator verdict = page.locator(".verdict");
        assertThat(verdict.locator("summary")).containsText("positive_rate worse loss +0.0");
        verdict.locator("summary").click();
        page.getByText("by loss, margin").click();
        Locator band = verdict.locator(".band");
        Locator margin = page.getByLabel("Margin");
        assertThat(page.locator("output")).containsText("(the usual one)");
        assertThat(verdict).containsText("It is higher by less than the margin of 0.0281");
        double usual = width(band);

        page.locator("figure .u-over").first().hover(new Locator.HoverOptions().setPosition(2, 50));
        assertThat(page.locator(".legend > span")).hasText(new String[] {"Epoch 0", "Epoch 0"});
        assertThat(page.locator("figure").last().locator(".legend li").nth(1)).containsText("positive_rate 0.5");
        Locator chart = page.getByRole(AriaRole.SLIDER)
                .filter(new Locator.FilterOptions().setHas(page.locator(".u-over")))
                .first();
        chart.press("ArrowRight");
        assertThat(page.locator(".legend > span")).hasText(new String[] {"Epoch 1", "Epoch 1"});
        assertThat(chart).hasAttribute("aria-valuetext", Pattern.compile("Epoch 1; default .*; positive_rate 0\\..*"));
        chart.press("End");
        assertThat(page.locator(".legend > span")).not().hasText(new String[] {"Epoch 1", "Epoch 1"});

        margin.press("Home");
        assertThat(verdict).containsText("Whether by more than the margin of 0.00281, these trials cannot tell.");
        assertThat(page.locator("output")).not().containsText("usual");
        page.waitForCondition(() -> width(band) < usual);
        Browser.requireAccessible(page);
        Browser.picture(page, "margin");

        page.getByLabel("Judged by").selectOption("rocAuc");
        assertThat(verdict).containsText("its ROC-AUC");
        assertThat(page.locator("output")).hasText("0.001");
        assertThat(page.getByLabel("Judged by")).hasValue("rocAuc");
    }

    private static double width(Locator band) {
        return Double.parseDouble(band.getAttribute("width"));
    }

    @Test
    void anExperimentThatStoppedEarlySaysAfterWhichTrial() {
        String path = measured("stopped");
        jdbc.sql("update experiment set stopped_early = ?::jsonb, revision = revision + 1 where id = ?::uuid")
                .params(
                        "{\"trial\": 1, \"epoch\": 2, \"baseline\": \"default\", \"margin\": 0.03, \"sequences\": []}",
                        id(path))
                .update();
        Page page = open("#" + path, WIDE, ColorScheme.LIGHT);

        assertThat(page.locator("section.head")).containsText("succeeded · stopped early, after 2 trials");
    }

    @Test
    void aLargeExperimentIsDrawn() {
        String path = client.submit(
                """
                {"name": "Eight rates, twenty trials", "dataset": {"name": "digits"}, "device": "cuda", "trials": 20,
                 "training": {"epochs": 200}, "biasInits": [{"type": "default"}, {"type": "zeros"}, {"type": "positive_rate"},
                 {"type": "constant", "value": -1}, {"type": "constant", "value": -2}, {"type": "constant", "value": -3},
                 {"type": "constant", "value": -4}, {"type": "constant", "value": -5}]}""");
        new Measurements(jdbc).finish(path, 10);
        Page page = open("#" + path, WIDE, ColorScheme.DARK);
        page.locator(".verdict").nth(6).waitFor();
        assertThat(page.locator("figure").first().locator(".legend li")).hasCount(8 + 1);
        page.getByText("Choose curves").click();
        Object without = page.evaluate(PICTURE);
        page.getByLabel("Individual trials").check();
        assertThat(page.evaluate(PICTURE)).isNotEqualTo(without);
        Browser.picture(page, "large");
    }

    @Test
    void aStudysMapLeadsToItsExperimentsAndIsDrawnByAnotherMetric() {
        Page page = open("#" + FINISHED.computeIfAbsent("grid", this::measuredGrid), WIDE, ColorScheme.LIGHT);
        assertThat(page.locator("table.map thead th"))
                .hasText(new String[] {"learningRate ↑ positiveRate →", "0.5", "0.25"});
        assertThat(page.locator("table.map tbody th")).hasText(new String[] {"0.01", "0.001"});
        Locator first = page.locator("table.map td").first();
        assertThat(first).containsText("+0.0");
        assertThat(first).containsText(Pattern.compile("[▼▽]worse: "));
        String loss = first.textContent();
        page.getByLabel("Metric").selectOption("rocAuc");
        assertThat(page.locator("main")).containsText("Difference in ROC-AUC");
        assertThat(first).not().hasText(loss);
        page.getByLabel("Epoch").fill("0");
        page.getByLabel("Epoch").press("Tab");
        assertThat(page.locator("main")).containsText("after epoch 0");
        page.getByLabel("Margin").fill("0.5");
        page.getByLabel("Margin").press("Tab");
        page.getByLabel("Baseline").selectOption("positive_rate");
        assertThat(page.locator("main")).containsText("default minus positive_rate");
        assertThat(page).hasURL(Pattern.compile(".*\\?metric=rocAuc&epoch=0&margin=0.5&baseline=positive_rate"));
        assertThat(page.getByText("map as SVG"))
                .hasAttribute(
                        "href",
                        Pattern.compile(".*/map.svg\\?metric=rocAuc&epoch=0&margin=0.5&baseline=positive_rate"));

        first.locator("a").click();
        assertThat(heading(page)).containsText("grid");
        page.getByText("the study that it is a point of").click();
        assertThat(heading(page)).hasText("grid");
    }

    @Test
    void aStudyOfOneAxisIsALineBesideTheMargin() {
        Answer study = client.post(
                "/studies",
                """
                {"name": "line", "base": {"dataset": {"name": "digits"}, "device": "cuda", "training": {"epochs": 2}, "trials": 3},
                 "axes": [{"pointer": "/training/loss", "values": [{"type": "bce"}, {"type": "focal", "gamma": 2}]}]}""");
        study.body().get("points").forEach(point -> new Measurements(jdbc)
                .finish(point.at("/links/experiment").asString(), 3));
        Page page = open("#" + study.body().at("/links/self").asString(), WIDE, ColorScheme.LIGHT);
        assertThat(page.locator("figure .legend li"))
                .containsText(new String[] {"positive_rate", "no difference", "± margin"});
        page.getByLabel("Margin").fill("0.25");
        page.getByLabel("Margin").press("Tab");
        assertThat(page.locator("figure .legend li").last()).containsText("0.2500");
        Browser.requireAccessible(page);
    }

    @Test
    void aStudyThatHasEndedIsFollowedAsOthersMayExtendIt() {
        String study = measuredGrid("extended");
        Page page = open("", WIDE, ColorScheme.LIGHT);
        page.clock().install();
        page.navigate("http://127.0.0.1:" + port + "/#" + study);
        Locator state = page.locator("section.head .state");
        assertThat(state).hasText("succeeded");
        client.post(study + "/extend", "{\"epochs\": 4}");
        page.clock().runFor(3 * SOME_TIME);
        assertThat(state).hasText("queued");
    }

    @Test
    void aStudyIsSubmittedFromAPresetAndItsFaultsAreNamed() {
        Page page = open("#/new?preset=imbalance_map", WIDE, ColorScheme.LIGHT);
        Locator spec = page.getByLabel("Name, base and axes");
        spec.fill(spec.inputValue().replace("\"synthetic\"", "\"syntetic\""));
        button(page, "Submit study").click();
        assertThat(page.locator("#study-faults")).containsText("/base/dataset/name");
        Browser.requireAccessible(page);
        assertThat(browser.faults()).allMatch(fault -> fault.contains("400"));

        spec.fill(spec.inputValue()
                .replace("\"syntetic\"", "\"synthetic\"")
                .replace("\"trials\": 5", "\"trials\": 1, \"device\": \"cuda\""));
        page.getByLabel("Priority").fill("-7");
        page.getByLabel("Priority").press("Tab");
        assertThat(spec).hasValue(Pattern.compile("\"priority\": -7\\b"));
        button(page, "Submit study").click();
        assertThat(page.locator("table.map td a")).hasCount(30);
        button(page, "Cancel").click();
        assertThat(page.locator("section.head .state")).hasText("cancelled");
        assertThat(page.locator("table.map td a").first()).hasText("cancelled");
        button(page, "Delete").click();
        assertThat(heading(page)).hasText("Studies");
    }

    @Test
    void thePageIsLight() {
        Page page = open("", WIDE, ColorScheme.LIGHT);
        assertThat(heading(page)).isVisible();
        Object bytes = page.evaluate(
                "performance.getEntriesByType('resource').reduce((sum, file) => sum + file.encodedBodySize, 0)");

        assertThat(((Number) bytes).intValue()).isBetween(60_000, 300_000);
    }

    @Test
    void itSaysThatTheServiceIsAwayAndRecoversByItself() {
        Page page = open("", WIDE, ColorScheme.LIGHT);
        assertThat(heading(page)).isVisible();
        page.clock().install();
        page.reload();
        assertThat(heading(page)).isVisible();
        page.route("**/experiments**", route -> route.abort());
        page.clock().runFor(SOME_TIME);
        assertThat(page.locator("#banner")).containsText("cannot be reached");
        Browser.picture(page, "away");
        page.unroute("**/experiments**");
        page.clock().runFor(SOME_TIME);
        assertThat(page.locator("#banner")).isHidden();
        assertThat(browser.faults()).allMatch(fault -> fault.contains("ERR_FAILED"));
    }

    private String measuredSixTimes(String name) {
        String path =
                client.submit(SPEC.formatted(name, 2).replace("\"trials\": 2", "\"device\": \"cuda\", \"trials\": 6"));
        new Measurements(jdbc).finish(path, 3);
        return path;
    }

    /** As if it had been trained, on a device that no worker has. */
    private String measured(String name) {
        String path = client.submit(SPEC.formatted(name, 2).replace("\"trials\"", "\"device\": \"cuda\", \"trials\""));
        new Measurements(jdbc).finish(path, 3);
        return path;
    }

    /** A study of four points with one axis for each direction. */
    private String measuredGrid(String name) {
        Answer study = client.post(
                "/studies",
                """
                {"name": "%s", "base": {"dataset": {"name": "synthetic", "trainLimit": 96, "testLimit": 64}, "device": "cuda",
                 "model": {"architecture": "efficientnet_b0"}, "training": {"epochs": 2, "batchSize": 32}, "trials": 6},
                 "axes": [{"pointer": "/dataset/positiveRate", "values": [0.5, 0.25]},
                          {"pointer": "/training/optimizer/learningRate", "values": [0.001, 0.01]}]}"""
                        .formatted(name));
        study.body().get("points").forEach(point -> new Measurements(jdbc)
                .finish(point.at("/links/experiment").asString(), 3));
        return study.body().at("/links/self").asString();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static int done(Locator progress) {
        String label = progress.getAttribute("aria-label");
        return Integer.parseInt(label.substring(0, label.indexOf(' ')));
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Page open(String address, int width, ColorScheme scheme) {
        return browser.open("http://127.0.0.1:" + port + "/" + address, width, scheme);
    }
}
