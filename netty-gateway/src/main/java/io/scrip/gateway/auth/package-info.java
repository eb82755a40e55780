/**
 * Who asks, and how often: API keys, their hashes, and a token bucket per key.
 */
package io.scrip.gateway.auth;
