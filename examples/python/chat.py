"""Opens a conversation in Usher, says something, and prints what it is answered. Python 3.9, standard library only.

    USHER_URL=http://127.0.0.1:3000 USHER_TOKEN=… USHER_CHANNEL=… python3 chat.py "Where is my parcel?"
"""

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

URL = os.environ["USHER_URL"].rstrip("/")
TOKEN = os.environ["USHER_TOKEN"]
CHANNEL = f"/api/v1/channels/{os.environ['USHER_CHANNEL']}"


def call(method: str, path: str, body=None, attempts: int = 6):
    """Sends it again after no answer or a 5xx, by one key: it is done once. Returns the answer's JSON."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": str(uuid.uuid4())}
    data = None
    if body is not None:
        data = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    for attempt in range(attempts):
        request = urllib.request.Request(URL + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            if refused.code < 500 and refused.code != 429:
                raise SystemExit(f"{method} {path}: {refused.code} {refused.read().decode()}")
        except OSError:
            pass  # No answer: it may have been done.
        time.sleep(min(10, 0.3 * 2**attempt))
    raise SystemExit(f"{method} {path}: Usher cannot be reached.")


def updates(after: str):
    """What happens on the channel, as it happens."""
    while True:
        query = urllib.parse.urlencode({"after": after, "wait": 25})
        page = call("GET", f"{CHANNEL}/updates?{query}")
        yield from page["items"]
        after = page["after"]


def main(text: str) -> None:
    if call("GET", f"{CHANNEL}/presence")["presence"] == "away":
        print("Nobody is here now. The answer comes as soon as somebody is.", flush=True)
    after = call("GET", f"{CHANNEL}/updates")["after"]
    case = f"case-{uuid.uuid4()}"
    contact = {"externalId": "customer-4", "name": "Ana"}
    call("POST", f"{CHANNEL}/conversations", {"externalId": case, "contact": contact})
    # Your own id of the message: said again, it is known.
    message = {"conversation": case, "externalId": "message-1", "text": text}
    call("POST", f"{CHANNEL}/messages", message)
    for update in updates(after):
        if update["conversation"] != case or update["type"] != "message":
            continue
        if update["message"]["authorKind"] != "contact":
            print(update["message"]["text"])
            # The agent sees that it was read.
            call("POST", f"{CHANNEL}/read", {"conversation": case, "seq": update["message"]["seq"]})
            return


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "Hello")
