/**
 * The ledger as its specification tells it, in maps and big integers. Shares nothing with the real core but the
 * generated codecs of {@code io.scrip.protocol}; a house rule holds it to that.
 */
package io.scrip.testkit.model;
