"""lnd's REST of the first operator's node, with its macaroons and its ways of refusing."""
import json
import re

from sandbox.servers import lnd_shapes as shapes
from sandbox.servers import macaroons
from sandbox.servers.http import Server, json_answer
from sandbox.world.model import NS

EVENTS_MAX = 50_000
U32_MAX, U64_MAX = 2**32 - 1, 2**64 - 1
SWITCH_FIELDS = {"start_time": U64_MAX, "end_time": U64_MAX, "index_offset": U32_MAX, "num_max_events": U32_MAX,
                 "peer_alias_lookup": None}
STARTING = "the RPC server is in the process of starting up, but not yet ready to accept calls"
LOCKED = "wallet locked, unlock it to enable full RPC access"
CLOSURES = {"cooperative": "COOPERATIVE_CLOSE", "local_force": "LOCAL_FORCE_CLOSE", "remote_force": "REMOTE_FORCE_CLOSE",
            "breach": "BREACH_CLOSE", "funding_canceled": "FUNDING_CANCELED", "abandoned": "ABANDONED"}
NO_BLOCK_SECONDS = 7200


class Wrong(Exception):
    """An answer that is an error. code: gRPC's"""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code = status, code


def error(status, code, message):
    return json_answer({"code": code, "message": message, "details": []}, status)


class Lnd(Server):
    name = "lnd"
    tls = True

    def __init__(self, root_key, *arguments, **options):
        super().__init__(*arguments, **options)
        self._root_key = root_key
        self._node = self.world.lnd
        self._asked_for_info = 0
        # path pattern, method, entity, call, handler
        self._routes = [(re.compile(pattern + "$"), method, entity, call, act) for pattern, method, entity, call, act in (
            (r"/v1/getinfo", "GET", "info", "GetInfo", self._info),
            (r"/v1/graph", "GET", "info", "DescribeGraph", self._graph),
            (r"/v1/graph/info", "GET", "info", "GetNetworkInfo", self._network),
            (r"/v1/graph/node/([^/]*)", "GET", "info", "GetNodeInfo", self._node_info),
            (r"/v1/graph/edge/([^/]*)", "GET", "info", "GetChanInfo", self._edge),
            (r"/v1/channels", "GET", "offchain", "ListChannels", self._channels),
            (r"/v1/channels/pending", "GET", "offchain", "PendingChannels", self._pending),
            (r"/v1/channels/closed", "GET", "offchain", "ClosedChannels", self._closed),
            (r"/v1/switch", "POST", "offchain", "ForwardingHistory", self._switch),
            (r"/v1/fees", "GET", "offchain", "FeeReport", self._fees),
            (r"/v1/balance/channels", "GET", "offchain", "ChannelBalance", self._channel_balance),
            (r"/v1/balance/blockchain", "GET", "onchain", "WalletBalance", self._wallet_balance),
            (r"/v1/transactions", "GET", "onchain", "GetTransactions", self._transactions),
            (r"/v1/peers", "GET", "peers", "ListPeers", self._peers))]

    def error_answer(self, status, headers):
        message = {429: "too many requests", 500: "internal error", 503: "unavailable"}[status]
        return json_answer({"code": 14 if status == 503 else 2, "message": message, "details": []}, status, headers)

    def handle(self, request):
        if request.path == "/v1/state":
            state = "LOCKED" if "locked" in request.faults else "UNLOCKED" if "starting" in request.faults else "SERVER_ACTIVE"
            return json_answer({"state": state})
        for pattern, method, entity, call, act in self._routes:
            found = pattern.match(request.path)
            if not found:
                continue
            if request.method != method:
                return error(501, 12, "Method Not Allowed")
            try:
                self._admit(request, entity, call)
                return json_answer(act(request, *found.groups()))
            except Wrong as wrong:
                return error(wrong.status, wrong.code, str(wrong))
            except macaroons.Refused as refused:
                return error(500, 2, str(refused))
        return error(404, 5, "Not Found")

    def _admit(self, request, entity, call):
        for fault, message in (("locked", LOCKED), ("starting", STARTING)):
            if fault in request.faults:
                raise Wrong(500, 2, message)
        text = request.headers.get("grpc-metadata-macaroon")
        if "expired_macaroon" in request.faults and text:
            text = macaroons.bake(self._root_key, macaroons.READS, self.world.begin_at).hex()
        macaroons.check(self._root_key, text, self.world.now_at + request.shift, entity, call)

    # what the node believes just now

    def _just_started(self, request):
        return "half_synced" in request.faults

    def _open(self):
        return [one for one in self._node.channels if one.is_open]

    def _is_active(self, request, one):
        """Just after a start, every other peer is not yet connected."""
        late = self._just_started(request) and self._open().index(one) % 2 == 1
        return one.peer_of(self._node).online and not late

    def _seen_channels(self, request):
        channels = self.world.public_channels()
        return channels[::2] if self._just_started(request) else channels

    # calls

    def _info(self, request):
        pending = shapes.pending_channels(self._node, self.world)
        active = sum(self._is_active(request, one) for one in self._open())
        on_chain = self.world.now_at + request.shift - self.world.tip_at < NO_BLOCK_SECONDS
        late = request.faults.get("half_synced")
        return shapes.info(self._node, self.world, active, sum(len(value) for value in pending.values() if isinstance(value, list)),
                           on_chain and (late is None or bool(late["chain"])), late is None)

    def _graph(self, request):
        channels = self._seen_channels(request)
        if request.query.get("include_unannounced") == "true":
            channels = channels + [one for one in self._open() if one.private]
        nodes = {node for one in channels for node in one.nodes}
        return {"nodes": [shapes.node(node) for node in sorted(nodes, key=lambda node: node.pubkey)],
                "edges": [shapes.edge(one) for one in sorted(channels, key=lambda one: one.scid)]}

    def _network(self, request):
        """As in the original, some channels are left out, others each time (a `return` where `continue` was meant)."""
        self._asked_for_info += 1
        channels = [one for i, one in enumerate(self._seen_channels(request)) if (i + self._asked_for_info) % 4]
        return shapes.network_info(channels, {node for one in channels for node in one.nodes})

    def _node_info(self, request, pubkey):
        if len(pubkey) != 66:
            raise Wrong(500, 2, f"invalid vertex string length of {len(pubkey)}, want 66")
        node = self.world.by_key.get(pubkey)
        channels = [one for one in self._seen_channels(request) if node in one.nodes]
        if node is self._node:
            channels += [one for one in self._open() if one.private]
        if not channels:
            raise Wrong(404, 5, "unable to find node")
        listed = [shapes.edge(one) for one in channels] if request.query.get("include_channels") == "true" else []
        return {"node": shapes.node(node), "num_channels": len(channels),
                "total_capacity": str(sum(one.capacity_sat for one in channels)), "channels": listed}

    def _edge(self, request, number):
        if not number.isdigit():
            raise Wrong(400, 3, f'type mismatch, parameter: chan_id, error: strconv.ParseUint: parsing "{number}": invalid syntax')
        for one in self._seen_channels(request):
            if one.scid == int(number):
                return shapes.edge(one)
        raise Wrong(500, 2, "edge not found")

    def _channels(self, request):
        wanted = {name: _flag(request, name) for name in ("active_only", "inactive_only", "public_only", "private_only")}
        for one, other in (("active_only", "inactive_only"), ("public_only", "private_only")):
            if wanted[one] and wanted[other]:
                raise Wrong(500, 2, f"either `{one}` or `{other}` can be set, but not both")
        listed = []
        for one in self._open():
            active = self._is_active(request, one)
            if not (wanted["active_only"] and not active or wanted["inactive_only"] and active
                    or wanted["public_only"] and one.private or wanted["private_only"] and not one.private):
                shape = shapes.channel(one, self._node, self.world, active)
                if not _flag(request, "peer_alias_lookup"):
                    shape["peer_alias"] = ""
                listed.append(shape)
        return {"channels": listed}

    def _pending(self, request):
        return shapes.pending_channels(self._node, self.world)

    def _closed(self, request):
        kinds = {kind for name, kind in CLOSURES.items() if _flag(request, name)}
        return {"channels": [one for one in shapes.closed_channels(self._node) if not kinds or one["close_type"] in kinds]}

    def _switch(self, request):
        asked = switch_request(request.body)
        now = self.world.now_at + request.shift
        start, end = asked["start_time"] - request.shift, (asked["end_time"] or now) - request.shift
        # as lnd has it: the slice ends with that second's first instant
        inside = [one for one in self._node.settled if start * NS <= one.resolved_ns <= end * NS]
        count = min(asked["num_max_events"] or 100, EVENTS_MAX)
        page = inside[asked["index_offset"]:asked["index_offset"] + count]
        return {"forwarding_events": [shapes.forwarding_event(one, request.shift, asked["peer_alias_lookup"]) for one in page],
                "last_offset_index": asked["index_offset"] + len(page)}

    def _fees(self, request):
        return shapes.fee_report(self._node, self.world)

    def _channel_balance(self, request):
        return shapes.channel_balance(self._node)

    def _wallet_balance(self, request):
        return shapes.wallet_balance(self._node)

    def _transactions(self, request):
        start, end = _number(request, "start_height"), _number(request, "end_height") or -1
        listed = shapes.transactions(self._node, self.world)
        if end == -1:
            return {"transactions": [one for one in listed if one["block_height"] >= start or not one["block_height"]]}
        inside = [one for one in listed if one["block_height"] and min(start, end) <= one["block_height"] <= max(start, end)]
        return {"transactions": inside if start <= end else inside[::-1]}

    def _peers(self, request):
        return {"peers": shapes.peers(self._node, self.world, request.shift)}


