package org.initlab.results.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardNamesTest {
    private static final UUID ID = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, etc_passwd",
        "..., ''",
        "a/b\\c:d*e?, a_b_c_d_e_",
        "lr=1e-3, lr=1e-3",
        "数字 0 対 9, 数字_0_対_9",
        "'e\u0301t\u00e9', '\u00e9t\u00e9'"
    })
    void theyAreSafeOnAnyFileSystem(String name, String folder) {
        assertThat(BoardNames.safe(name)).isEqualTo(folder);
        assertThat(BoardNames.experiment(name, ID)).endsWith(ID.toString()).doesNotStartWith("-");
    }

    @Test
    void theyAreCutWhereFileSystemsEnd() {
        String folder = BoardNames.experiment("数".repeat(200), ID);

        assertThat(folder.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(255);
        assertThat(folder).startsWith("数数").endsWith("数-" + ID);
    }
}
