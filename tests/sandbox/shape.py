"""The shape of recorded JSON: which keys, of which kinds; learned from samples, and held against an answer."""
MAPS = ("features", "custom_records", "account_balance", "city", "country", "subdivision")  # keyed by data
WORDS = ("color", "alias")  # texts, though one may be all digits


def kind(value, name=""):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "digits" if value.lstrip("-").isdigit() and name not in WORDS else "text"
    return "list" if isinstance(value, list) else "object"


class Shape:
    """@param optional keys that may be missing though all samples have them
    @param extra keys that no sample has, and that are known from the source's own documents
    @param nullable keys that may be null as well"""

    def __init__(self, samples, optional=(), extra=(), nullable=()):
        self._optional, self._extra, self._nullable = set(optional), set(extra), set(nullable)
        self._root = {}
        for sample in samples:
            self._learn(self._root, sample, "")

    def _learn(self, node, value, name):
        node.setdefault("kinds", set()).add(kind(value, name))
        if isinstance(value, list):
            for inner in value:
                self._learn(node.setdefault("items", {}), inner, name)
        elif isinstance(value, dict) and name in MAPS:
            for inner in value.values():
                self._learn(node.setdefault("items", {}), inner, "")
        elif isinstance(value, dict):
            node["always"] = node["always"] & set(value) if "always" in node else set(value)
            for key, inner in value.items():
                self._learn(node.setdefault("keys", {}).setdefault(key, {}), inner, key)

    def faults(self, answer):
        return list(self._faults(self._root, answer, "", ""))

    def _faults(self, node, value, path, name):
        found = kind(value, name)
        kinds = node["kinds"]
        # an empty text is of either kind
        fits = found in kinds or value == "" and kinds & {"text", "digits"} or found == "digits" and "text" in kinds
        if not fits and not (found == "null" and name in self._nullable):
            yield f"{path} is {found} {str(value)[:40]!r}, recorded as {sorted(kinds)}"
            return
        inner = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) and name in MAPS else []
        if inner and "items" in node:
            for one in inner:
                yield from self._faults(node["items"], one, f"{path}[]", name if isinstance(value, list) else "")
        elif isinstance(value, dict) and name not in MAPS:
            yield from self._faults_of_object(node, value, path)

    def _faults_of_object(self, node, value, path):
        for key in node.get("always", set()) - set(value) - self._optional:
            yield f"{path}.{key} is missing"
        for key, inner in value.items():
            if key in node.get("keys", {}):
                yield from self._faults(node["keys"][key], inner, f"{path}.{key}", key)
            elif key not in self._extra:
                yield f"{path}.{key} was never recorded"
