"""Receives the webhooks of Usher and prints the type of each. Python 3.9, standard library only.

    USHER_WEBHOOK_SECRET=… PORT=8080 python3 receive.py
"""

import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["USHER_WEBHOOK_SECRET"]
MOST_BYTES = 1_000_000
seen = set()  # In a database, once it matters.


def verify(headers, body: bytes, now=None) -> bool:
    """body: the raw bytes. As docs/guides/receiving-events.md has it."""
    id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs((now or time.time()) - int(timestamp)) > 300:
        return False
    key = base64.b64decode(SECRET[6:]) if SECRET.startswith("whsec_") else SECRET.encode()
    digest = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    given = headers.get("webhook-signature", "").encode().split(b" ")
    return any([hmac.compare_digest(one, expected) for one in given])


class Receiver(BaseHTTPRequestHandler):
    timeout = 15

    def do_POST(self) -> None:
        length = self.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return self.answer(413)
        body = self.rfile.read(int(length))
        if not verify(self.headers, body):
            return self.answer(401)
        self.answer(204)
        id = self.headers["webhook-id"]
        if id not in seen:  # An event can come twice.
            seen.add(id)
            print(json.loads(body)["type"], flush=True)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_) -> None:
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver).serve_forever()
