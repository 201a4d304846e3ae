#!/usr/bin/env python3
"""Signs webhook bodies as Didit's servers do, which are written in Python. The one recipe for the sandbox and the tests.

It shares no code with the node, so that the two can check each other. Run as a program, it reads one JSON object a line:

    {"id": 1, "secret": "...", "previous": "..." or null, "payload": {...}, "metadata_from": "..."}
    {"id": 2, "secret": "...", "raw": "..."}

`payload` is written out as Didit writes it: whole floats as integers, keys sorted, no spaces, ASCII only. `metadata_from`
is the text of the request that created the session; its metadata replaces the payload's, so that no digit is lost. `raw`
is a body to sign as it is. `previous` is the secret before a rotation; it adds the headers that end in -Previous. Each line is
answered with one line: {"id", "body", "canonical", "headers"} or {"id", "error"}.
"""

import hashlib
import hmac
import json
import sys

def shorten(value):
    """Whole floats become integers, at any depth."""
    if isinstance(value, dict):
        return {key: shorten(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shorten(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def canonical(parsed):
    """The text that X-Signature-V2 signs."""
    return json.dumps(shorten(parsed), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def simple(parsed):
    """The text that X-Signature-Simple signs."""
    fields = parsed if isinstance(parsed, dict) else {}
    return ":".join(str(fields.get(key, "")) for key in ("timestamp", "session_id", "status", "webhook_type"))


def mac(secret, message):
    return hmac.new(secret.encode("utf-8"), message, hashlib.sha256).hexdigest()


def written(payload):
    """A body as Didit sends it: shortened before it is printed, as its WordPress plugin's copy of the sender does."""
    return json.dumps(shorten(payload), sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def body_of(request):
    if "raw" in request:
        return request["raw"]
    payload = request["payload"]
    source = request.get("metadata_from")
    if source is not None:
        metadata = json.loads(source).get("metadata")
        for holder in (payload, payload.get("decision")):
            if isinstance(holder, dict) and "metadata" in holder:
                holder["metadata"] = metadata
    return written(payload)


def answer(request):
    body = body_of(request)
    parsed = json.loads(body)
    texts = {"X-Signature": body, "X-Signature-V2": canonical(parsed), "X-Signature-Simple": simple(parsed)}
    # Half of a surrogate pair is signed too: the body, which escapes it, can be sent.
    messages = {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}
    headers = {name: mac(request["secret"], message) for name, message in messages.items()}
    if request.get("previous"):
        headers.update({f"{name}-Previous": mac(request["previous"], message) for name, message in messages.items()})
    return {"id": request["id"], "body": body, "canonical": texts["X-Signature-V2"], "headers": headers}


def main():
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            result = answer(request)
        except Exception as error:  # One bad body must not end the process that signs all the others.
            result = {"id": request.get("id"), "error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
