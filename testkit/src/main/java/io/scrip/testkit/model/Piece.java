package io.scrip.testkit.model;

/** A part of what a movement is made of. */
public record Piece(long amount, Terms terms) {}
