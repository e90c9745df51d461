package org.initlab.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.hibernate.validator.constraints.Range;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RecordBinderTest {
    enum Colour {
        DARK_RED,
        BLUE;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Part(@NotNull String name, @DecimalMin(value = "0", inclusive = false) Double rate, Colour colour) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type")
    sealed interface Shape {
        @JsonProperty
        String type();

        @JsonTypeName("round")
        record Round(@NotNull(message = "is required") @DecimalMin("0") Double radius) implements Shape {
            @Override
            public String type() {
                return "round";
            }
        }

        @JsonTypeName("flat_box")
        record Box(@DecimalMin("0") Double width, Double height, Colour colour) implements Shape {
            @Override
            public String type() {
                return "flat_box";
            }
        }

        @JsonTypeName("bag")
        record Bag(Double height) implements Shape {
            @Override
            public String type() {
                return "bag";
            }
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type")
    sealed interface Transport {
        @JsonProperty(defaultValue = "ship")
        String type();

        @JsonTypeName("train")
        record Train(Integer wagons) implements Transport {
            @Override
            public String type() {
                return "train";
            }
        }

        @JsonTypeName("ship")
        record Ship(String port) implements Transport {
            @Override
            public String type() {
                return "ship";
            }
        }
    }

    enum Rule {
        HEAVY,
        LIGHT;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Weight(@DecimalMin("0") Double number, Rule rule) {
        @JsonValue
        Object json() {
            return number == null ? rule : number;
        }
    }

    record Sign(@Size(min = 2, max = 3, message = "must have 2 or 3 characters") String text) {}

    record Load(@Valid Weight weight, List<@Valid Weight> more) {}

    record Parcel(List<@Valid Shape> shapes, @Valid Transport transport) {}

    record Order(
            @JsonFormat(shape = JsonFormat.Shape.SCALAR) String label,
            @Range(min = 0, max = 1000) Integer epochs,
            Long seed,
            Boolean shuffle,
            @Valid Part main,
            @Size(min = 1, max = 3) List<@Valid Part> parts) {
        Order {
            epochs = epochs == null ? 5 : epochs;
            parts = parts == null ? List.of(new Part("default", 1.0, Colour.BLUE)) : List.copyOf(parts);
        }
    }

    private final RecordBinder binder = new RecordBinder(JsonMapper.shared());

    @Test
    void aBodyBecomesARecordWithItsDefaults() {
        Order order = bind(
                """
                {"label": "a", "seed": 9223372036854775807, "shuffle": false, "epochs": null,
                 "main": {"name": "x", "rate": 2, "colour": "dark_red"}}""");

        assertThat(order)
                .isEqualTo(new Order("a", 5, Long.MAX_VALUE, false, new Part("x", 2.0, Colour.DARK_RED), null));
    }

    @Test
    void aWholeNumberMayBeWrittenWithAFractionOrAnExponent() {
        assertThat(bind("{\"epochs\": 5.0}").epochs()).isEqualTo(5);
        assertThat(bind("{\"seed\": 1e3}").seed()).isEqualTo(1000);
    }

    @Test
    void aScalarTextMayBeANumber() {
        assertThat(bind("{\"label\": 6}").label()).isEqualTo("6");
    }

    @Test
    void allFaultsComeAtOnceInTheOrderOfTheDocument() {
        assertThat(
                        faults(
                                """
                {"epcohs": 3,
                 "parts": [{"name": "a", "rate": 0}, {"rate": "high"}, 7, {"name": "d", "colour": "bleu", "rate": -1}],
                 "main": {},
                 "shuffle": "yes",
                 "epochs": 1001}"""))
                .containsExactly(
                        new Fault("/epcohs", "unknown field 'epcohs'; did you mean 'epochs'?"),
                        new Fault("/parts/0/rate", "must be greater than 0"),
                        new Fault("/parts/1/name", "is required"),
                        new Fault("/parts/1/rate", "must be a number, not a string"),
                        new Fault("/parts/2", "must be an object, not a number"),
                        new Fault("/parts/3/colour", "must be one of dark_red, blue; did you mean 'blue'?"),
                        new Fault("/parts/3/rate", "must be greater than 0"),
                        new Fault("/main/name", "is required"),
                        new Fault("/shuffle", "must be true or false, not a string"),
                        new Fault("/epochs", "must be between 0 and 1000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"epochs": "5"}          | /epochs | must be a whole number, not a string
            {"epochs": 5.5}          | /epochs | must be a whole number
            {"epochs": 3000000000}   | /epochs | must be between -2147483648 and 2147483647
            {"epochs": 1e999}        | /epochs | must be a whole number
            {"epochs": true}         | /epochs | must be a whole number, not a boolean
            {"epochs": [1]}          | /epochs | must be a whole number, not an array
            {"seed": 9223372036854775808} | /seed | must be between -9223372036854775808 and 9223372036854775807
            {"label": 1.5}           | /label | must be a string, not a number
            {"label": {}}            | /label | must be a string, not an object
            {"label": "a\\u0000"}    | /label | must not contain control characters or halves of surrogate pairs
            {"label": "a\\ud800"}    | /label | must not contain control characters or halves of surrogate pairs
            {"main": []}             | /main | must be an object, not an array
            {"main": {"name": 5}}    | /main/name | must be a string, not a number
            {"main": {"name": "a", "rate": 1e999}} | /main/rate | must be a number of double precision, up to 1.8e308
            {"main": {"name": "a", "rate": "NaN"}} | /main/rate | must be a number, not a string
            {"main": {"name": "a", "colour": 1}} | /main/colour | must be one of dark_red, blue, not a number
            {"main": {"name": "a", "colour": "green"}} | /main/colour | must be one of dark_red, blue
            {"parts": {}}            | /parts | must be an array, not an object
            {"parts": []}            | /parts | size must be between 1 and 3
            {"parts": [null]}        | /parts/0 | must be an object, not null
            {"a/b~c": 1}             | /a~1b~0c | unknown field 'a/b~c'; known are label, epochs, seed, shuffle, main, parts
            {"Seeds": 1}             | /Seeds | unknown field 'Seeds'; did you mean 'seed'?
            []                       | ``      | must be an object, not an array
            null                     | ``      | must be an object, not null
            """)
    void aFaultIsNamedWithItsPlace(String body, String pointer, String detail) {
        assertThat(faults(body)).containsExactly(new Fault(pointer, detail));
    }

    @Test
    void aVariantIsReadByItsType() {
        assertThat(parcel(
                                """
                        {"shapes": [{"radius": 2, "type": "round"}, {"type": "bag", "radius": null}], "transport": {"type": "train"}}""")
                        .orThrow())
                .isEqualTo(new Parcel(List.of(new Shape.Round(2.0), new Shape.Bag(null)), new Transport.Train(null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"port\": \"Kiel\"}", "{\"port\": \"Kiel\", \"type\": null}"})
    void aTypeMayHaveAValueThatIsMeantWhereItIsLeftOut(String transport) {
        assertThat(parcel("{\"transport\": %s}".formatted(transport)).orThrow().transport())
                .isEqualTo(new Transport.Ship("Kiel"));
    }

    @Test
    void theFaultsOfVariantsComeWithAllOthersWhateverTheirType() {
        assertThat(parcel(
                                """
                        {"shapes": [
                          {"type": "round", "radius": -1, "height": 1, "colour": "blue", "raduis": 3},
                          {"type": "round"},
                          {"type": "flatbox", "width": -1, "colour": "green", "weight": 1},
                          {"radius": "x", "lid": true},
                          {"type": 3},
                          {"type": "bag", "radius": 1},
                          "round"],
                         "transport": {"wagons": 3}}""")
                        .faults())
                .containsExactly(
                        new Fault("/shapes/0/radius", "must be greater than or equal to 0"),
                        new Fault("/shapes/0/height", "only applies to the types flat_box and bag"),
                        new Fault("/shapes/0/colour", "only applies to the type flat_box"),
                        new Fault("/shapes/0/raduis", "unknown field 'raduis'; did you mean 'radius'?"),
                        new Fault("/shapes/1/radius", "is required"),
                        new Fault("/shapes/2/type", "must be one of round, flat_box, bag; did you mean 'flat_box'?"),
                        new Fault("/shapes/2/width", "must be greater than or equal to 0"),
                        new Fault("/shapes/2/colour", "must be one of dark_red, blue"),
                        new Fault("/shapes/2/weight", "unknown field 'weight'; did you mean 'height'?"),
                        new Fault("/shapes/3/type", "is required: round, flat_box or bag"),
                        new Fault("/shapes/3/radius", "must be a number, not a string"),
                        new Fault(
                                "/shapes/3/lid", "unknown field 'lid'; known are type, radius, width, height, colour"),
                        new Fault("/shapes/4/type", "must be one of round, flat_box, bag, not a number"),
                        new Fault("/shapes/5/radius", "only applies to the type round"),
                        new Fault("/shapes/6", "must be an object, not a string"),
                        new Fault("/transport/wagons", "only applies to the type train"));
    }

    private Bound<Parcel> parcel(String body) {
        return binder.read(bytes(body), Parcel.class);
    }

    @Test
    void aNumberOrANameIsReadAsTheOneThatItIs() {
        assertThat(load("{\"weight\": 2, \"more\": [\"heavy\", 1.5]}").orThrow())
                .isEqualTo(
                        new Load(new Weight(2.0, null), List.of(new Weight(null, Rule.HEAVY), new Weight(1.5, null))));
        assertThat(load("{\"weight\": null}").orThrow()).isEqualTo(new Load(null, null));
    }

    @Test
    void whatIsWrongWithANumberOrANameIsToldAtItsPlace() {
        assertThat(load("{\"weight\": -1, \"more\": [\"hevy\", -2, true, 1e999, \"?\", {}]}")
                        .faults())
                .containsExactly(
                        new Fault("/weight", "must be greater than or equal to 0"),
                        new Fault("/more/0", "must be a number or 'heavy' or 'light'; did you mean 'heavy'?"),
                        new Fault("/more/1", "must be greater than or equal to 0"),
                        new Fault("/more/2", "must be a number or 'heavy' or 'light', not a boolean"),
                        new Fault("/more/3", "must be a number of double precision, up to 1.8e308"),
                        new Fault("/more/4", "must be a number or 'heavy' or 'light'"),
                        new Fault("/more/5", "must be a number or 'heavy' or 'light', not an object"));
    }

    private Bound<Load> load(String body) {
        return binder.read(bytes(body), Load.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a, false",
        "ab, true",
        "abc, true",
        "abcd, false",
        "😀, false",
        "😀😀, true",
        "😀😀😀, true",
        "😀😀😀😀, false"
    })
    void aTextsLengthIsItsNumberOfCharacters(String text, boolean fits) {
        List<Fault> faults =
                binder.read(bytes("{\"text\": \"" + text + "\"}"), Sign.class).faults();

        assertThat(faults).isEqualTo(fits ? List.of() : List.of(new Fault("/text", "must have 2 or 3 characters")));
    }

    @Test
    void furtherFaultsJoinTheOthersExceptWhereOneIsAlready() {
        Bound<Order> bound = binder.read(bytes("{\"label\": [], \"seed\": 1, \"shuffle\": 2}"), Order.class)
                .with(List.of(new Fault("/seed", "is taken"), new Fault("/label", "is unknown")));

        assertThat(bound.value().seed()).isEqualTo(1);
        assertThatThrownBy(bound::orThrow)
                .isInstanceOfSatisfying(InvalidRequestException.class, failure -> assertThat(failure.faults())
                        .extracting(Fault::pointer)
                        .containsExactly("/label", "/seed", "/shuffle"));
    }

    @Test
    void whatIsNoJsonIsSaidToBeSo() {
        assertThatThrownBy(() -> bind("{\"epochs\": }"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not readable JSON at line 1, column 12");
        assertThatThrownBy(() -> bind("")).hasMessage("The request needs a body.");
        assertThatThrownBy(() -> bind(" \n")).hasMessage("The request needs a body.");
    }

    private Order bind(String body) {
        return binder.bind(bytes(body), Order.class);
    }

    private List<Fault> faults(String body) {
        return binder.read(bytes(body), Order.class).faults();
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
