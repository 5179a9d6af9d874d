"""clnrest of the second operator's node: POST, a rune, 201 when it went well."""
import json

from sandbox.servers import cln_books
from sandbox.servers import cln_shapes as shapes
from sandbox.servers import runes
from sandbox.servers.http import Answer, Server, json_answer

# as docs/guide/node.md makes one, but for its rate, which this sandbox does not count
RESTRICTIONS = ["method^list|method=getinfo|method=summary|method^bkpr-list|method=bkpr-channelsapy", "method/listdatastore"]
STATUSES = ("offered", "settled", "local_failed", "failed")


class Wrong(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def error(status, code, message):
    return json_answer({"code": code, "message": message, "data": None}, status)


class Cln(Server):
    name = "cln"
    tls = True

    def __init__(self, secret, *arguments, **options):
        super().__init__(*arguments, **options)
        self._secret = secret
        self._node = self.world.cln
        # method -> (parameters that it knows, handler)
        self._methods = {
            "getinfo": ((), self._info), "listnodes": (("id",), self._nodes),
            "listchannels": (("short_channel_id", "source", "destination"), self._channels),
            "listpeerchannels": (("id", "short_channel_id", "channel_id"), self._peer_channels),
            "listclosedchannels": (("id",), self._closed), "listfunds": (("spent",), self._funds),
            "listpeers": (("id", "level"), self._peers), "bkpr-listaccountevents": (("account", "payment_id"), self._events),
            "bkpr-listincome": (("consolidate_fees", "start_time", "end_time"), self._income),
            "listforwards": (("status", "in_channel", "out_channel", "index", "start", "limit"), self._forwards)}

    def error_answer(self, status, headers):
        return json_answer({"code": -32603, "message": "Error in request", "data": None}, status, headers)

    def handle(self, request):
        if not request.path.startswith("/v1/"):
            return Answer(404, "Not Found", "text/plain")
        if request.method != "POST":
            return Answer(405, "Method Not Allowed", "text/plain", [("Allow", "POST")])
        if request.headers.get("content-type", "application/json").split(";")[0] not in ("application/json", ""):
            return error(406, -32600, "Unsupported content type")
        method = request.path[4:]
        rune = request.headers.get("rune")
        if not rune:
            return error(403, 1501, "Not authorized: Missing rune")
        try:
            if "expired_rune" in request.faults:
                raise runes.Refused("Not authorized: Blacklisted rune")
            runes.check(self._secret, rune, method)
            if method not in self._methods:
                return error(404, -32601, f"Unknown command '{method}'")
            return json_answer(self._called(method, request), 201)
        except runes.Refused as refused:
            return error(401, 1502, str(refused))
        except Wrong as wrong:
            return error(500, wrong.code, str(wrong))

    def _called(self, method, request):
        known, act = self._methods[method]
        try:
            given = json.loads(request.body or b"{}")
        except ValueError:
            raise Wrong(-32700, "Invalid JSON") from None
        if not isinstance(given, dict):
            raise Wrong(-32602, "Params must be an object")
        given = {name: value for name, value in given.items() if value is not None}
        for name in given:
            if name not in known:
                raise Wrong(-32602, f"unknown parameter: {name}")
        return act(request, given)

    def _info(self, request, given):
        return shapes.info(self._node, self.world, "half_synced" in request.faults)

    def _seen_channels(self, request):
        channels = self.world.public_channels()
        return channels[::2] if "half_synced" in request.faults else channels

    def _nodes(self, request, given):
        nodes = {node for one in self._seen_channels(request) for node in one.nodes}
        return {"nodes": [shapes.node(node) for node in sorted(nodes, key=lambda node: node.pubkey)
                          if given.get("id", node.pubkey) == node.pubkey]}

    def _channels(self, request, given):
        if len(given) > 1:
            raise Wrong(-32602, "Can only specify one of `short_channel_id`, `source` or `destination`")
        return {"channels": [row for one in self._seen_channels(request) for row in shapes.directions(one)
                             if all(row[name] == value for name, value in given.items())]}

    def _peer_channels(self, request, given):
        entries = [shapes.peer_channel(one, self._node, self.world) for one in self._node.channels]
        wanted = {("peer_id" if name == "id" else name): value for name, value in given.items()}
        return {"channels": [entry for entry in entries
                             if entry and all(entry.get(name) == value for name, value in wanted.items())]}

    def _closed(self, request, given):
        entries = [shapes.closed_channel(one, self._node, self.world) for one in self._node.channels]
        return {"closedchannels": [entry for entry in entries if entry and given.get("id", entry["peer_id"]) == entry["peer_id"]]}

    def _funds(self, request, given):
        return shapes.funds(self._node, self.world)

    def _peers(self, request, given):
        return {"peers": [peer for peer in shapes.peers(self._node) if given.get("id", peer["id"]) == peer["id"]]}

    def _events(self, request, given):
        events = cln_books.account_events(self._node, request.shift)
        return {"events": [event for event in events if given.get("account", event["account"]) == event["account"]]}

    def _income(self, request, given):
        """As the original: of the two times the first is left out, the last is not."""
        begin, end = _number(given, "start_time", 0), _number(given, "end_time", 2**63)
        rows = cln_books.income(self._node, request.shift, given.get("consolidate_fees", True))
        return {"income_events": [row for row in rows if begin < row["timestamp"] <= end]}

    def _forwards(self, request, given):
        if given.get("status", "settled") not in STATUSES:
            raise Wrong(-32602, f"status: Unrecognized status: invalid token '{given['status']}'")
        index = given.get("index")
        if index not in (None, "created", "updated"):
            raise Wrong(-32602, "index: should be 'created' or 'updated'")
        if ("start" in given or "limit" in given) and index is None:
            raise Wrong(-32602, "Can only specify {start} or {limit} with {index}")
        found = [shapes.forward(one, request.shift) for one in self._node.forwards]
        for name in ("status", "in_channel", "out_channel"):
            if name in given:
                found = [one for one in found if one.get(name) == given[name]]
        if index:
            key = f"{index}_index"
            found = sorted((one for one in found if one.get(key, -1) >= _number(given, "start", 0)), key=lambda one: one[key])
            found = found[:_number(given, "limit", len(found))]
        return {"forwards": found}


def _number(given, name, default):
    value = given.get(name, default)
    if not isinstance(value, int) or value < 0:
        raise Wrong(-32602, f"{name}: should be an unsigned 64 bit integer: invalid token '{value}'")
    return value
