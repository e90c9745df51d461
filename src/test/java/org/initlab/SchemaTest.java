package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.initlab.experiment.ExperimentState;
import org.initlab.platform.ServiceTest;
import org.initlab.run.RunState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class SchemaTest {
    @Autowired
    JdbcClient jdbc;

    static Stream<Arguments> enumerations() {
        return Stream.of(
                Arguments.of("run_state_check", RunState.values()),
                Arguments.of("experiment_state_check", ExperimentState.values()));
    }

    @ParameterizedTest
    @MethodSource("enumerations")
    void theConstraintsMirrorTheEnumerations(String constraint, Enum<?>[] values) {
        String definition = jdbc.sql(
                        "select pg_get_constraintdef(oid) from pg_constraint where conname = ? and connamespace = current_schema()::regnamespace")
                .param(constraint)
                .query(String.class)
                .single();
        List<String> allowed = Pattern.compile("'(\\w+)'")
                .matcher(definition)
                .results()
                .map(MatchResult::group)
                .map(quoted -> quoted.replace("'", ""))
                .toList();

        assertThat(allowed)
                .containsExactlyElementsOf(Arrays.stream(values).map(Enum::name).toList());
    }
}
