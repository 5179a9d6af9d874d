"""Macaroons as lnd bakes them (version 2, binary), and lnd's own words when it refuses one."""
import datetime
import hashlib
import hmac

GENERATOR = b"macaroons-key-generator".ljust(32, b"\0")
READS = {"info": ["read"], "offchain": ["read"], "onchain": ["read"], "peers": ["read"]}
CALLS = ("GetInfo", "ListChannels", "PendingChannels", "ClosedChannels", "ForwardingHistory", "FeeReport", "ChannelBalance",
         "WalletBalance", "GetTransactions", "ListPeers", "GetNodeInfo", "GetChanInfo", "GetNetworkInfo", "DescribeGraph")
BY_CALL = {"uri": [f"/lnrpc.Lightning/{call}" for call in CALLS]}
ALL = {entity: ["generate", "read", "write"]
       for entity in ("address", "info", "invoices", "macaroon", "message", "offchain", "onchain", "peers", "signer")}


class Refused(Exception):
    """With the text that lnd gives."""


def _sign(key, text):
    return hmac.new(key, text, hashlib.sha256).digest()


def _varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def _field(kind, data):
    return _varint(kind) + _varint(len(data)) + data


def _proto(number, data):
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def bake(root_key, operations, expires_at=None):
    """A macaroon's bytes. @param operations entity -> actions"""
    ops = b"".join(_proto(3, _proto(1, entity.encode()) + b"".join(_proto(2, action.encode()) for action in actions))
                   for entity, actions in operations.items())
    identifier = b"\x03" + _proto(1, hashlib.sha256(ops).digest()[:16]) + _proto(2, b"0") + ops
    signature = _sign(_sign(GENERATOR, root_key), identifier)
    packed = b"\x02" + _field(1, b"lnd") + _field(2, identifier) + b"\x00"
    if expires_at is not None:
        time = datetime.datetime.fromtimestamp(expires_at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        caveat = f"time-before {time}".encode()
        signature = _sign(signature, caveat)
        packed += _field(2, caveat) + b"\x00"
    return packed + b"\x00" + _field(6, signature)


class _Reader:
    def __init__(self, data):
        self._data, self._at = data, 0

    def more(self):
        return self._at < len(self._data)

    def varint(self):
        number = shift = 0
        while True:
            if not self.more():
                raise Refused("unmarshal v2: field data extends past end of buffer")
            byte = self._data[self._at]
            self._at += 1
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7

    def bytes(self):
        length = self.varint()
        data = self._data[self._at:self._at + length]
        if len(data) < length:
            raise Refused("unmarshal v2: field data extends past end of buffer")
        self._at += length
        return data

    def section(self):
        """Fields up to the end of a section: kind -> data."""
        fields = {}
        while (kind := self.varint()) != 0:
            fields[kind] = self.bytes()
        return fields


def _operations(identifier):
    allowed = {}
    reader = _Reader(identifier[1:])
    while reader.more():
        number = reader.varint() >> 3
        data = reader.bytes()
        if number == 3:
            inner, entity, actions = _Reader(data), "", []
            while inner.more():
                field = inner.varint() >> 3
                text = inner.bytes().decode()
                if field == 1:
                    entity = text
                else:
                    actions.append(text)
            allowed[entity] = actions
    return allowed


def _not_hex(text):
    for letter in text:
        if letter not in "0123456789abcdefABCDEF":
            return f"encoding/hex: invalid byte: U+{ord(letter):04X} '{letter}'"
    return "encoding/hex: odd length hex string" if len(text) % 2 else None


def check(root_key, text, now_at, entity, call):
    """Raises Refused unless the header's text allows to read `entity`, or to make that call. entity None: anyone may."""
    if text is None:
        raise Refused("expected 1 macaroon, got 0")
    if wrong := _not_hex(text):
        raise Refused(wrong)
    data = bytes.fromhex(text)
    if data[:1] != b"\x02":
        raise Refused("cannot determine data format of binary-encoded macaroon")
    reader = _Reader(data[1:])
    identifier = reader.section().get(2, b"")
    signature = _sign(_sign(GENERATOR, root_key), identifier)
    caveats = []
    while caveat := reader.section().get(2):
        signature = _sign(signature, caveat)
        caveats.append(caveat.decode("utf-8", "replace"))
    reader.varint()
    if not hmac.compare_digest(signature, reader.bytes()):
        raise Refused("verification failed: signature mismatch after caveat verification")
    for caveat in caveats:
        if caveat.startswith("time-before "):
            until = datetime.datetime.fromisoformat(caveat[12:].replace("Z", "+00:00")).timestamp()
            if now_at >= until:
                raise Refused(f'caveat "{caveat}" not satisfied: macaroon has expired')
    allowed = _operations(identifier)
    if "read" not in allowed.get(entity, []) and f"/lnrpc.Lightning/{call}" not in allowed.get("uri", []):
        raise Refused("permission denied")
