/**
 * The words of the HTTP and WebSocket API: how amounts, times, wallets, tokens, transfers and problems look as JSON.
 *
 * <p>Everything here is a plain function of its arguments, so that an answer given at once and the same answer read
 * back later from the event log are equal byte for byte.
 */
package io.scrip.gateway.json;
