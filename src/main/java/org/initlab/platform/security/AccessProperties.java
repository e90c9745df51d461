package org.initlab.platform.security;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * Who may call the service.
 *
 * @param tokens {@code name:scope:secret} each; see {@link TokenReader}
 * @param tokensFile a file with one per line, where blank lines and lines that start with {@code #} are skipped;
 *     {@code null} for none
 */
@ConfigurationProperties("initlab")
record AccessProperties(List<String> tokens, String tokensFile) {
    AccessProperties {
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
        tokensFile = StringUtils.hasText(tokensFile) ? tokensFile : null;
    }

    @Override
    public String toString() {
        return "AccessProperties[" + tokens.size() + " tokens, tokensFile=" + tokensFile + "]";
    }
}
