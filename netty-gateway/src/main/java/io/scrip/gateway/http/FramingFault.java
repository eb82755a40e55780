package io.scrip.gateway.http;

import io.scrip.gateway.json.ProblemKind;

/** Bytes that are no HTTP as we take it: answered in turn, then the connection is closed. Immutable. */
record FramingFault(ProblemKind kind, String detail) {
    static FramingFault of(String detail) {
        return new FramingFault(ProblemKind.BAD_FRAMING, detail);
    }
}
