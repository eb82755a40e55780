package io.scrip.tools.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A trial balance as JSON: amounts are decimal strings in the token's unit. */
final class TokenJson {
    private TokenJson() {}

    static List<Map<String, Object>> list(List<Books.TokenSums> tokens) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Books.TokenSums token : tokens) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("token", InspectText.token(token.token()));
            row.put("accounts", token.accounts());
            row.put("debits", Books.amount(token.debits(), token.scale()));
            row.put("credits", Books.amount(token.credits(), token.scale()));
            row.put("difference", Books.amount(token.difference(), token.scale()));
            list.add(row);
        }
        return list;
    }
}
