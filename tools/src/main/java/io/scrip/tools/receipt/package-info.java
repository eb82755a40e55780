/**
 * Receipts as files: what the server writes and what anybody verifies offline.
 *
 * <pre>
 *   GET …/receipt ──► ReceiptDesk ──► Notary.prove ──► ReceiptJson ──► file
 *                     (who may see what)                                │
 *   scrip verify-receipt ◄── ReceiptCheck ◄── ReceiptReader ◄───────────┘
 * </pre>
 */
package io.scrip.tools.receipt;
