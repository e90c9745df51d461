package org.initlab.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.initlab.InitLabApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Settings that cannot be meant: each ends the start before there is a database, with a text that names it and what it may be. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {
    @TempDir
    Path home;

    @AfterEach
    void nothingIsLeft() {
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "initlab.hom=/data | There is no setting initlab.hom; did you mean 'home'?",
                "initlab.api.port=80 | There is no setting initlab.api; known are home, roles",
                "initlab.device=gpu | must be auto, cpu, cuda, or cuda:0",
                "initlab.device=CPU | must be auto, cpu, cuda, or cuda:0",
                "initlab.device=cuda:0,auto | several of these separated by commas, or all",
                "initlab.roles=api,trainer | WORKER",
                "initlab.quickstart=maybe | Invalid boolean value 'maybe'",
                "initlab.worker.tf32=perhaps | Invalid boolean value 'perhaps'",
                "initlab.worker.threads=0 | must be greater than 0",
                "initlab.worker.threads=many | For input string: \"many\"",
                "initlab.worker.heartbeat=1ms | must be longer than or equal to 100 millis",
                "initlab.worker.heartbeat=soon | 'soon' is not a valid duration",
                "initlab.worker.keep-memory=-1s | must be longer than or equal to 0",
                "initlab.worker.max-attempts=0 | must be greater than 0",
                "initlab.worker.thraeds=2 | left unbound",
                "initlab.checkpoint.interval=0s | must be longer than or equal to 1 milli",
                "initlab.retention.age=-1d | must be longer than or equal to 0",
                "initlab.retention.experiments=0 | must be greater than 0",
                "initlab.retention.checkpoint-age=soon | 'soon' is not a valid duration",
                "initlab.retention.ages=1d | left unbound",
                "initlab.queue.limit=0 | must be greater than 0",
                "initlab.downloads.cifar10=not an address | Invalid URI syntax",
                "initlab.downloads.mnist=ftp://mirror/mnist/ | begins with http:// or https://",
                "initlab.downloads.fashion-mnist=mirror/fashion | begins with http:// or https://",
                "initlab.downloads.image-net-weights=https:/weights | begins with http:// or https://",
                "initlab.webhooks[0].url=ftp://hooks.example/x | no address to post to",
                "initlab.webhooks[0].url=https://hooks.example/x | initlab.webhooks[0].secret is missing",
                "server.address=no.such.name.invalid | UnknownHostException",
                "server.forward-headers-strategy=always | NATIVE",
                "spring.datasource.url=postgres://me:secret@127.0.0.1/initlab | does not begin with jdbc:postgresql:",
                "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none | Connection to 127.0.0.1:1 refused"
            })
    void aWrongOneEndsTheStartWithATextThatNamesIt(String setting, String text, CapturedOutput output) {
        assertThat(refused(setting)).isTrue();

        assertThat(output.getOut())
                .contains("APPLICATION FAILED TO START", text)
                .contains(setting.substring(0, setting.lastIndexOf('.', setting.indexOf('='))))
                .doesNotContain("\tat ");
    }

    @Test
    void allThatAreWrongInARoomAreNamedAtOnce(CapturedOutput output) {
        refused("initlab.worker.threads=0", "initlab.worker.heartbeat=1ms");

        assertThat(output.getOut()).contains("initlab.worker.threads", "initlab.worker.heartbeat");
    }

    private boolean refused(String... settings) {
        String[] arguments = Stream.concat(
                        Stream.of("server.port=0", "spring.main.register-shutdown-hook=false", "initlab.home=" + home),
                        Stream.of(settings))
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        try {
            new SpringApplication(InitLabApplication.class).run(arguments).close();
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
