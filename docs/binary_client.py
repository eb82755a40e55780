#!/usr/bin/env python3
"""A client of the binary protocol in a page: a transfer, sent twice, and a batch of it and another. See docs/binary.md.

    python3 docs/binary_client.py HOST PORT KEY FROM TO AMOUNT

FROM and TO are wallet ids as the HTTP API shows them, AMOUNT is in millionths of a CRD. Prints one line for each answer.
"""
import socket
import struct
import sys
import uuid

SCHEMA, VERSION = 7101, 0
HELLO, TRANSFER, BATCH, PROBLEM = 300, 21, 30, 302
MASK = (1 << 64) - 1
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def wallet_number(text):
    """w_… to the number that messages use: base 32, then a mix of 64 bits the other way round."""
    x = 0
    for digit in text[2:]:
        x = x << 5 | DIGITS.index(digit)
    for factor in (0xA54FF53A5F1D36F1, 0x3C6EF372FE94F82B):
        x ^= x >> 32
        x = x * pow(factor, -1, 1 << 64) & MASK
    x ^= x >> 32
    return x ^ 0x5C521D3A9E07B64F


def header(block_length, template):
    return struct.pack("<HHHH", block_length, template, SCHEMA, VERSION)


def text(value):
    data = value.encode()
    return struct.pack("<H", len(data)) + data


def hello(key):
    return header(2, HELLO) + struct.pack("<H", 1) + text(key) + text("python")


def transfer(command_id, payer, payee, token, amount):
    block = struct.pack(
        "<QQ Bq qq 8s q q BB HH q",
        command_id.int >> 64, command_id.int & MASK,
        0, 0,                           # the caller: the server writes whose key it is
        payer, payee, token.encode(), amount,
        0,                              # applyBefore: no deadline
        0, 0,                           # flags, kind
        0, 0,                           # the main accounts
        0)                              # timeoutNs: posted at once
    no_conditions = struct.pack("<HH", 11, 0)
    return header(len(block), TRANSFER) + block + no_conditions + text("from Python") + text('{"page":1}')


def batch(commands):
    block = bytes(25)                   # no id of its own, and the caller is the server's to write
    items = struct.pack("<HH", 1, len(commands))
    for command in commands:
        items += struct.pack("<BI", 0, len(command)) + command
    return header(len(block), BATCH) + block + items


def results(reply):
    """Outcome, flags and amount of each item of a BatchReply without its header."""
    size, count = struct.unpack_from("<HH", reply, 17)
    for item in range(count):
        yield struct.unpack_from("<BB 8x q", reply, 21 + item * size)


class Connection:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=10)
        self.input = self.socket.makefile("rb")

    def ask(self, number, message):
        self.socket.sendall(struct.pack("<iq", 8 + len(message), number) + message)
        length, answered = struct.unpack("<iq", self.input.read(12))
        message = self.input.read(length - 8)
        assert answered == number, "with several in flight, look the number up"
        block_length, template, _, _ = struct.unpack_from("<HHHH", message)
        if template == PROBLEM:
            code, fatal, retry_after_ms, detail = struct.unpack_from("<BBiH", message, 8)
            sys.exit("problem %d: %s" % (code, message[8 + block_length + 2:].decode()))
        return template, message[8:]


def main(host, port, key, payer, payee, amount):
    connection = Connection(host, int(port))
    template, block = connection.ask(1, hello(key))
    protocol, role, wallet = struct.unpack_from("<HBq", block)
    print("welcome: protocol %d, wallet %d" % (protocol, wallet))
    command_id = uuid.uuid4()
    message = transfer(command_id, wallet_number(payer), wallet_number(payee), "CRD", int(amount))
    for number in (2, 3):
        template, block = connection.ask(number, message)
        outcome, flags = struct.unpack_from("<BB", block, 16)
        moved, = struct.unpack_from("<q", block, 52)
        print("outcome %d, replayed %d, amount %d" % (outcome, flags & 1, moved))
    another = transfer(uuid.uuid4(), wallet_number(payer), wallet_number(payee), "CRD", int(amount))
    template, reply = connection.ask(4, batch([message, another]))
    for outcome, flags, moved in results(reply):
        print("in a batch: outcome %d, replayed %d, amount %d" % (outcome, flags & 1, moved))


if __name__ == "__main__":
    main(*sys.argv[1:])
