package io.scrip.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.scrip.gateway.json.ProblemKind;

/** Bytes that are no HTTP as we take it: answered in turn, then the connection is closed. Immutable. */
record FramingFault(ProblemKind kind, String detail) {
    static FramingFault of(String detail) {
        return new FramingFault(ProblemKind.BAD_FRAMING, detail);
    }

    /** Why the parser has given up. */
    static FramingFault of(Throwable parserFault) {
        if (parserFault instanceof TooLongHttpLineException) {
            return new FramingFault(ProblemKind.URI_TOO_LONG, "The request line may have at most 4,096 bytes.");
        }
        if (parserFault instanceof TooLongHttpHeaderException) {
            return new FramingFault(ProblemKind.HEAD_TOO_LARGE, "The headers may have at most 8,192 bytes.");
        }
        return of("The request is not framed as HTTP says.");
    }
}
