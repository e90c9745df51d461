package org.initlab.platform.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.platform.StartupException;

/**
 * Reads tokens written as {@code name:scope:secret}, or {@code name:scope:sha256:HEX} with the secret's SHA-256 instead
 * of the secret.
 *
 * <p>Errors give the place but never the text, because any part of a malformed line can be a secret.
 */
final class TokenReader {
    private static final int MIN_SECRET = 16;
    private static final Pattern LINE = Pattern.compile("([^:]*):([^:]*):(.*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** What RFC 6750 allows as a bearer token; a cookie may hold all of it too. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Pattern HASH = Pattern.compile("sha256:([0-9A-Fa-f]{64})");

    private final List<Token> tokens = new ArrayList<>();

    private TokenReader() {}

    /**
     * Reads the tokens of both settings.
     *
     * @throws StartupException naming the faulty entry or line
     */
    static Tokens read(AccessProperties properties) {
        TokenReader reader = new TokenReader();
        for (int i = 0; i < properties.tokens().size(); i++) {
            reader.add(properties.tokens().get(i).strip(), "Token " + (i + 1) + " of initlab.tokens");
        }
        if (properties.tokensFile() != null) {
            reader.addFile(properties.tokensFile());
        }
        return new Tokens(reader.tokens);
    }

    private void addFile(String file) {
        int before = tokens.size();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, "Line " + (i + 1) + " of initlab.tokens-file");
            }
        }
        if (tokens.size() == before) {
            throw new StartupException(
                    "The initlab.tokens-file (" + file + ") holds no token.",
                    "Put a line name:read:SECRET or name:write:SECRET there, or leave the setting out.");
        }
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new StartupException(
                    "The initlab.tokens-file (" + file + ") cannot be read: "
                            + e.getClass().getSimpleName() + ".",
                    "Check that it exists, is UTF-8 text, and can be read by the user that runs the service.",
                    e);
        }
    }

    private void add(String line, String place) {
        Matcher parts = LINE.matcher(line);
        require(parts.matches(), place, "does not have the three parts name:scope:secret");
        String name = parts.group(1);
        require(NAME.matcher(name).matches(), place, "needs a name of 1 to 64 letters, digits and ._-");
        require(tokens.stream().noneMatch(token -> token.name().equals(name)), place, "has the name of an earlier one");
        byte[] hash = secretHash(parts.group(3), place);
        require(
                tokens.stream().noneMatch(token -> MessageDigest.isEqual(token.secretHash(), hash)),
                place,
                "has the secret of an earlier one");
        tokens.add(new Token(name, scope(parts.group(2), place), hash));
    }

    private static Scope scope(String text, String place) {
        for (Scope scope : Scope.values()) {
            if (scope.label().equals(text)) {
                return scope;
            }
        }
        throw wrong(place, "has a scope other than read or write");
    }

    private static byte[] secretHash(String text, String place) {
        Matcher hash = HASH.matcher(text);
        if (hash.matches()) {
            return HexFormat.of().parseHex(hash.group(1));
        }
        require(
                SECRET.matcher(text).matches(),
                place,
                "has a secret with characters other than letters, digits and -._~+/ with = at its end, or a hash that"
                        + " is not sha256: and 64 hexadecimal digits");
        require(text.length() >= MIN_SECRET, place, "has a secret of fewer than " + MIN_SECRET + " characters");
        return Tokens.hash(text);
    }

    private static void require(boolean holds, String place, String fault) {
        if (!holds) {
            throw wrong(place, fault);
        }
    }

    private static StartupException wrong(String place, String fault) {
        return new StartupException(
                place + " " + fault + ".",
                "Write each token as name:read:SECRET or name:write:SECRET, with a random SECRET such as from 'openssl rand"
                        + " -hex 32', or sha256: and the secret's SHA-256 instead.");
    }
}
