package org.initlab;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An answer to a command line that is no list of settings.
 *
 * @param status with which the program ends
 */
record CommandLine(int status, String answer) {
    private static final int REFUSED = 2;
    /** Spring Boot's, which need no value. */
    private static final List<String> SWITCHES = List.of("--debug", "--trace");

    private static final String HELP =
            """
            Usage: initlab [--SETTING=VALUE]...
            Starts InitLab: its HTTP interface, its page, and a worker that trains.

              --initlab.home=FOLDER     where everything is kept (./initlab-data)
              --initlab.roles=ROLES     api, worker, or both (api,worker)
              --initlab.device=DEVICE   auto, cpu, cuda:0, several with commas between them, or all GPUs (auto)
              --server.port=PORT        where to listen (8080)
              --version                 prints the version
            All settings are in docs/settings.md. Each may also be in the environment: INITLAB_HOME=FOLDER
            """;

    /** What to print instead of starting; empty where the arguments are settings. */
    static Optional<CommandLine> reply(String... arguments) {
        List<String> given = Arrays.asList(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            return Optional.of(new CommandLine(0, HELP));
        }
        if (given.contains("--version")) {
            String version = CommandLine.class.getPackage().getImplementationVersion();
            return Optional.of(new CommandLine(0, "InitLab " + (version == null ? "(not packaged)" : version) + "\n"));
        }
        return given.stream()
                .filter(argument -> !isSetting(argument))
                .findFirst()
                .map(CommandLine::refusal);
    }

    private static boolean isSetting(String argument) {
        return SWITCHES.contains(argument) || (argument.startsWith("--") && argument.indexOf('=') > 2);
    }

    private static CommandLine refusal(String argument) {
        return new CommandLine(
                REFUSED,
                "initlab: '" + argument
                        + "' is no setting, which is given as --name=value, such as --initlab.home=FOLDER."
                        + " Options for Java belong in JAVA_OPTS. --help says more.\n");
    }
}
