package io.scrip.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Makes a message of every template that the schema has, whatever is added to it: reads the schema for the order of
 * fields and calls the generated encoders for the bytes. Reflection, because a hand-written list would be the one
 * place where a new message is forgotten.
 */
final class SchemaMessages {
    private static final String PACKAGE = "io.scrip.protocol.";

    /** Where the values of a message come from. A path is {@code caller.wallet} or {@code legs.amount}. */
    interface Values {
        long number(String path);

        /** One of {@code count} constants. */
        int constant(String path, int count);

        boolean flag(String path);

        int entries(String path);

        byte[] data(String path);
    }

    private final Map<String, Element> messages = new LinkedHashMap<>();
    private final Map<String, Element> types = new HashMap<>();
    private final Map<String, Method> methods = new HashMap<>();

    SchemaMessages() {
        try (InputStream schema = SchemaMessages.class.getResourceAsStream("scrip-schema.xml")) {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(schema)
                    .getDocumentElement();
            for (Element child : children(root)) {
                if (child.getTagName().equals("sbe:message")) {
                    messages.put(child.getAttribute("name"), child);
                } else if (child.getTagName().equals("types")) {
                    children(child).forEach(type -> types.put(type.getAttribute("name"), type));
                }
            }
        } catch (IOException | SAXException | ParserConfigurationException broken) {
            throw new IllegalStateException("the schema cannot be read", broken);
        }
    }

    /** Names of all messages, in the schema's order. */
    List<String> names() {
        return List.copyOf(messages.keySet());
    }

    /** Names of the messages whose template id is in the range. */
    List<String> names(int fromId, int toId) {
        return messages.values().stream()
                .filter(message -> {
                    int id = Integer.parseInt(message.getAttribute("id"));
                    return id >= fromId && id <= toId;
                })
                .map(message -> message.getAttribute("name"))
                .toList();
    }

    /** Every constant of an enum and every flag of a set with its number, sorted. */
    List<String> constants() {
        return types.values().stream()
                .filter(type -> List.of("enum", "set").contains(type.getTagName()))
                .flatMap(type -> children(type).stream()
                        .map(value -> type.getAttribute("name") + "." + value.getAttribute("name") + " = "
                                + value.getTextContent().trim()))
                .sorted()
                .toList();
    }

    byte[] encode(String name, Values values) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
        Object encoder = make(name + "Encoder");
        call(
                encoder,
                "wrapAndApplyHeader",
                List.of(MutableDirectBuffer.class, int.class, MessageHeaderEncoder.class),
                buffer,
                0,
                new MessageHeaderEncoder());
        fill(encoder, children(messages.get(name)), "", values);
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + (int) call(encoder, "encodedLength", List.of())];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** What the generated decoder reads out of a message. */
    String decode(String name, DirectBuffer message) {
        Object decoder = make(name + "Decoder");
        call(
                decoder,
                "wrapAndApplyHeader",
                List.of(DirectBuffer.class, int.class, MessageHeaderDecoder.class),
                message,
                0,
                new MessageHeaderDecoder());
        return decoder.toString();
    }

    private void fill(Object encoder, List<Element> parts, String path, Values values) {
        for (Element part : parts) {
            String name = part.getAttribute("name");
            switch (part.getTagName()) {
                case "group" -> {
                    int entries = values.entries(path + name);
                    Object group = call(encoder, name + "Count", List.of(int.class), entries);
                    for (int i = 0; i < entries; i++) {
                        call(group, "next", List.of());
                        fill(group, children(part), path + name + ".", values);
                    }
                }
                case "data" -> {
                    byte[] data = values.data(path + name);
                    String method = "put" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
                    call(encoder, method, List.of(byte[].class, int.class, int.class), data, 0, data.length);
                }
                default -> field(encoder, part, path + name, values);
            }
        }
    }

    private void field(Object encoder, Element part, String path, Values values) {
        String name = part.getAttribute("name");
        Element type = types.get(part.getAttribute("type"));
        if (type == null) {
            Method setter = setter(encoder, name);
            invoke(encoder, setter, narrow(values.number(path), setter.getParameterTypes()[0]));
            return;
        }
        switch (type.getTagName()) {
            case "composite" -> fill(call(encoder, name, List.of()), children(type), path + ".", values);
            case "enum" -> {
                Method setter = setter(encoder, name);
                Object[] constants = Arrays.stream(setter.getParameterTypes()[0].getEnumConstants())
                        .filter(constant -> !List.of("NULL_VAL", "SBE_UNKNOWN").contains(constant.toString()))
                        .toArray();
                invoke(encoder, setter, constants[values.constant(path, constants.length)]);
            }
            case "set" -> {
                Object set = call(call(encoder, name, List.of()), "clear", List.of());
                for (Element choice : children(type)) {
                    String flag = choice.getAttribute("name");
                    call(set, flag, List.of(boolean.class), values.flag(path + "." + flag));
                }
            }
            default -> throw new IllegalStateException("what is a " + type.getTagName());
        }
    }

    private static Object narrow(long number, Class<?> type) {
        if (type == long.class) {
            return number;
        }
        return type == int.class ? (Object) (int) number : (Object) (short) number;
    }

    private Method setter(Object encoder, String name) {
        return methods.computeIfAbsent(encoder.getClass().getName() + "=" + name, key -> {
            for (Method method : encoder.getClass().getMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == 1) {
                    return method;
                }
            }
            throw new IllegalStateException("no way to set " + key);
        });
    }

    private Object call(Object target, String name, List<Class<?>> parameters, Object... arguments) {
        Method method = methods.computeIfAbsent(target.getClass().getName() + "." + name + parameters.size(), key -> {
            try {
                return target.getClass().getMethod(name, parameters.toArray(new Class<?>[0]));
            } catch (NoSuchMethodException missing) {
                throw new IllegalStateException(missing);
            }
        });
        return invoke(target, method, arguments);
    }

    private static Object invoke(Object target, Method method, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException | InvocationTargetException refused) {
            throw new IllegalStateException("calling " + method, refused);
        }
    }

    private static Object make(String name) {
        try {
            return Class.forName(PACKAGE + name).getConstructor().newInstance();
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
