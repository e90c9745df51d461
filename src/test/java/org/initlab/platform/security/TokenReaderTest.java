package org.initlab.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.initlab.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenReaderTest {
    private static final String SECRET = "correct-horse-01";
    private static final String OTHER = "battery.staple~+/==";

    @TempDir
    Path folder;

    @Test
    void tokensFromTheSettingAndTheFileAreCombined() throws IOException {
        Path file = Files.writeString(
                folder.resolve("tokens"), "# for the dashboard\r\n\r\n  grafana:read:" + OTHER + "  \n");

        Tokens tokens = TokenReader.read(new AccessProperties(List.of("ci:write:" + SECRET), file.toString()));

        assertThat(tokens.withSecret(SECRET)).hasValueSatisfying(token -> {
            assertThat(token.name()).isEqualTo("ci");
            assertThat(token.scope()).isEqualTo(Scope.WRITE);
        });
        assertThat(tokens.withSecret(OTHER).orElseThrow().scope()).isEqualTo(Scope.READ);
        assertThat(tokens.withSecret(SECRET + "x")).isEmpty();
        assertThat(tokens.withSecret("")).isEmpty();
    }

    @Test
    void theHashOfASecretLetsTheSecretInButNotItself() {
        String hash = HexFormat.of().formatHex(Tokens.hash(SECRET));
        Tokens tokens = read("ci:write:sha256:" + hash);

        assertThat(tokens.withSecret(SECRET)).isPresent();
        assertThat(tokens.withSecret(hash)).isEmpty();
        assertThat(tokens.withSecret("sha256:" + hash)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ci:write:fifteen-letters | fewer than 16 characters",
                "ci:write:a secret with spaces | characters other than",
                "ci:write:sha256:0123456789abcdef | characters other than",
                "ci:admin:correct-horse-01 | a scope other than read or write",
                "ci:WRITE:correct-horse-01 | a scope other than read or write",
                ":write:correct-horse-01 | needs a name",
                "c i:write:correct-horse-01 | needs a name",
                "correct-horse-01 | three parts",
                "correct-horse-01:write | three parts",
                "'' | three parts",
                "first:write:correct-horse-02 | the name of an earlier one",
                "ci:write:1234567890123456 | the secret of an earlier one",
            })
    void aMalformedTokenIsRefusedByItsPlaceAndWithoutItsText(String entry, String reason) {
        assertThatThrownBy(() -> read("first:read:1234567890123456", entry))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("Token 2 of initlab.tokens")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("correct-horse", "1234567890123456", "fifteen", "spaces", "0123456789abcdef");
    }

    @Test
    void aWrongLineOfTheFileIsNamedByItsNumber() throws IOException {
        Path file =
                Files.writeString(folder.resolve("tokens"), "# who\nci:read:" + SECRET + "\n\nsecret-without-name\n");

        assertThatThrownBy(() -> TokenReader.read(new AccessProperties(null, file.toString())))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("Line 4 of initlab.tokens-file")
                .message()
                .doesNotContain("secret-without-name");
    }

    @Test
    void aFileWithoutTokensDoesNotOpenTheService() throws IOException {
        Path empty = Files.writeString(folder.resolve("tokens"), "# none yet\n");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> TokenReader.read(new AccessProperties(null, empty.toString())))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("holds no token");
        for (String file : List.of(folder.resolve("gone").toString(), folder.toString(), binary.toString(), "a\0b")) {
            assertThatThrownBy(() -> TokenReader.read(new AccessProperties(null, file)))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("cannot be read");
        }
    }

    @Test
    void theSettingsTextShowsNoSecret() {
        assertThat(new AccessProperties(List.of("ci:write:" + SECRET), " "))
                .hasToString("AccessProperties[1 tokens, tokensFile=null]");
    }

    private static Tokens read(String... entries) {
        return TokenReader.read(new AccessProperties(List.of(entries), null));
    }
}
