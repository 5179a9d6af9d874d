"""Payments over the net, as their payers make them, and what lnd itself remembers of those that passed a node."""
import base64
import hashlib
import json
import secrets

from simnet.program import SimnetError, wait_until


def as_base64(hexadecimal):
    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()


def last_update(text):
    """Of a stream of updates, one JSON object a line."""
    lines = text.decode().strip().splitlines()
    update = json.loads(lines[-1])
    if "error" in update:
        raise SimnetError(update["error"]["message"])
    return update["result"]


class Payments:
    def __init__(self, net):
        self.net = net

    def pay(self, payer, payee, msat, out=None, last=None):
        """@param out the channel it leaves by @param last the node it comes from at its end @return its end, as lnd tells it"""
        invoice = self.net.nodes[payee].ask("POST", "/v1/invoices", {"value_msat": str(msat), "expiry": "86400"})
        return self._send(payer, invoice["payment_request"], out, last)

    def reaches(self, payer, payee, msat, out):
        """Whether so much comes to the payee, who does not know what for and gives it back."""
        unknown = secrets.token_hex(32)
        request = {"dest": as_base64(self.net.nodes[payee].pubkey), "amt_msat": str(msat),
                   "payment_hash": as_base64(unknown), "payment_addr": as_base64(unknown), "final_cltv_delta": 80}
        end = self._send(payer, None, out, None, request)
        return end["failure_reason"] == "FAILURE_REASON_INCORRECT_PAYMENT_DETAILS"

    def _send(self, payer, payment_request, out, last, request=None):
        node = self.net.nodes[payer]
        request = {**(request or {"payment_request": payment_request}), "timeout_seconds": 30,
                   "fee_limit_msat": "100000000", "no_inflight_updates": True, "max_parts": 1}
        if out:
            request["outgoing_chan_ids"] = [self.net.ids[out]]
        if last:
            request["last_hop_pubkey"] = as_base64(self.net.nodes[last].pubkey)
        end = last_update(node.send("/v2/router/send", request))
        if end["status"] != "SUCCEEDED":
            node.ask("POST", "/v2/router/mc/reset", {})  # else it would bend later routes
        return end

    def hold(self, payer, payee, msat, out):
        """Begins a payment that its payee neither takes nor refuses. @return what settles or cancels it"""
        preimage = secrets.token_bytes(32)
        hashed = hashlib.sha256(preimage).digest()
        invoice = self.net.nodes[payee].ask("POST", "/v2/invoices/hodl", {
            "hash": base64.b64encode(hashed).decode(), "value_msat": str(msat), "expiry": "86400"})
        payer = self.net.nodes[payer]
        stream = payer.open_stream("/v2/router/send", {
            "payment_request": invoice["payment_request"], "timeout_seconds": 60, "fee_limit_msat": "100000000",
            "outgoing_chan_ids": [self.net.ids[out]], "max_parts": 1})
        held = Held(self.net.nodes[payee], preimage, hashed, stream)
        wait_until("the payment to be held", held.is_accepted)
        return held


class Held:
    def __init__(self, payee, preimage, hashed, stream):
        self._payee, self._preimage, self._hash, self._stream = payee, preimage, hashed, stream

    def is_accepted(self):
        return self._payee.ask("GET", f"/v1/invoice/{self._hash.hex()}")["state"] == "ACCEPTED"

    def settle(self):
        self._payee.ask("POST", "/v2/invoices/settle", {"preimage": base64.b64encode(self._preimage).decode()})
        self._stream.read()
        self._stream.close()


def forwards(node):
    """All forwards of a node, as `lncli fwdinghistory` tells them, page by page."""
    events, offset = [], 0
    while True:
        page = json.loads(node.lncli("fwdinghistory", "--start_time=0", f"--index_offset={offset}", "--max_events=7"))
        if not page["forwarding_events"]:
            return events
        events += page["forwarding_events"]
        offset = page["last_offset_index"]
