"""The service on a real LND: connected through the API, read for reports, watched while it changes, claimed by signing."""
import base64
import json
import secrets
import time
import unittest
import urllib.error
import urllib.request

from net import needs_net, scid
from own_net import forwards, lncli, own_net, today, tomorrow
from own_node_test import GROUPS
from service import DUE_TODAY, SECRET, Service
from simnet.payments import Payments
from simnet.program import wait_until

SETTINGS = "JWT_SECRET={secret}\nMCP_PORT=0\nMCP_LOG_FILE=app.log\nMCP_DEFAULT_LANGUAGE=en\n" \
           "MCP_NODE_ADDRESS_ALLOW=127.0.0.0/8\nMCP_SECRETS_KEY={key}\nMCP_LND_REST_URL={url}\n" \
           "MCP_LND_MACAROON_FILE={macaroon}\nMCP_LND_TLS_CERT_FILE={certificate}\n" + DUE_TODAY


class LaterService(Service):
    """It is tomorrow there: what was paid today is reported."""

    def environment(self):
        return {**super().environment(), "HOME": str(self.folder), **tomorrow()}


def settings_on(graph):
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return SETTINGS.format(secret=SECRET, key=key, url=graph.url, macaroon=graph.readonly,
                           certificate=graph.certificate)


@needs_net
class OnTheService(unittest.TestCase):
    """bob's reports; the graph is dave's."""

    @classmethod
    def setUpClass(cls):
        cls.net = own_net()
        cls.bob = cls.net.nodes["bob"]
        cls.service = LaterService(settings_on(cls.net.nodes["dave"]))
        cls.addClassCleanup(cls.service.close)
        cls.service.run("migrate")
        cls.service.run("user", "add", "bob", "--node", cls.bob.pubkey, "--enable")
        cls.service.start()
        cls.service.wait_for(lambda: "ended:" in cls.service.log())

    def setUp(self):
        if today() != self.net.paid_on:
            self.skipTest("midnight came after the payments")

    def call(self, method, path, body=None, user="bob", *rights):
        """@return status and answer of the API"""
        request = urllib.request.Request(
            self.service.base + path, None if body is None else json.dumps(body).encode(), method=method,
            headers={"Authorization": f"Bearer {self.service.token(user, *rights)}", "Accept-Language": "en",
                     "Content-Type": "application/json"})
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return answer.status, json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    return error.code, json.load(error)
                time.sleep(int(error.headers["Retry-After"]))  # a node is tried every ten seconds at most

    def connect(self, node=None, macaroon=None):
        node = node or self.bob
        macaroon = macaroon or node.bake("service", "--root_key_id=7210", *GROUPS)
        return self.call("PUT", "/api/v1/user/profile/node",
                         {"kind": "lnd", "url": node.url, "macaroon": macaroon.read_bytes().hex(),
                          "tls_cert": node.certificate.read_text()})

    def report(self):
        """@return bob's report, made just now"""
        begins_at = len(self.service.log())
        self.assertEqual(self.call("POST", "/api/v1/admin/reports/daily/trigger", None, "op", "--admin")[0], 202)
        self.service.wait_for(lambda: "ended:" in self.service.log()[begins_at:])
        return self.call("GET", "/api/v1/reports/daily/latest")[1]["report"]


