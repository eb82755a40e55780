package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCodesTest {
    @ParameterizedTest
    @CsvSource({"CRD,4477507", "A,65", "USD,4477781", "ABCDEFGH,5208208757389214273", "A1234567,3978425819141910849"})
    void packsTheFirstCharacterIntoTheLowestByte(String text, long code) {
        assertEquals(code, TokenCodes.parse(text));
        assertEquals(text, TokenCodes.toText(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "crd", "1CRD", "CRD ", "CR D", "CR-D", "ABCDEFGHI", "CRÐ", "C\u0000D", "CR/D"})
    void refusesWhatCannotBeACode(String text) {
        assertEquals(TokenCodes.NONE, TokenCodes.parse(text));
    }
}
