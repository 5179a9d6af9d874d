import datetime
import unittest

import at_hand
from sandbox.servers.control import truth
from sandbox.world.ledger import day_name
from sandbox.world.model import DAY, NS, Policy
from sandbox.world.routing import forward_fee

SUMS = ("forwards", "in_msat", "out_msat", "fee_msat")


def begin_of(day):
    return int(datetime.datetime.fromisoformat(day + "T00:00:00+00:00").timestamp())


class TheWorldKeepsItsLaws(unittest.TestCase):
    def test_a_channel_neither_makes_nor_loses_money(self):
        for channel in at_hand.world().channels:
            held = sum(htlc.amount_msat for htlc in channel.htlcs)
            self.assertEqual(channel.capacity_sat * 1000, sum(channel.balance) + held)
            self.assertGreaterEqual(min(channel.balance), 0)

    def test_what_payers_pay_is_what_forwarders_earn(self):
        world = at_hand.world()
        earned = sum(forward.fee_msat for node in world.nodes for forward in node.settled)
        self.assertGreater(earned, 0)
        self.assertEqual(world.payments.costs_msat, earned)
        self.assertEqual(earned, sum(world.ledger.total(node, "fees_paid_msat") for node in world.nodes))

    def test_a_nodes_balances_follow_from_what_it_did(self):
        world = at_hand.world()
        first_day = day_name(world.begin_at)
        for node in world.nodes:
            own = [channel for channel in node.channels if channel.closing is None]
            now = sum(channel.balance[channel.side_of(node)] for channel in own)
            now += sum(htlc.amount_msat for channel in own for htlc in channel.htlcs if htlc.side == channel.side_of(node))
            began = sum(world.ledger.document(node.pubkey, first_day)[first_day][node.pubkey]["balances"].values())

            def total(what):
                return world.ledger.total(node, what)
            self.assertEqual(now, began + total("funded_msat") + total("received_msat") + total("fee_msat")
                             - total("sent_msat") - total("withdrawn_msat"), node.index)

    def test_no_sat_comes_from_nowhere(self):
        world = at_hand.world()
        channels = sum(channel.capacity_sat for channel in world.channels if not channel.is_closed)
        limbo = sum(settled for channel in world.channels if channel.is_closed
                    for settled, done in zip(channel.closing.settled_sat, channel.closing.done_at) if done is None)
        wallets = sum(node.wallet_sat for node in world.nodes)
        self.assertEqual(world.born_sat, wallets + channels + limbo + world.miners_sat)

    def test_days_add_up_to_the_forwards_themselves(self):
        world = at_hand.world()
        for node in world.nodes:
            for day, nodes in world.ledger.document(node.pubkey).items():
                begin = begin_of(day) * NS
                of_day = [one for one in node.settled if begin <= one.resolved_ns < begin + DAY * NS]
                entry = nodes.get(node.pubkey)
                if entry:
                    found = (len(of_day), sum(one.in_msat for one in of_day), sum(one.out_msat for one in of_day),
                             sum(one.fee_msat for one in of_day))
                    self.assertEqual(found, tuple(entry[name] for name in SUMS))

    def test_it_is_a_world_in_which_things_happen(self):
        world = at_hand.world()
        kinds = {channel.closing.kind for channel in world.channels if channel.closing}
        self.assertEqual({"mutual", "force", "penalty"}, kinds)
        statuses = {forward.status for node in world.nodes for forward in node.forwards}
        self.assertEqual({"settled", "failed", "local_failed", "offered"}, statuses)
        self.assertTrue(any(policy.inbound_ppm < 0 for channel in world.channels for policy in channel.policy if policy))

    def test_blocks_come_every_ten_minutes(self):
        world = at_hand.world()
        self.assertEqual((world.live_at - world.begin_at) // 600, len(world.market.series) - 1)
        self.assertLess(world.live_at - world.tip_at, 600)

    def test_fees_of_a_hop_are_those_of_a_real_lnd(self):
        """The last forward of the recorded simnet: 400,000,000 msat out, 292,085 msat kept."""
        own_in = Policy(500, 250, -200, -50, 34, 1000, 1, False, 0)
        own_out = Policy(1500, 777, 0, 0, 80, 1000, 1, False, 0)
        self.assertEqual(292_085, forward_fee(own_in, own_out, 400_000_000))
        discount = Policy(0, 0, -10_000, -900_000, 34, 1000, 1, False, 0)
        self.assertEqual(0, forward_fee(discount, own_out, 1_000_000), "a discount never pays the payer")


class WhatTheNodesSayIsTheTruth(unittest.TestCase):
    def setUp(self):
        self.world = at_hand.sandbox().world

    def days(self, node):
        """(day, sums) of the whole days, and of today so far."""
        return [(day, nodes[node.pubkey]) for day, nodes in truth(self.world, node.pubkey)["days"].items()]

    def test_lnds_forwards_of_each_day(self):
        client = at_hand.lnd()
        self.addCleanup(client.close)
        days = self.days(self.world.lnd)
        self.assertEqual(10, len(days))
        for day, entry in days:
            begin = begin_of(day)
            events, offset = [], 0
            while True:
                page = client.json("/v1/switch", {"start_time": str(begin), "end_time": str(begin + DAY), "index_offset": offset,
                                                  "num_max_events": 7})
                if not page["forwarding_events"]:
                    self.assertEqual(offset, page["last_offset_index"])
                    break
                events += page["forwarding_events"]
                offset = page["last_offset_index"]
            of_day = [one for one in events if begin * NS <= int(one["timestamp_ns"]) < (begin + DAY) * NS]
            found = (len(of_day), *(sum(int(one[name]) for one in of_day) for name in ("amt_in_msat", "amt_out_msat", "fee_msat")))
            self.assertEqual(found, tuple(entry[name] for name in SUMS))

    def test_naive_bounds_of_a_day_lose_or_gain_forwards(self):
        """Traps that must bite: the world forwards around midnight so that a reader who rounds is found out."""
        client = at_hand.lnd()
        self.addCleanup(client.close)
        day, entry = self.days(self.world.lnd)[4]
        begin = begin_of(day)
        ask = {"num_max_events": 5000}
        short = client.json("/v1/switch", {**ask, "start_time": str(begin), "end_time": str(begin + DAY - 1)})
        long = client.json("/v1/switch", {**ask, "start_time": str(begin), "end_time": str(begin + DAY)})
        self.assertLess(len(short["forwarding_events"]), entry["forwards"])
        self.assertGreater(len(long["forwarding_events"]), entry["forwards"])

    def test_lnds_balances_to_the_msat(self):
        client = at_hand.lnd()
        self.addCleanup(client.close)
        sums = client.json("/v1/balance/channels")
        known = {channel.point: channel for channel in self.world.lnd.channels if channel.is_open}
        channels = client.json("/v1/channels")["channels"]
        self.assertEqual(set(known), {channel["channel_point"] for channel in channels})
        for shown in channels:
            channel = known[shown["channel_point"]]
            side = channel.side_of(self.world.lnd)
            pays = channel.opener_pays_msat() if channel.opener == side else 0
            self.assertEqual((channel.balance[side] - pays) // 1000, int(shown["local_balance"]))
            parts = ("local_balance", "remote_balance", "unsettled_balance", "commit_fee")
            self.assertEqual(int(shown["capacity"]), 660 + sum(int(shown[part]) for part in parts))
        exact = sum(channel.balance[channel.side_of(self.world.lnd)]
                    - (channel.opener_pays_msat() if channel.opener == channel.side_of(self.world.lnd) else 0)
                    for channel in known.values())
        self.assertEqual(exact, int(sums["local_balance"]["msat"]))
        self.assertGreater(int(sums["unsettled_local_balance"]["msat"]), int(sums["unsettled_remote_balance"]["msat"]))

    def test_what_lnds_fundings_cost_on_each_day(self):
        client = at_hand.lnd()
        self.addCleanup(client.close)
        listed = client.json("/v1/transactions")["transactions"]
        waiting = [one for one in listed if not one["block_height"]]
        self.assertEqual([channel.txid for channel in self.world.lnd.channels
                          if channel.height is None and channel.opener == channel.side_of(self.world.lnd)],
                         [one["tx_hash"] for one in waiting])
        for day, entry in self.days(self.world.lnd):
            begin = begin_of(day)
            fees = [int(one["total_fees"]) for one in listed
                    if one["block_height"] and begin <= int(one["time_stamp"]) < begin + DAY]
            paid = [fee for fee in fees if fee]
            self.assertEqual((len(paid), 1000 * sum(paid)), (entry["fundings"], entry["funding_fees_msat"]), day)
        self.assertTrue(any(entry["fundings"] for _, entry in self.days(self.world.lnd)), "one is within the world's past")

    def test_lnds_transactions_between_two_heights(self):
        client = at_hand.lnd()
        self.addCleanup(client.close)
        tip = self.world.height
        in_blocks = [one for one in client.json("/v1/transactions")["transactions"] if one["block_height"]]
        middle = in_blocks[len(in_blocks) // 2]["block_height"]
        older = client.json(f"/v1/transactions?start_height=0&end_height={middle}")["transactions"]
        newer = client.json(f"/v1/transactions?start_height={middle + 1}&end_height={tip}")["transactions"]
        self.assertEqual(in_blocks, older + newer)
        self.assertEqual(older[::-1], client.json(f"/v1/transactions?start_height={middle}&end_height=1")["transactions"])

    def test_core_lightnings_forwards_and_balances(self):
        client = at_hand.cln()
        self.addCleanup(client.close)
        forwards = client.json("/v1/listforwards", {}, 201)["forwards"]
        for day, entry in self.days(self.world.cln):
            begin = begin_of(day)

            def resolved(status):
                return [one for one in forwards if one["status"] == status
                        and begin <= one.get("resolved_time", one["received_time"]) < begin + DAY]
            settled = resolved("settled")
            found = (len(settled), *(sum(one[name] for one in settled) for name in ("in_msat", "out_msat", "fee_msat")))
            self.assertEqual(found, tuple(entry[name] for name in SUMS))
            failed = len(resolved("local_failed")), len(resolved("failed"))
            self.assertEqual((entry["failed_here"], entry["failed_beyond"]), failed)
        own = {channel.point: channel.balance[channel.side_of(self.world.cln)] for channel in self.world.cln.channels}
        for shown in client.json("/v1/listpeerchannels", {}, 201)["channels"]:
            offered = sum(htlc["amount_msat"] for htlc in shown["htlcs"] if htlc["direction"] == "out")
            self.assertEqual(own[f"{shown['funding_txid']}:{shown['funding_outnum']}"], shown["to_us_msat"] - offered)
        self.assertEqual(sum(one["fee_msat"] for one in forwards if one["status"] == "settled"),
                         client.json("/v1/getinfo", {}, 201)["fees_collected_msat"])

    def test_what_core_lightnings_transactions_cost_on_each_day(self):
        client = at_hand.cln()
        self.addCleanup(client.close)
        for consolidated in (False, True):
            rows = client.json("/v1/bkpr-listincome", {"consolidate_fees": consolidated}, 201)["income_events"]
            for day, entry in self.days(self.world.cln):
                begin, costs = begin_of(day), {}
                for row in rows:
                    if row["tag"] == "onchain_fee" and begin <= row["timestamp"] < begin + DAY:
                        costs[row["txid"]] = costs.get(row["txid"], 0) + row["debit_msat"] - row["credit_msat"]
                self.assertEqual((len(costs), sum(costs.values())), (entry["fundings"] + entry["closings_paid"],
                                                                    entry["funding_fees_msat"] + entry["closing_fees_msat"]), day)
        self.assertTrue(any(entry["closings_paid"] for _, entry in self.days(self.world.cln)), "one is within the world's past")
        events = client.json("/v1/bkpr-listaccountevents", {}, 201)["events"]
        self.assertEqual(sum(row["debit_msat"] - row["credit_msat"] for row in rows if row["tag"] == "onchain_fee"),
                         sum(one["credit_msat"] - one["debit_msat"] for one in events if one["type"] == "onchain_fee"))

    def test_core_lightnings_bookkeeper_leaves_the_first_second_out(self):
        client = at_hand.cln()
        self.addCleanup(client.close)
        rows = client.json("/v1/bkpr-listincome", {}, 201)["income_events"]
        begin, end = rows[2]["timestamp"], rows[-3]["timestamp"]
        found = client.json("/v1/bkpr-listincome", {"start_time": begin, "end_time": end}, 201)["income_events"]
        self.assertEqual([row for row in rows if begin < row["timestamp"] <= end], found)

    def test_core_lightnings_pages_are_the_whole(self):
        client = at_hand.cln()
        self.addCleanup(client.close)
        for index in ("created", "updated"):
            whole = client.json("/v1/listforwards", {"index": index, "status": "settled"}, 201)["forwards"]
            paged, start = [], 1
            while page := client.json("/v1/listforwards", {"index": index, "status": "settled", "start": start, "limit": 50},
                                      201)["forwards"]:
                paged += page
                start = page[-1][f"{index}_index"] + 1
            self.assertEqual(whole, paged)
            self.assertGreater(len(whole), 50)

    def test_explorers_count_the_public_graph(self):
        public = self.world.public_channels()
        graph = at_hand.lnd().json("/v1/graph")
        self.assertEqual([str(channel.scid) for channel in public], [edge["channel_id"] for edge in graph["edges"]])
        rows = sum(policy is not None for channel in public for policy in channel.policy)
        self.assertEqual(rows, len(at_hand.cln().json("/v1/listchannels", {}, 201)["channels"]))
        hub = self.world.nodes[0]
        own = [channel for channel in public if hub in channel.nodes]
        node = at_hand.mempool().json(f"/api/v1/lightning/nodes/{hub.pubkey}")
        self.assertEqual((len(own), str(sum(channel.capacity_sat for channel in own))),
                         (node["active_channel_count"], node["capacity"]))


class TheSameSeedGivesTheSameWorld(unittest.TestCase):
    def lived(self, seed=3, steps=1, live_at=at_hand.LIVE_AT):
        world = at_hand.World(seed, 20, 2, live_at)
        for step in range(steps):
            world.advance_to(world.live_at * NS + (step + 1) * DAY * NS // steps)
        return truth(world)

    def test_again_and_in_steps(self):
        once = self.lived()
        self.assertEqual(once, self.lived())
        self.assertEqual(once, self.lived(steps=7))

    def test_another_seed_gives_another(self):
        self.assertNotEqual(self.lived()["days"], self.lived(seed=4)["days"])

    def test_a_day_later_it_is_the_same_life(self):
        earlier, later = self.lived()["days"], self.lived(live_at=at_hand.LIVE_AT + DAY)["days"]
        for before, after in zip(sorted(earlier), sorted(later)):
            self.assertEqual(begin_of(before) + DAY, begin_of(after))
            self.assertEqual(earlier[before], later[after])
