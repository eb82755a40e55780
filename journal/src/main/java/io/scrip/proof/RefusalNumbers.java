package io.scrip.proof;

/** The numbers that explain a refusal; 0 where a number has no meaning for it. */
public record RefusalNumbers(long needed, long available, long limit) {}