class Connected(OnTheService):
    """Each test connects bob anew, so that he is read anew."""

    def setUp(self):
        super().setUp()
        time.sleep(1)  # what was read in the second of the connecting counts
        status, answer = self.connect()
        self.assertEqual((status, answer["node"]["state"], answer["missing"]), (200, "ok", []), answer)
        self.assertEqual(answer["node"]["pubkey"], self.bob.pubkey)
        self.assertIn("0.18.2", answer["node"]["version"])

    def test_the_report_tells_the_private_figures_that_lncli_tells(self):
        report = self.report()
        metrics, summary = report["metrics"], report["summary"]
        balance = lncli(self.bob, "channelbalance")
        local, remote = (int(balance[f"{side}_balance"]["msat"]) for side in ("local", "remote"))
        self.assertEqual((metrics["capacity"]["local_balance"], metrics["capacity"]["remote_balance"]),
                         (local // 1000, remote // 1000))
        self.assertAlmostEqual(metrics["capacity"]["liquidity_ratio"], local / (local + remote), places=4)
        events = forwards(self.bob)
        fees = sum(int(event["fee_msat"]) for event in events)
        self.assertEqual((metrics["forwarding"]["forwards_24h"], metrics["forwarding"]["forwards_7d"]),
                         (len(events), len(events)))
        self.assertEqual((metrics["forwarding"]["revenue_24h"], metrics["forwarding"]["revenue_7d"]),
                         (fees // 1000, fees // 1000))
        self.assertEqual(summary["revenue_sats_24h"], fees // 1000)
        self.assertAlmostEqual(summary["forwarding_rate_24h"], len(events) / 24, places=3)
        self.assertIsNone(metrics["forwarding"]["success_rate_24h"], "LND keeps no failures")
        self.assertEqual(metrics["channels"]["pending"], 0)
        said = {scid(channel["chan_id"]): channel for channel in lncli(self.bob, "listchannels")["channels"]}
        for channel in report["channels"]:
            told = said[channel["channel_id"]]
            self.assertEqual((channel["local_sats"], channel["remote_sats"]),
                             (int(told["local_balance"]), int(told["remote_balance"])))
        gaps = {gap["path"] for gap in report["absent"] if gap["source"] == "node"}
        self.assertIn("metrics.forwarding.success_rate_24h", gaps)
        self.assertIn("metrics.network.uptime_24h", gaps)
        self.assertNotIn("metrics.capacity.local_balance", gaps)
        source = next(source for source in report["sources"] if source["name"] == "node")
        self.assertEqual((source["status"], source["error"]), ("ok", None))

    def test_z_a_payment_under_way_is_told_and_gone_when_it_is_settled(self):
        held = Payments(self.net).hold("alice", "carol", 9_000_001, "alice-bob")
        wait_until("bob to hold it on both sides", lambda: sum(
            len(channel["pending_htlcs"]) for channel in lncli(self.bob, "listchannels")["channels"]) == 2)
        report = self.report()
        balance = lncli(self.bob, "channelbalance")
        self.assertGreater(int(balance["unsettled_remote_balance"]["msat"]), 0)
        self.assertEqual(report["metrics"]["capacity"]["local_balance"], int(balance["local_balance"]["msat"]) // 1000)
        known = len(forwards(self.bob))
        held.settle()
        wait_until("the forward", lambda: len(forwards(self.bob)) == known + 1)
        self.assertEqual(self.report()["metrics"]["capacity"], report["metrics"]["capacity"],
                         "a node that was read within half an hour is not read again")

    def test_a_macaroon_that_could_pay_is_refused_and_the_old_one_stays(self):
        status, answer = self.connect(macaroon=self.bob.admin)
        self.assertEqual(status, 403, answer)
        self.assertIn("lncli bakemacaroon", answer["detail"])
        self.assertEqual(self.call("GET", "/api/v1/user/profile/node")[1]["node"]["state"], "ok")

    def test_somebody_elses_node_is_not_connected(self):
        status, answer = self.connect(self.net.nodes["alice"])
        self.assertEqual(status, 409, answer)
        self.assertEqual(self.call("GET", "/api/v1/user/profile/node")[1]["node"]["pubkey"], self.bob.pubkey)

    def test_no_log_line_and_no_answer_holds_the_macaroon(self):
        macaroon = (self.bob.folder / "service.macaroon").read_bytes()
        self.report()
        texts = [self.service.log(), self.service.errors.read_text()]
        texts += [json.dumps(self.call("GET", path)[1])
                  for path in ("/api/v1/user/profile", "/api/v1/user/profile/node", "/api/v1/reports/daily/latest")]
        for form in (macaroon.hex(), base64.b64encode(macaroon).decode(), base64.urlsafe_b64encode(macaroon).decode()):
            for text in texts:
                self.assertNotIn(form[:60], text)
        for file in self.service.folder.rglob("*.db*"):
            kept = file.read_bytes()
            self.assertNotIn(macaroon[:40], kept)
            self.assertNotIn(macaroon.hex().encode()[:60], kept)


class Claimed(OnTheService):
    """The node signs."""

    def challenge(self, user, node):
        status, answer = self.call("POST", "/api/v1/user/profile/claim", {"lightning_pubkey": node.pubkey}, user)
        self.assertEqual(status, 200, answer)
        return answer

    def sign(self, node, challenge):
        return json.loads(node.lncli("signmessage", challenge["challenge"]))["signature"]

    def verify(self, user, signature):
        return self.call("POST", "/api/v1/user/profile/claim/verify", {"signature": signature}, user)

    def a_user(self, name):
        self.call("PUT", "/api/v1/user/profile", {"language": "en"}, name)
        return name

    def test_a_signature_by_the_node_makes_it_the_users_once(self):
        carol = self.net.nodes["carol"]
        squatter, owner = self.a_user("squatter"), self.a_user("owner")
        self.assertEqual(self.call("PUT", "/api/v1/user/profile", {"lightning_pubkey": carol.pubkey}, squatter)[0], 200)
        self.assertEqual(self.call("PUT", "/api/v1/user/profile", {"lightning_pubkey": carol.pubkey}, owner)[0], 409)
        signature = self.sign(carol, self.challenge(owner, carol))
        status, answer = self.verify(owner, signature)
        self.assertEqual(status, 200, answer)
        profile = self.call("GET", "/api/v1/user/profile", None, owner)[1]
        self.assertEqual((profile["lightning_pubkey"], profile["pubkey_verified"], profile["pubkey_verified_by"]),
                         (carol.pubkey, True, "signature"))
        self.assertIsNone(self.call("GET", "/api/v1/user/profile", None, squatter)[1]["lightning_pubkey"])
        self.assertNotEqual(self.verify(owner, signature)[0], 200, "a challenge counts once")

    def test_no_other_signature_does(self):
        alice, dave = self.net.nodes["alice"], self.net.nodes["dave"]
        user = self.a_user("forger")
        for sign in (lambda challenge: self.sign(alice, challenge),
                     lambda challenge: json.loads(dave.lncli("signmessage", "something else"))["signature"],
                     lambda challenge: "y" * 104, lambda challenge: "no signature"):
            status, answer = self.verify(user, sign(self.challenge(user, dave)))
            self.assertIn(status, (400, 403), answer)
        self.assertIsNone(self.call("GET", "/api/v1/user/profile", None, user)[1]["lightning_pubkey"])

    def test_what_lncli_prints_can_be_pasted_whole(self):
        dave, user = self.net.nodes["dave"], self.a_user("paster")
        challenge = self.challenge(user, dave)
        self.assertEqual(self.verify(user, dave.lncli("signmessage", challenge["challenge"]))[0], 200)


class Zz_Changing(OnTheService):
    """Comes last: channels are closed, and bob is restarted."""

    def fresh_report(self):
        """The node is read anew for a report when its user connects it anew."""
        time.sleep(1)
        self.assertEqual(self.connect()[0], 200)
        return self.report()

    def pending(self):
        return sum(len(rows) for rows in lncli(self.bob, "pendingchannels").values() if isinstance(rows, list))

    def test_closings_are_told_while_they_wait_and_after(self):
        self.net.close("bob-carol")
        self.net.close("alice-bob", by_force=True)
        wait_until("bob to know", lambda: lncli(self.bob, "pendingchannels")["waiting_close_channels"])
        self.assertEqual(self.fresh_report()["metrics"]["channels"]["pending"], self.pending())
        self.net.mine(1)
        wait_until("the closings", lambda: {closing["close_type"] for closing in lncli(
            self.bob, "closedchannels")["channels"]} >= {"COOPERATIVE_CLOSE"})
        report = self.fresh_report()
        self.assertEqual(report["metrics"]["channels"]["pending"], self.pending())
        closed = {scid(closing["chan_id"]) for closing in lncli(self.bob, "closedchannels")["channels"]}
        self.assertLessEqual(closed, {closing["channel_id"] for closing in report["closed_channels"]})

    def test_z_a_node_that_is_down_or_locked_is_told_apart_and_its_figures_are_absent(self):
        self.assertEqual(self.connect()[0], 200)
        self.addCleanup(self.back_to_work)
        self.bob.program.stop()
        _, answer = self.call("POST", "/api/v1/user/profile/node/test")
        self.assertEqual(answer["node"]["state"], "failing", answer)
        self.assertIn("refused", answer["node"]["error"])
        self.bob.start(locked=True)
        self.bob.wait_for("LOCKED")
        status, answer = self.connect(macaroon=self.bob.folder / "service.macaroon")
        self.assertEqual((status, answer["node"]["state"]), (200, "failing"), answer)
        self.assertIn("locked", answer["node"]["error"])

    def back_to_work(self):
        self.bob.program.kill()
        self.bob.start()
        self.bob.wait_active()


if __name__ == "__main__":
    unittest.main()
