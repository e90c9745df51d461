package org.initlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchKeyTest {

    @ParameterizedTest
    @CsvSource({
        "FROG, frog",
        "Ärger, ÄRGER",
        "Ärger, A\u0308RGER",
        "ПРИВЕТ, привет",
        "ΟΔΟΣ, οδος",
        "ΟΔΟΣ, οδοσ",
        "ΑΣ ΣΑΣ, ας σας",
        "İstanbul, istanbul",
        "İSTANBUL, i\u0307stanbul",
        "ISPARTA, ısparta",
        "straße, STRASSE",
        "straße, STRAẞE",
        "ﬁn, FIN",
        "ＦＵＬＬ, full",
        "①, 1",
        "Ⅷ, viii",
        "ǅ, ǆ",
        "ՀԱՅ, հայ",
        "ა, Ა",
        "Ꭰ, ꭰ",
        "𐐀, 𐐨",
        "ᾼ, ᾳ",
        "K, k",
        "so\u00adft, SOFT",
        "a\u200db, AB",
        "❤\ufe0f, ❤"
    })
    void namesThatDifferOnlyInFormHaveTheSameKey(String one, String other) {
        assertThat(SearchKey.of(one)).isEqualTo(SearchKey.of(other));
    }

    @ParameterizedTest
    @CsvSource({"a, ä", "е, e", "o, 0", "a b, ab", "𐐀, 𐐁"})
    void othersDoNot(String one, String other) {
        assertThat(SearchKey.of(one)).isNotEqualTo(SearchKey.of(other));
    }

    @Test
    void everyCharacterHasTheKeyOfItsOtherForms() {
        List<String> wrong = new ArrayList<>();
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            if (Character.isDefined(letter) && Character.getType(letter) != Character.SURROGATE) {
                String text = Character.toString(letter);
                String key = SearchKey.of(text);
                boolean same = List.of(
                                text.toUpperCase(Locale.ROOT),
                                text.toLowerCase(Locale.ROOT),
                                Character.toString(Character.toTitleCase(letter)),
                                Normalizer.normalize(text, Normalizer.Form.NFD),
                                Normalizer.normalize(text, Normalizer.Form.NFKC),
                                key)
                        .stream()
                        .allMatch(form -> SearchKey.of(form).equals(key));
                if (!same) {
                    wrong.add(Integer.toHexString(letter));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