def _flag(request, name):
    text = request.query.get(name, "false")
    if text not in ("true", "false", "1", "0"):
        raise Wrong(400, 3, f'parsing field "{name}": strconv.ParseBool: parsing "{text}": invalid syntax')
    return text in ("true", "1")


def _number(request, name):
    text = request.query.get(name, "0")
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise Wrong(400, 3, f'parsing field "{name}": strconv.ParseInt: parsing "{text}": invalid syntax')
    return int(text)


def switch_request(body):
    """The request's fields with their defaults. What protobuf's reader refuses is refused in its words."""
    text = body.decode("utf-8", "replace")
    try:
        given = json.loads(text) if text.strip() else {}
    except ValueError:
        raise Wrong(400, 3, "unexpected EOF") from None
    if not isinstance(given, dict):
        raise Wrong(400, 3, "proto: syntax error (line 1:1): unexpected token")
    asked = {"start_time": 0, "end_time": 0, "index_offset": 0, "num_max_events": 0, "peer_alias_lookup": False}
    for name, value in given.items():
        if name not in SWITCH_FIELDS:
            raise Wrong(400, 3, f'proto: (line 1:{text.find(json.dumps(name)) + 1}): unknown field "{name}"')
        most = SWITCH_FIELDS[name]
        if most is None:
            asked[name] = bool(value)
            continue
        number = int(value) if isinstance(value, int) or isinstance(value, str) and value.isdigit() else -1
        if not 0 <= number <= most:
            kind = "uint32" if most == U32_MAX else "uint64"
            place = text.find(str(value), text.find(json.dumps(name)) + len(name) + 2) + 1
            raise Wrong(400, 3, f"proto: (line 1:{place}): invalid value for {kind} type: {value}")
        asked[name] = number
    return asked


