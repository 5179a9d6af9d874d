"""Answers that are well-formed enough to be read, and wrong."""
import json

ABSURD = 10**30
FIGURES = ("capacity", "balance", "amount", "msat", "sat", "fee", "channels", "count", "rank", "usd", "eur", "height", "total")


def _is_figure(name, value):
    numeric = isinstance(value, (int, float)) and not isinstance(value, bool) or isinstance(value, str) and value.isdigit()
    return numeric and any(word in name.lower() for word in FIGURES)


def _turned(value, name, turn):
    if isinstance(value, dict):
        return {key: _turned(inner, key, turn) for key, inner in value.items()}
    if isinstance(value, list):
        return [_turned(inner, name, turn) for inner in value]
    return turn(value) if _is_figure(name, value) else value


def _negative(value):
    return f"-{value or 1}" if isinstance(value, str) else -value if value else -1


def _absurd(value):
    return str(ABSURD) if isinstance(value, str) else ABSURD


def told(body, kind):
    """The body, with lies of that kind in it. What is no JSON gets its bytes turned."""
    try:
        document = json.loads(body)
    except ValueError:
        return bytes(255 - byte for byte in body)
    if kind == "negative":
        document = _turned(document, "", _negative)
    elif kind == "absurd":
        document = _turned(document, "", _absurd)
    elif kind == "types":
        document = _turned(document, "", lambda value: {"is": [value]})
    elif kind == "utf8":
        # an alias is where such bytes come from in the wild
        return body.replace(b'"alias":"', b'"alias":"\xff\xfe\xc0\x80').replace(b'"peer_alias":"', b'"peer_alias":"\xed\xa0\x80')
    elif kind == "deep":
        return b'{"deep":' * 100_000 + body + b"}" * 100_000
    elif kind == "duplicate":
        return body[:1] + body[1:-1] + b"," + body[1:] if body[:1] == b"{" and len(body) > 2 else body + body
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
