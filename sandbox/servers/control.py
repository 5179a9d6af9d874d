"""The sandbox's own port: faults, time, the log of requests, and the truth."""
import json

from sandbox.servers.faults import KNOWN, ONLY
from sandbox.servers.http import Server, json_answer
from sandbox.world.model import DAY, NS


class Control(Server):
    """@param sandbox has `servers` (name -> Server), `clock`, and `document()`"""

    name = "control"

    def __init__(self, sandbox, *arguments, **options):
        super().__init__(*arguments, **options)
        self._sandbox = sandbox

    def handle(self, request):
        acts = {("GET", "/_sandbox"): self._document, ("GET", "/_sandbox/faults"): self._faults,
                ("POST", "/_sandbox/faults"): self._set_faults, ("GET", "/_sandbox/requests"): self._requests,
                ("DELETE", "/_sandbox/requests"): self._forget_requests, ("POST", "/_sandbox/advance"): self._advance,
                ("POST", "/_sandbox/factor"): self._factor, ("GET", "/_sandbox/truth"): self._truth}
        act = acts.get((request.method, request.path))
        if act is None:
            paths = sorted({f"{method} {path}" for method, path in acts})
            return json_answer({"error": "not found", "there_are": paths}, 404)
        try:
            given = json.loads(request.body) if request.body else {}
            if not isinstance(given, dict):
                raise ValueError("the body is a JSON object")
            return json_answer(act(request, given))
        except (ValueError, TypeError, KeyError) as wrong:
            return json_answer({"error": str(wrong)}, 400)

    def _document(self, request, given):
        return self._sandbox.document()

    def _faults(self, request, given):
        known = {name: {"does": does, "options": options, "servers": sorted(ONLY.get(name, self._sandbox.servers))}
                 for name, (does, options) in KNOWN.items()}
        return {"active": {name: server.faults.document() for name, server in self._sandbox.servers.items()}, "known": known}

    def _set_faults(self, request, given):
        self._sandbox.set_faults(given)
        return {name: server.faults.document() for name, server in self._sandbox.servers.items()}

    def _requests(self, request, given):
        return {"requests": [entry for entry in self.log.entries(request.query.get("server")) if entry["server"] != self.name]}

    def _forget_requests(self, request, given):
        self.log.clear()
        return {}

    def _advance(self, request, given):
        seconds = given.pop("seconds", 0) + given.pop("days", 0) * DAY
        if given or seconds < 0:
            raise ValueError("a body is {\"seconds\": N} or {\"days\": N}, and time goes forwards only")
        self._sandbox.clock.advance(round(seconds * NS))
        return {"now": self.world.now_at}

    def _factor(self, request, given):
        self._sandbox.clock.set_factor(given["factor"])
        return {"now": self.world.now_at, "factor": self._sandbox.clock.factor}

    def _truth(self, request, given):
        return truth(self.world, request.query.get("node"), request.query.get("day"))


def truth(world, pubkey=None, day=None):
    """What truly happened, and stands now; of one node or UTC day ("2026-11-24") when asked."""
    _, fees, usd = world.market.series[-1]
    nodes = {node.pubkey: _node(node) for node in world.nodes if pubkey in (None, node.pubkey)}
    return {"now": world.now_at, "height": world.height, "days": world.ledger.document(pubkey, day), "nodes": nodes,
            "payments": {"settled": world.payments.settled, "failed": world.payments.failed,
                         "costs_msat": world.payments.costs_msat},
            "network": {"public_channels": len(world.public_channels()),
                        "capacity_sat": sum(one.capacity_sat for one in world.public_channels())},
            "market": {"fees": fees, "usd": usd}, "miners_sat": world.miners_sat}


def _node(node):
    return {"alias": node.alias, "online": node.online, "wallet_sat": node.wallet_sat,
            "forwards_settled": len(node.settled), "fees_earned_msat": sum(one.fee_msat for one in node.settled),
            "channels": [_channel(one, one.side_of(node)) for one in node.channels]}


def _channel(one, side):
    closing = one.closing
    return {"point": one.point, "short_id": one.short_id if one.height is not None else None, "peer": one.nodes[1 - side].pubkey,
            "capacity_sat": one.capacity_sat, "own_msat": one.balance[side], "peer_msat": one.balance[1 - side],
            "under_way_msat": sum(htlc.amount_msat for htlc in one.htlcs), "opened_by_us": one.opener == side,
            "private": one.private, "ready_at": one.ready_at,
            "closing": closing and {"kind": closing.kind, "by_us": closing.closer == side, "started_at": closing.started_at,
                                    "confirmed_at": closing.confirmed_at, "settled_sat": closing.settled_sat[side]}}
