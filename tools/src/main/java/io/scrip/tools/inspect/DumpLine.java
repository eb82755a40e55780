package io.scrip.tools.inspect;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One record as one line for people: {@code name=value}, blocks in braces, groups in brackets, texts quoted. */
final class DumpLine {
    private DumpLine() {}

    static String of(Map<String, Object> message) {
        StringBuilder line = new StringBuilder(String.valueOf(message.get("message")));
        message.forEach((name, value) -> {
            if (!name.equals("message")) {
                line.append(' ').append(name).append('=');
                append(line, name, value);
            }
        });
        return line.toString();
    }

    private static void append(StringBuilder line, String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            line.append('{');
            String between = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                line.append(between).append(entry.getKey()).append('=');
                append(line, String.valueOf(entry.getKey()), entry.getValue());
                between = " ";
            }
            line.append('}');
        } else if (value instanceof List<?> list) {
            line.append('[');
            String between = "";
            for (Object entry : list) {
                line.append(between);
                append(line, name, entry);
                between = " ";
            }
            line.append(']');
        } else if (value instanceof String text && !isPlain(text)) {
            line.append(JsonMapper.shared().writeValueAsString(text));
        } else {
            line.append(value == null ? "-" : value);
        }
    }

    private static boolean isPlain(String text) {
        return text.matches("[A-Za-z0-9_:.+-]+");
    }
}
