package io.scrip.gateway.history;

import java.util.Locale;

/**
 * One member of a command that sets something, by its name in the API. Immutable.
 *
 * @param number the value of every form but {@link Form#WORD} and {@link Form#TEXT}
 * @param text the value of those two
 */
public record SettingMember(String name, Form form, long number, String text) {

    /** What a member is, and so how it reads in JSON. */
    public enum Form {
        /** A wallet's number, 0 for none. */
        WALLET,
        /** A token's code, 0 for none. */
        TOKEN,
        /** Units of the command's token; the smallest and the largest int64 stand for unlimited. */
        AMOUNT,
        /** Units of whatever token it will be; the largest int64 stands for unlimited. */
        UNITS,
        /** A number of something; the largest int64 stands for unlimited. */
        COUNT,
        /** Nothing: the command is about more than this member could name. */
        NONE,
        /** 0 or 1. */
        FLAG,
        /** One of a list of words. */
        WORD,
        /** The client's own text, empty for none. */
        TEXT
    }

    static SettingMember wallet(String name, long wallet) {
        return new SettingMember(name, Form.WALLET, wallet, "");
    }

    static SettingMember token(String name, long token) {
        return new SettingMember(name, Form.TOKEN, token, "");
    }

    static SettingMember amount(String name, long units) {
        return new SettingMember(name, Form.AMOUNT, units, "");
    }

    static SettingMember units(String name, long units) {
        return new SettingMember(name, Form.UNITS, units, "");
    }

    static SettingMember count(String name, long count) {
        return new SettingMember(name, Form.COUNT, count, "");
    }

    static SettingMember none(String name) {
        return new SettingMember(name, Form.NONE, 0, "");
    }

    static SettingMember flag(String name, boolean on) {
        return new SettingMember(name, Form.FLAG, on ? 1 : 0, "");
    }

    static SettingMember word(String name, Enum<?> value) {
        return new SettingMember(name, Form.WORD, 0, value.name().toLowerCase(Locale.ROOT));
    }

    static SettingMember text(String name, String text) {
        return new SettingMember(name, Form.TEXT, 0, text);
    }
}
