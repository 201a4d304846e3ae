"""Signs bodies for the unit tests, and makes up deliveries for them, with the recipe in contract/sign.py.

    python3 deliveries.py sign               < {"raw": base64, "secret": text}, one a line
    python3 deliveries.py generate SEED COUNT
"""

import base64
import json
import pathlib
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "contract"))
from sign import canonical, mac, shorten, written  # noqa: E402


def message(raw):
    """The bytes that X-Signature-V2 signs, or None for a body that Python cannot read or write."""
    try:
        return canonical(json.loads(raw.decode("utf-8"))).encode("utf-8")
    except (ValueError, RecursionError):
        return None


def signed(raw, secret):
    text = message(raw)
    return {
        "raw": base64.b64encode(raw).decode("ascii"),
        "secret": secret,
        "signature": mac(secret, raw),
        "canonical": None if text is None else base64.b64encode(text).decode("ascii"),
        "signature_v2": None if text is None else mac(secret, text),
    }


CHARACTERS = [
    (0x20, 0x7E), (0x00, 0x1F), (0x7F, 0xA0), (0xA1, 0x17F), (0x391, 0x3C9), (0x410, 0x44F), (0x4E00, 0x4E40),
    (0x2026, 0x202A), (0xD7F0, 0xD7FF), (0xE000, 0xE010), (0xFFF0, 0xFFFF), (0x10000, 0x10010), (0x1F600, 0x1F640),
]
NAMES = ["Núria", "José", "Łódź", "Møller", "Ζωή", "Нурия", "李小龙", "O'Neill", 'A "B"', "tab\there", "back\\slash", "🙂"]


def random_text(rng):
    if rng.random() < 0.4:
        return rng.choice(NAMES)
    ranges = rng.choices(CHARACTERS, weights=[12] + [1] * (len(CHARACTERS) - 1), k=rng.randrange(0, 12))
    return "".join(chr(rng.randint(low, high)) for low, high in ranges)


def random_number(rng):
    return rng.choice([
        lambda: rng.randint(-5, 200),
        lambda: rng.randint(-(2 ** 80), 2 ** 80),
        lambda: 2 ** 53 + rng.randint(-3, 3),
        lambda: float(rng.randint(-1000, 1000)),
        lambda: rng.random() * 100,
        lambda: round(rng.random() * 100, 2),
        lambda: rng.random() * 10.0 ** rng.randint(-30, 30),
        lambda: rng.choice([5e-05, 1e-07, 1e-05, 0.0001, 1e16, 1e22, 1e23, 5e-324, 1.7976931348623157e308, -0.0, 0.1]),
    ])()


def random_key(rng):
    return rng.choice([
        lambda: rng.choice(["plan", "Zed", "apple", "note", "a", "A", "_", "__proto__", "constructor", ""]),
        lambda: str(rng.randint(0, 120)),
        lambda: random_text(rng),
    ])()


def random_value(rng, depth):
    kind = rng.random()
    if depth > 0 and kind < 0.2:
        return {random_key(rng): random_value(rng, depth - 1) for _ in range(rng.randrange(0, 6))}
    if depth > 0 and kind < 0.35:
        return [random_value(rng, depth - 1) for _ in range(rng.randrange(0, 5))]
    if kind < 0.6:
        return random_number(rng)
    if kind < 0.7:
        return rng.choice([True, False, None])
    return random_text(rng)


def random_payload(rng, number):
    status = rng.choice(["Not Started", "In Progress", "In Review", "Approved", "Declined", "Abandoned", "Kyc Expired"])
    session_id = "%08x-0000-4000-8000-%012x" % (number, rng.getrandbits(48))
    payload = {
        "event_id": "%08x-1111-4000-8000-%012x" % (number, rng.getrandbits(48)),
        "webhook_type": rng.choice(["status.updated", "data.updated"]),
        "timestamp": 1790000000 + number,
        "created_at": 1790000000 + number,
        "environment": rng.choice(["live", "sandbox"]),
        "session_id": session_id,
        "status": status,
        "workflow_id": "cccccccc-0000-4000-8000-000000000003",
        "workflow_version": rng.randint(1, 9),
        "vendor_data": rng.choice([None, "user-%d" % number, random_text(rng)]),
        "metadata": random_value(rng, 4),
    }
    if rng.random() < 0.6:
        payload["decision"] = {
            "session_id": session_id,
            "status": status,
            "features": ["ID_VERIFICATION", "LIVENESS", "FACE_MATCH"],
            "id_verifications": [{"status": status, "first_name": random_text(rng), "age": rng.randint(18, 90)}],
            "liveness_checks": [{"status": status, "score": rng.choice([98.0, 97.35, random_number(rng)])}],
            "face_matches": None,
            "extra": random_value(rng, 3),
        }
    return payload


def shuffled(value, rng):
    if isinstance(value, dict):
        items = list(value.items())
        rng.shuffle(items)
        return {key: shuffled(item, rng) for key, item in items}
    if isinstance(value, list):
        return [shuffled(item, rng) for item in value]
    return value


def rewritten(payload, rng):
    """The same body as proxies might write it: other order, spaces, escapes, shortened numbers."""
    ascii_text = json.dumps(payload)
    upper_escapes = []
    index = 0
    while index < len(ascii_text):
        if ascii_text[index] == "\\" and ascii_text[index + 1] == "u":
            upper_escapes.append("\\u" + ascii_text[index + 2:index + 6].upper())
            index += 6
        elif ascii_text[index] == "\\":
            upper_escapes.append(ascii_text[index:index + 2])
            index += 2
        else:
            upper_escapes.append("\\/" if ascii_text[index] == "/" else ascii_text[index])
            index += 1
    texts = [
        json.dumps(shuffled(payload, rng), indent=rng.choice([1, 4, "\t"]), ensure_ascii=False),
        json.dumps(shuffled(shorten(payload), rng), separators=(" , ", " :\r\n"), ensure_ascii=True),
        "".join(upper_escapes),
    ]
    return [text.encode("utf-8") for text in texts]


def damaged(raw, rng):
    """One byte changed, so that the body says something else or is broken."""
    while True:
        index = rng.randrange(len(raw))
        changed = raw[:index] + bytes([rng.choice([b for b in range(256) if b != raw[index]])]) + raw[index + 1:]
        if message(changed) != message(raw):
            return changed


def generate(seed, count):
    rng = random.Random(seed)
    for number in range(count):
        payload = random_payload(rng, number)
        raw = written(payload).encode("ascii")
        case = signed(raw, "made_up_secret_%032x" % rng.getrandbits(128))
        case["rewritten"] = [base64.b64encode(body).decode("ascii") for body in rewritten(payload, rng)]
        case["damaged"] = base64.b64encode(damaged(raw, rng)).decode("ascii")
        yield case


def main():
    if sys.argv[1] == "generate":
        cases = generate(int(sys.argv[2]), int(sys.argv[3]))
    else:
        requests = (json.loads(line) for line in sys.stdin)
        cases = (signed(base64.b64decode(request["raw"]), request["secret"]) for request in requests)
    for case in cases:
        print(json.dumps(case))


main()
