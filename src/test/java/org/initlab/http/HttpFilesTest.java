package org.initlab.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.initlab.ApiContract;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.http.HttpFile.Request;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Runs the files of {@code http/} from top to bottom, each by itself. */
@ServiceTest
class HttpFilesTest {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{([^}]+)}}");
    private static final Pattern ANSWER = Pattern.compile("(\\w+)\\.response\\.(body|headers)\\.(.+)");

    @LocalServerPort
    int port;

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final Set<String> called = new TreeSet<>();

    @Test
    void everyRequestOfTheFilesWorksAndEveryOperationHasOne() throws IOException {
        ServiceClient client = new ServiceClient(port);
        ApiContract contract = new ApiContract(client.get("/v3/api-docs").body());
        try (Stream<Path> files = Files.list(Path.of("http"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".http"))
                    .sorted()
                    .toList()) {
                run(HttpFile.read(file), client, contract);
            }
        }

        assertThat(called).isEqualTo(contract.operationIds());
    }

    private void run(HttpFile file, ServiceClient client, ApiContract contract) {
        variables.clear();
        answers.clear();
        file.variables().forEach(variable -> variables.put(variable.name(), variable.value()));
        variables.put("host", "");
        for (Request request : file.requests()) {
            String path = resolve(request.url());
            List<String> headers = request.headers().stream().map(this::resolve).toList();
            Answer answer =
                    client.send(request.method(), path, resolve(request.body()), headers.toArray(String[]::new));
            answers.put(request.name(), answer);
            assertThat(answer.status() < 400 || request.title().contains(Integer.toString(answer.status())))
                    .as("%s: %s -> %s", file.path(), request, answer.raw().body())
                    .isTrue();
            called.add(contract.operation(request.method(), path.replaceFirst("\\?.*", ""))
                    .orElseThrow()
                    .get("operationId")
                    .asString());
        }
    }

    private String resolve(String text) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String reference) {
        Matcher answer = ANSWER.matcher(reference);
        if (!answer.matches()) {
            return variables.get(reference);
        }
        Answer referred = answers.get(answer.group(1));
        return answer.group(2).equals("headers")
                ? referred.header(answer.group(3))
                : referred.body().at(pointer(answer.group(3))).asString();
    }

    /** Of a path as {@code $[0].id}. */
    private static String pointer(String path) {
        return "/"
                + path.replaceFirst("^\\$\\[", "[")
                        .replaceAll("^\\[|\\[", "/")
                        .replaceAll("]", "")
                        .replace('.', '/')
                        .replaceFirst("^/", "");
    }
}
