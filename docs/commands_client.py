#!/usr/bin/env python3
"""A client of /ws/commands with JSON in a page: ten transfers at once, then the first once more. See docs/websocket.md.

    python3 docs/commands_client.py HOST PORT KEY FROM TO AMOUNT

FROM and TO are wallet ids, AMOUNT is a decimal string in CRD. Uses nothing but Python's own library; with a WebSocket
library of your own, only main() is of interest.
"""
import base64
import json
import os
import socket
import struct
import sys
import uuid

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class WebSocket:
    """As much of RFC 6455 as a client needs here."""

    def __init__(self, host, port, path, key):
        self.socket = socket.create_connection((host, port), timeout=10)
        self.input = self.socket.makefile("rb")
        nonce = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((
            "GET %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n" % (path, host, port, key, nonce)).encode())
        status = self.input.readline().decode()
        while self.input.readline().strip():
            pass
        if " 101 " not in status:
            sys.exit("refused: " + status.strip())

    def send(self, opcode, payload):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        if len(payload) < 126:
            length = struct.pack("!B", 0x80 | len(payload))
        elif len(payload) < 1 << 16:
            length = struct.pack("!BH", 0x80 | 126, len(payload))
        else:
            length = struct.pack("!BQ", 0x80 | 127, len(payload))
        self.socket.sendall(struct.pack("!B", 0x80 | opcode) + length + mask + masked)

    def receive(self):
        """The next message of text; binary ones are for other clients, the server's Welcome among them."""
        while True:
            first, length = struct.unpack("!BB", self.input.read(2))
            if length == 126:
                length, = struct.unpack("!H", self.input.read(2))
            elif length == 127:
                length, = struct.unpack("!Q", self.input.read(8))
            payload = self.input.read(length)
            opcode = first & 15
            if opcode == TEXT:
                return json.loads(payload)
            if opcode == PING:
                self.send(PONG, payload)
            if opcode == CLOSE:
                sys.exit("closed: %d %s" % (struct.unpack("!H", payload[:2])[0], payload[2:].decode()))


def main(host, port, key, payer, payee, amount):
    connection = WebSocket(host, int(port), "/ws/commands", key)

    def send(number, command_id):
        body = {"id": command_id, "from": payer, "to": payee, "token": "CRD", "amount": amount}
        request = {"request": number, "method": "POST", "path": "/api/v1/transfers", "body": body}
        connection.send(TEXT, json.dumps(request).encode())

    ids = {number: str(uuid.uuid4()) for number in range(1, 11)}
    for number, command_id in ids.items():
        send(number, command_id)
    for answer in sorted((connection.receive() for _ in ids), key=lambda answer: answer["request"]):
        body = answer["body"]
        print(answer["request"], answer["status"], body.get("code") or body["status"] + " " + body["amount"])
    send(11, ids[1])
    answer = connection.receive()
    print(answer["request"], answer["status"], "replayed", answer["headers"]["Idempotent-Replayed"])


if __name__ == "__main__":
    main(*sys.argv[1:])
