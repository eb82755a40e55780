/**
 * Answers that were given before, and pages of history, from the event log in the words of the API.
 */
package io.scrip.gateway.replay;
