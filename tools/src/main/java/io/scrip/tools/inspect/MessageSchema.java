package io.scrip.tools.inspect;

import io.scrip.protocol.MessageHeaderDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The message schema as data: what {@code scrip-schema.xml} says about every message, read from the very file that the
 * codecs are generated from, so that nothing a new message brings is left out. Immutable.
 */
final class MessageSchema {
    private static final String RESOURCE = "/io/scrip/protocol/scrip-schema.xml";

    private final Map<String, Element> described = new HashMap<>();
    private final Map<String, FieldType> types = new HashMap<>();
    private final Map<Integer, Message> messages = new HashMap<>();

    /** What a field's bytes mean. */
    sealed interface FieldType permits Primitive, Composite, Enumeration, Choices {
        int lengthBytes();
    }

    /** A whole number. */
    record Primitive(String name, int lengthBytes, boolean signed) implements FieldType {}

    /** Fields without tags, one behind the other. */
    record Composite(String name, List<Field> fields) implements FieldType {
        @Override
        public int lengthBytes() {
            return fields.stream().mapToInt(field -> field.type().lengthBytes()).sum();
        }
    }

    /** A number with names. */
    record Enumeration(Primitive encoding, Map<Long, String> names) implements FieldType {
        @Override
        public int lengthBytes() {
            return encoding.lengthBytes();
        }
    }

    /** Bits with names. */
    record Choices(Primitive encoding, Map<Integer, String> names) implements FieldType {
        @Override
        public int lengthBytes() {
            return encoding.lengthBytes();
        }
    }

    record Field(String name, FieldType type, int sinceVersion) {}

    /** Bytes of any length behind the blocks; {@code text} or an encoded message. */
    record Data(String name, int lengthFieldBytes, boolean text, int sinceVersion) {}

    /** A block of fields, then groups, then data. Of a message or of one entry of a group. */
    record Block(List<Field> fields, List<Group> groups, List<Data> data) {}

    record Group(String name, Block block, int sinceVersion) {}

    record Message(int templateId, String name, Block block) {}

    private MessageSchema(Element root) {
        for (String primitive : new String[] {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32"}) {
            boolean signed = primitive.startsWith("int");
            int bits = Integer.parseInt(primitive.substring(signed ? 3 : 4));
            types.put(primitive, new Primitive(primitive, bits / Byte.SIZE, signed));
        }
        for (Element section : children(root)) {
            if (section.getTagName().equals("types")) {
                children(section).forEach(type -> described.put(type.getAttribute("name"), type));
            }
        }
        for (Element section : children(root)) {
            if (section.getTagName().equals("sbe:message")) {
                int id = Integer.parseInt(section.getAttribute("id"));
                messages.put(id, new Message(id, section.getAttribute("name"), blockOf(section)));
            }
        }
    }

    /** Reads the schema that this program was built with. */
    static MessageSchema load() {
        try (InputStream in = MessageHeaderDecoder.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in this program");
            }
            return new MessageSchema(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getDocumentElement());
        } catch (IOException | SAXException | ParserConfigurationException unreadable) {
            throw new IllegalStateException("cannot read " + RESOURCE, unreadable);
        }
    }

    /** A message, null when this program does not know it. */
    Message message(int templateId) {
        return messages.get(templateId);
    }

    List<Message> messages() {
        return List.copyOf(messages.values());
    }

    private FieldType typeOf(Element element) {
        return switch (element.getTagName()) {
            case "type" -> primitive(element.getAttribute("primitiveType"));
            case "composite" ->
                new Composite(
                        element.getAttribute("name"),
                        children(element).stream()
                                .filter(part -> !part.getAttribute("length").equals("0"))
                                .map(part -> new Field(part.getAttribute("name"), partType(part), 0))
                                .toList());
            case "enum" -> {
                Map<Long, String> names = new HashMap<>();
                children(element)
                        .forEach(value ->
                                names.put(Long.parseLong(value.getTextContent().trim()), value.getAttribute("name")));
                yield new Enumeration(primitive(element.getAttribute("encodingType")), Map.copyOf(names));
            }
            case "set" -> {
                Map<Integer, String> names = new HashMap<>();
                children(element)
                        .forEach(choice -> names.put(
                                Integer.parseInt(choice.getTextContent().trim()), choice.getAttribute("name")));
                yield new Choices(primitive(element.getAttribute("encodingType")), Map.copyOf(names));
            }
            default -> throw new IllegalStateException("the schema has a " + element.getTagName());
        };
    }

    private FieldType partType(Element part) {
        return part.getTagName().equals("ref") ? known(part.getAttribute("type")) : typeOf(part);
    }

    private Primitive primitive(String name) {
        return (Primitive) known(name);
    }

    private FieldType known(String name) {
        FieldType type = types.get(name);
        if (type == null) {
            if (!described.containsKey(name)) {
                throw new IllegalStateException("the schema has no type " + name);
            }
            type = typeOf(described.get(name));
            types.put(name, type);
        }
        return type;
    }

    private Block blockOf(Element element) {
        List<Field> fields = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        List<Data> data = new ArrayList<>();
        for (Element part : children(element)) {
            String name = part.getAttribute("name");
            int since = part.hasAttribute("sinceVersion") ? Integer.parseInt(part.getAttribute("sinceVersion")) : 0;
            switch (part.getTagName()) {
                case "field" -> fields.add(new Field(name, known(part.getAttribute("type")), since));
                case "group" -> groups.add(new Group(name, blockOf(part), since));
                case "data" -> {
                    Composite shape = (Composite) known(part.getAttribute("type"));
                    boolean text = shape.name().equals("varText");
                    data.add(new Data(name, shape.lengthBytes(), text, since));
                }
                default -> throw new IllegalStateException("the schema has a " + part.getTagName() + " in " + name);
            }
        }
        return new Block(List.copyOf(fields), List.copyOf(groups), List.copyOf(data));
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
