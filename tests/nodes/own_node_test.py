"""What mcp-api reads in a real LND, held against what lncli says of the same node: to the millisatoshi."""
import json
import os
import pathlib
import tempfile
import unittest
from collections import Counter

from net import needs_net, scid
from own_net import forwards, lncli, own_net, statement_of
from simnet.payments import Payments

# As docs/guide/node.md tells users to bake them.
GROUPS = ("info:read", "offchain:read", "onchain:read", "peers:read")
CALLS = tuple(f"uri:/lnrpc.Lightning/{call}" for call in (
    "GetInfo", "ListChannels", "PendingChannels", "ClosedChannels", "ForwardingHistory", "FeeReport", "ChannelBalance",
    "WalletBalance", "GetTransactions", "ListPeers"))


@needs_net
class OwnNode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.net = own_net()
        cls.bob = cls.net.nodes["bob"]
        folder = tempfile.TemporaryDirectory(prefix="mcp-api-own-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)

    def read(self, node=None, macaroon=None):
        """@return the statement of a node, as it will be tomorrow"""
        ended = statement_of(self.folder, node or self.bob, macaroon)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return json.loads(ended.stdout)

    def refused(self, macaroon):
        """@return why a macaroon was not taken"""
        ended = statement_of(self.folder, self.bob, macaroon)
        self.assertNotEqual(ended.returncode, 0)
        self.assertEqual(ended.stdout, "")
        return ended.stderr

    def bake(self, name, *rights):
        return self.bob.bake(name, *rights)


class WhatItTells(OwnNode):
    def test_channels_are_those_of_lncli(self):
        for name, node in self.net.nodes.items():
            told = {channel["funding_outpoint"]: channel for channel in self.read(node)["channels"]}
            said = {channel["channel_point"]: channel for channel in lncli(node, "listchannels")["channels"]}
            self.assertEqual(set(told), set(said), name)
            for point, channel in said.items():
                self.assertEqual(self.as_lncli_has_it(told[point]), {
                    "id": scid(channel["chan_id"]), "peer": channel["remote_pubkey"],
                    "capacity": channel["capacity"], "local": int(channel["local_balance"]) * 1000,
                    "remote": int(channel["remote_balance"]) * 1000, "private": channel["private"],
                    "active": channel["active"], "initiator": channel["initiator"],
                    "reserves": [int(channel[f"{side}_constraints"]["chan_reserve_sat"]) * 1000
                                 for side in ("local", "remote")]})

    def as_lncli_has_it(self, channel):
        return {"id": channel["id"], "peer": channel["peer"], "capacity": str(channel["capacity_sat"]),
                "local": channel["local_msat"], "remote": channel["remote_msat"], "private": not channel["public"],
                "active": channel["active"], "initiator": channel["opened_by_us"],
                "reserves": [channel["local_reserve_msat"], channel["remote_reserve_msat"]]}

    def test_balances_are_exact(self):
        for node in self.net.nodes.values():
            told, said = self.read(node), lncli(node, "channelbalance")
            self.assertEqual(told["balances"], {
                "local_msat": int(said["local_balance"]["msat"]), "remote_msat": int(said["remote_balance"]["msat"]),
                "unsettled_local_msat": int(said["unsettled_local_balance"]["msat"]),
                "unsettled_remote_msat": int(said["unsettled_remote_balance"]["msat"])})
            wallet = lncli(node, "walletbalance")
            self.assertEqual(told["wallet"]["confirmed_sat"], int(wallet["confirmed_balance"]))
            self.assertEqual(told["wallet"]["unconfirmed_sat"], int(wallet["unconfirmed_balance"]))

    def test_forwards_are_those_of_lncli_by_pair_of_channels(self):
        """Today's, which a report of tomorrow looks back at. Those of other days: there are none."""
        days = self.read()["days"]
        self.assertEqual(len(days), 7)
        self.assertEqual(sum_by_pair(row for day in days for row in day["forwards"]), self.pairs_of(self.bob))
        fees = sum(int(event["fee_msat"]) for event in forwards(self.bob))
        self.assertGreater(fees, 0)
        self.assertEqual(sum(amount_in - amount_out for day in days for *_, amount_in, amount_out in day["forwards"]),
                         fees)
        self.assertTrue(all("failures" not in day for day in days), "LND keeps none")

    def pairs_of(self, node):
        pairs = Counter()
        for event in forwards(node):
            pair = scid(event["chan_id_in"]), scid(event["chan_id_out"])
            pairs[(*pair, "count")] += 1
            pairs[(*pair, "in")] += int(event["amt_in_msat"])
            pairs[(*pair, "out")] += int(event["amt_out_msat"])
        return pairs

    def test_sizes_count_each_forward_once_and_are_rounded_up(self):
        sizes = [row for day in self.read()["days"] for row in day["sizes"]]
        said = sorted(int(event["amt_out_msat"]) for event in forwards(self.bob))
        told = sorted(amount for amount, count in sizes for _ in range(count))
        self.assertEqual(len(told), len(said))
        for amount, real in zip(told, said):
            self.assertTrue(real <= amount <= real * 1.1, (amount, real))

    def test_transactions_cost_what_lncli_says(self):
        alice = self.net.nodes["alice"]
        fees = sum(int(tx["total_fees"]) for tx in lncli(alice, "listchaintxns")["transactions"])
        self.assertGreater(fees, 0)
        self.assertEqual(sum(day["chain"]["fees_msat"] for day in self.read(alice)["days"]), fees * 1000)

    def test_fees_and_peers_are_those_of_lncli(self):
        told = self.read()
        said = {fee["channel_point"]: fee for fee in lncli(self.bob, "feereport")["channel_fees"]}
        for channel in told["channels"]:
            fee = said[channel["funding_outpoint"]]
            self.assertEqual(channel["fee"], {
                "base_msat": int(fee["base_fee_msat"]), "rate_ppm": int(fee["fee_per_mil"]),
                "inbound_base_msat": fee["inbound_base_fee_msat"], "inbound_rate_ppm": fee["inbound_fee_per_mil"]})
        peers = {peer["pub_key"]: peer["flap_count"] for peer in lncli(self.bob, "listpeers")["peers"]}
        self.assertEqual({peer["key"]: peer["flaps"] for peer in told["peers"] if peer["connected"]}, peers)
        info = lncli(self.bob, "getinfo")
        self.assertEqual((told["key"], told["block_height"], told["doubts"], told["gaps"]),
                         (info["identity_pubkey"], info["block_height"], [], []))

    def test_what_can_be_sent_can_be_sent_and_little_more(self):
        """A payment to somebody who does not know it comes as far as the peer, or not even that."""
        payments, names = Payments(self.net), {node.pubkey: name for name, node in self.net.nodes.items()}
        for channel in self.read()["channels"]:
            if not channel["public"]:
                continue
            peer = names[channel["peer"]]
            out = next(name for name, point in self.net.points.items() if point == channel["funding_outpoint"])
            # fees may rise before the payment is on its way, and LND keeps a share for that: not more than 2 %
            self.assertTrue(payments.reaches("bob", peer, int(channel["can_send_msat"] * 0.98), out), out)
            self.assertFalse(payments.reaches("bob", peer, channel["can_send_msat"] + 3_000_000, out), out)


def sum_by_pair(rows):
    pairs = Counter()
    for one, other, count, amount_in, amount_out in rows:
        pairs[(one, other, "count")] += count
        pairs[(one, other, "in")] += amount_in
        pairs[(one, other, "out")] += amount_out
    return pairs


class Macaroons(OwnNode):
    def test_what_the_guide_bakes_reads_all(self):
        for name, rights in (("groups", ("--root_key_id=7210", *GROUPS)),
                             ("calls", ("--root_key_id=7210", "--timeout=31536000", *CALLS))):
            told = self.read(macaroon=self.bake(name, *rights))
            self.assertEqual(told["gaps"], [], name)
            self.assertEqual("credential_expires" in told, name == "calls")

    def test_the_guide_says_the_same_line(self):
        guide = (pathlib.Path(__file__).resolve().parents[2] / "docs/guide/node.md").read_text()
        self.assertIn(" ".join(GROUPS), guide)
        self.assertIn(" ".join(CALLS), guide)

    def test_one_that_could_spend_is_not_even_shown_to_the_node(self):
        for rights in (("offchain:write",), ("info:write",), ("macaroon:generate",), ("message:write",),
                       ("uri:/lnrpc.Lightning/SendPaymentSync",)):
            told = self.refused(self.bake("strong", *GROUPS, *rights))
            self.assertIn(rights[0], told)
            self.assertIn("lncli bakemacaroon", told)
        self.assertIn("offchain:write", self.refused(self.bob.admin))

    def test_one_that_lacks_rights_names_them(self):
        told = self.read(macaroon=self.bake("no_wallet", "info:read", "offchain:read", "peers:read"))
        self.assertEqual({gap["part"] for gap in told["gaps"]}, {"wallet", "chain_costs"})
        self.assertNotIn("wallet", told)
        self.assertIn("onchain:read", json.dumps(told["gaps"]))
        self.assertIn("offchain:read", self.refused(self.bake("only_info", "info:read")))

    def test_one_that_is_bound_elsewhere_or_of_another_node(self):
        self.assertIn("bound to an IP address from which we do not ask", self.refused(self.bake("away", "--ip_address=127.0.0.9", *GROUPS)))
        self.assertIn("another node", self.refused(self.net.nodes["alice"].readonly))

    def test_one_that_has_expired(self):
        """By the calendar of whoever asks, which is a day ahead here: LND is not asked at all."""
        self.assertIn("expired", self.refused(self.bake("brief", "--timeout=3600", *GROUPS)))

    def test_what_is_no_macaroon(self):
        rubbish = self.folder / "rubbish.macaroon"
        rubbish.write_bytes(os.urandom(200))
        self.assertIn("macaroon", self.refused(rubbish))


if __name__ == "__main__":
    unittest.main()
