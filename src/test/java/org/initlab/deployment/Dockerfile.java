package org.initlab.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's Dockerfile, read as far as this project uses the format. */
final class Dockerfile {
    private static final Pattern FROM = Pattern.compile("(\\S+) AS (\\S+)");
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

    private final Map<String, Stage> stages = new LinkedHashMap<>();

    private record Stage(String base, List<Instruction> instructions) {}

    /** As {@code COPY} and what follows it, in one line. */
    record Instruction(String name, String arguments) {}

    private Dockerfile() {}

    static Dockerfile read() throws IOException {
        Dockerfile file = new Dockerfile();
        List<Instruction> current = null;
        String text = Files.readString(Path.of("Dockerfile"))
                .replaceAll("(?m)^\\s*#.*\\n", "")
                .replaceAll("\\\\\\n", " ");
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            String[] parts = line.split("\\s+", 2);
            Matcher from = FROM.matcher(parts[1]);
            if (parts[0].equals("FROM") && from.matches()) {
                current = new ArrayList<>();
                file.stages.put(from.group(2), new Stage(from.group(1), current));
            } else {
                current.add(new Instruction(parts[0], parts[1]));
            }
        }
        return file;
    }

    /** The instructions of a stage, after those of the stages that it builds on. */
    List<Instruction> instructions(String stage) {
        List<Instruction> all = new ArrayList<>();
        Stage found = stages.get(stage);
        if (found != null) {
            all.addAll(instructions(found.base()));
            all.addAll(found.instructions());
        }
        return all;
    }

    /** What a container of a stage has in its environment. */
    Map<String, String> environment(String stage) {
        Map<String, String> environment = new LinkedHashMap<>();
        instructions(stage).stream()
                .filter(instruction -> instruction.name().equals("ENV"))
                .flatMap(
                        instruction -> VARIABLE.matcher(instruction.arguments()).results())
                .forEach(variable -> environment.put(
                        variable.group(1), variable.group(2) == null ? variable.group(3) : variable.group(2)));
        return environment;
    }

    /** The arguments of the last instruction of a name. */
    String last(String stage, String name) {
        return instructions(stage).stream()
                .filter(instruction -> instruction.name().equals(name))
                .reduce((first, last) -> last)
                .orElseThrow()
                .arguments();
    }

    /** The words of the last instruction of a name that is written as a JSON array. */
    List<String> lastArray(String stage, String name) {
        return WORD.matcher(last(stage, name))
                .results()
                .map((MatchResult word) -> word.group(1))
                .toList();
    }
}
