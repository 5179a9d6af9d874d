"""Every fault does what it says: one test each, of that name."""
import gzip
import http.client
import json
import pathlib
import socket
import ssl
import time
import unittest
import zlib

import at_hand
from sandbox.servers.faults import KNOWN, LIES

FEES = "/api/v1/fees/recommended"
PRICES = "/api/v1/prices"


class Faults(unittest.TestCase):
    def setUp(self):
        self.sandbox = at_hand.sandbox()
        self.addCleanup(self.sandbox.set_faults, {"all": None})
        self.mempool, self.lnd, self.cln = at_hand.mempool(), at_hand.lnd(), at_hand.cln()
        for client in (self.mempool, self.lnd, self.cln):
            self.addCleanup(client.close)

    def set(self, server, spec):
        self.sandbox.set_faults({server: spec})

    def assert_well(self):
        self.sandbox.set_faults({"all": None})
        self.assertEqual(200, at_hand.mempool().ask(FEES)[0])

    def test_refuse(self):
        self.assertEqual(200, self.mempool.ask(FEES)[0])
        self.set("mempool", "refuse")
        with self.assertRaises((ConnectionError, http.client.HTTPException)):
            self.mempool.ask(FEES)  # the connection from before is gone as well
        with self.assertRaises(ConnectionRefusedError):
            at_hand.mempool().ask(FEES)
        self.assertEqual(200, self.lnd.ask("/v1/state")[0], "the others are not touched")
        self.assert_well()

    def test_hang(self):
        self.set("mempool", "hang")
        with self.assertRaises(TimeoutError):
            at_hand.mempool(timeout=0.2).ask(FEES)
        self.assert_well()

    def test_latency(self):
        self.set("mempool", {"fault": "latency", "ms": 150})
        begin = time.monotonic()
        self.assertEqual(200, self.mempool.ask(FEES)[0])
        self.assertGreater(time.monotonic() - begin, 0.15)

    def test_drip(self):
        self.set("mempool", {"fault": "drip", "ms": 3})
        begin = time.monotonic()
        status, _, body = self.mempool.ask(FEES)
        self.assertGreater(time.monotonic() - begin, 0.003 * len(body))
        self.assertEqual((200, True), (status, "fastestFee" in json.loads(body)))

    def test_429(self):
        self.set("mempool", {"fault": "429", "retry_after": 7})
        status, headers, _ = self.mempool.ask(FEES)
        self.assertEqual((429, "7"), (status, headers["Retry-After"]))
        self.set("mempool", "429")
        status, headers, _ = self.mempool.ask(FEES)
        self.assertEqual((429, None), (status, headers["Retry-After"]))

    def test_500(self):
        self.set("all", "500")
        self.assertEqual(500, self.mempool.ask(FEES)[0])
        self.assertEqual(500, self.cln.ask("/v1/getinfo", {})[0])
        self.assertEqual(2, json.loads(self.lnd.ask("/v1/getinfo")[2])["code"])

    def test_503(self):
        self.set("mempool", {"fault": "503", "retry_after": 3})
        status, headers, _ = self.mempool.ask(FEES)
        self.assertEqual((503, "3"), (status, headers["Retry-After"]))

    def test_html(self):
        self.set("mempool", "html")
        status, headers, body = self.mempool.ask(FEES)
        self.assertEqual((200, "text/html; charset=utf-8"), (status, headers["Content-Type"]))
        self.assertTrue(body.startswith(b"<!DOCTYPE html>"))

    def test_empty(self):
        self.set("mempool", "empty")
        self.assertEqual((200, b""), self.mempool.ask(FEES)[::2])

    def test_truncated(self):
        whole = self.mempool.ask(FEES)[2]
        self.set("mempool", "truncated")
        self.assertEqual((200, whole[:len(whole) // 2]), self.mempool.ask(FEES)[::2])

    def test_cut(self):
        self.set("mempool", "cut")
        with self.assertRaises(http.client.IncompleteRead):
            self.mempool.ask(FEES)

    def test_huge(self):
        self.set("mempool", {"fault": "huge", "mb": 3})
        status, headers, body = self.mempool.ask(FEES)
        self.assertEqual((200, None), (status, headers["Content-Length"]))
        self.assertEqual(3 << 20, len(json.loads(body)["alias"]))
        self.assertEqual(100, KNOWN["huge"][1]["mb"])

    def test_bomb(self):
        self.set("mempool", {"fault": "bomb", "mb": 5})
        _, headers, body = self.mempool.ask(FEES, headers={"Accept-Encoding": "gzip"})
        self.assertEqual("gzip", headers["Content-Encoding"])
        self.assertLess(len(body), 50_000)
        self.assertGreater(len(zlib.decompress(body, 31)), 5 << 20)

    def test_lies(self):
        hub = self.sandbox.world.nodes[0].pubkey
        target = f"/api/v1/lightning/nodes/{hub}"
        honest = self.mempool.ask(target)[2]
        told = {}
        for kind in LIES:
            self.set("mempool", {"fault": "lies", "kind": kind})
            status, _, told[kind] = self.mempool.ask(target)
            self.assertEqual(200, status)
            self.assertNotEqual(honest, told[kind])
        self.assertLess(int(json.loads(told["negative"])["capacity"]), 0)
        self.assertGreater(int(json.loads(told["absurd"])["capacity"]), 2**64)
        self.assertIsInstance(json.loads(told["types"])["capacity"], dict)
        with self.assertRaises(UnicodeDecodeError):
            told["utf8"].decode()
        with self.assertRaises(RecursionError):
            json.loads(told["deep"])
        self.assertEqual(2, told["duplicate"].count(b'"public_key":'))
        client = at_hand.Client(self.sandbox.servers["rgs"].address)
        self.set("rgs", "lies")
        self.assertNotEqual(b"LDK", client.ask("/snapshot/0")[2][:3])

    def test_clock(self):
        prices = self.mempool.json(PRICES)
        before = self.lnd.json("/v1/switch", {"num_max_events": 1})["forwarding_events"][0]
        self.set("all", {"fault": "clock", "seconds": -3600})
        self.assertEqual(prices["time"] - 3600, self.mempool.json(PRICES)["time"])
        after = self.lnd.json("/v1/switch", {"num_max_events": 1})["forwarding_events"][0]
        self.assertEqual(int(before["timestamp_ns"]) - 3600 * 10**9, int(after["timestamp_ns"]))
        self.assertEqual(before["amt_in_msat"], after["amt_in_msat"])

    def test_wrong_certificate(self):
        self.assertEqual(200, self.lnd.ask("/v1/state")[0])
        self.set("lnd", "wrong_certificate")
        with self.assertRaises(ssl.SSLCertVerificationError):
            at_hand.lnd().ask("/v1/state")
        address = self.sandbox.servers["mempool"].address.replace("http:", "https:")
        with self.assertRaises(ssl.SSLCertVerificationError):
            at_hand.Client(address).ask(FEES)
        stranger = at_hand.Client(address, self.sandbox.certificates["stranger"])
        self.assertEqual(200, stranger.ask(FEES)[0], "it is the certificate alone that is wrong")

    def test_expired_macaroon(self):
        self.set("lnd", "expired_macaroon")
        status, _, body = self.lnd.ask("/v1/getinfo")
        self.assertEqual(500, status)
        self.assertRegex(json.loads(body)["message"], r'^caveat "time-before .*Z" not satisfied: macaroon has expired$')

    def test_locked(self):
        self.set("lnd", "locked")
        self.assertEqual({"state": "LOCKED"}, self.lnd.json("/v1/state"))
        found = self.lnd.json("/v1/getinfo", status=500)
        self.assertEqual("wallet locked, unlock it to enable full RPC access", found["message"])

    def test_starting(self):
        self.set("lnd", "starting")
        found = self.lnd.json("/v1/channels", status=500)
        self.assertEqual((2, "the RPC server is in the process of starting up, but not yet ready to accept calls"),
                         (found["code"], found["message"]))

    def test_half_synced(self):
        whole, edges = self.lnd.json("/v1/getinfo"), len(self.lnd.json("/v1/graph")["edges"])
        self.set("all", "500")
        self.sandbox.set_faults({"all": None, "lnd": "half_synced", "cln": "half_synced"})
        half = self.lnd.json("/v1/getinfo")
        self.assertEqual((True, False), (half["synced_to_chain"], half["synced_to_graph"]))
        self.assertLess(half["num_active_channels"], whole["num_active_channels"])
        self.assertEqual((edges + 1) // 2, len(self.lnd.json("/v1/graph")["edges"]))
        active = sum(channel["active"] for channel in self.lnd.json("/v1/channels")["channels"])
        self.assertEqual(half["num_active_channels"], active)
        self.assertIn("warning_lightningd_sync", self.cln.json("/v1/getinfo", {}, 201))
        self.set("lnd", {"fault": "half_synced", "chain": False})
        self.assertFalse(self.lnd.json("/v1/getinfo")["synced_to_chain"])

    def test_expired_rune(self):
        self.set("cln", "expired_rune")
        self.assertEqual(1502, self.cln.json("/v1/getinfo", {}, 401)["code"])

    def test_graphql_errors(self):
        self.set("amboss", "graphql_errors")
        found = at_hand.amboss().json("/graphql", {"query": "{getHello}"})
        self.assertEqual((None, "Too many requests"), (found["data"], found["errors"][0]["message"]))

    def test_every_fault_has_its_test(self):
        self.assertEqual([], [name for name in KNOWN if not hasattr(self, f"test_{name}")])


class FaultsAreAimed(unittest.TestCase):
    def setUp(self):
        self.sandbox = at_hand.sandbox()
        self.addCleanup(self.sandbox.set_faults, {"all": None})
        self.mempool = at_hand.mempool()
        self.addCleanup(self.mempool.close)

    def test_at_so_many_requests(self):
        self.sandbox.set_faults({"mempool": {"fault": "500", "times": 2}})
        self.assertEqual([500, 500, 200], [self.mempool.ask(FEES)[0] for _ in range(3)])

    def test_at_a_path(self):
        self.sandbox.set_faults({"mempool": [{"fault": "500", "path": "/prices"}, {"fault": "empty", "path": "/fees/"}]})
        self.assertEqual([(500, False), (200, True)], [(status, body == b"") for status, _, body in
                                                       (self.mempool.ask(PRICES), self.mempool.ask(FEES))])

    def test_unknown_ones_are_refused_and_change_nothing(self):
        for wrong in ({"mempool": "locked"}, {"mempool": "sleepy"}, {"nobody": "hang"}, {"mempool": {"fault": "hang", "ms": 1}},
                      {"mempool": {"fault": "refuse", "times": 1}}, {"mempool": {"fault": "lies", "kind": "white"}}):
            with self.assertRaises(ValueError):
                self.sandbox.set_faults(wrong)
        self.assertEqual(200, self.mempool.ask(FEES)[0])


class Control(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sandbox = at_hand.Sandbox(seed=2, nodes=20, days=1, live_at=at_hand.LIVE_AT, faults={"rgs": "refuse"})

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.close()

    def setUp(self):
        self.control = at_hand.Client(self.sandbox.control.address)
        self.addCleanup(self.control.close)

    def test_faults_at_the_start_and_by_request(self):
        with self.assertRaises(ConnectionRefusedError):
            at_hand.Client(self.sandbox.servers["rgs"].address).ask("/snapshot/0")
        found = self.control.json("/_sandbox/faults", {"rgs": None, "amboss": {"fault": "429", "retry_after": 1}})
        self.assertEqual([{"fault": "429", "retry_after": 1}], found["amboss"])
        self.assertEqual(200, at_hand.Client(self.sandbox.servers["rgs"].address).ask("/snapshot/0")[0])
        self.assertEqual(429, at_hand.amboss(self.sandbox).ask("/graphql", {"query": "{getHello}"})[0])
        self.assertIn("locked", self.control.json("/_sandbox/faults", {"mempool": "locked"}, status=400)["error"])

    def ended(self, server):
        """The requests that a server got, once all have ended: it notes that a moment after the client has its answer."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            found = self.control.json(f"/_sandbox/requests?server={server}")["requests"]
            if all(one["seconds"] is not None for one in found):
                return found
        self.fail("a request never ended")

    def test_requests_can_be_counted_and_their_spacing_measured(self):
        self.control.ask("/_sandbox/requests", method="DELETE")
        client = at_hand.lnd(self.sandbox)
        for _ in range(3):
            client.ask("/v1/getinfo", headers={"User-Agent": "mcp-api/test"})
        found = self.ended("lnd")
        self.assertEqual([("GET", "/v1/getinfo", 200)] * 3, [(one["method"], one["target"], one["status"]) for one in found])
        self.assertTrue(found[0]["at"] < found[1]["at"] < found[2]["at"])
        self.assertEqual(1, len({one["connection"] for one in found}))
        headers = found[0]["headers"]
        self.assertEqual(("(given)", "mcp-api/test"), (headers["grpc-metadata-macaroon"], headers["user-agent"]))
        self.assertEqual([], [one for one in self.control.json("/_sandbox/requests")["requests"] if one["server"] == "control"])

    def test_time_goes_on_by_request_only(self):
        before = self.control.json("/_sandbox")["now"]
        self.assertEqual(before + 3 * 86_400 + 5, self.control.json("/_sandbox/advance", {"days": 3, "seconds": 5})["now"])
        truth = self.control.json("/_sandbox/truth?node=" + self.sandbox.world.lnd.pubkey)
        self.assertEqual(5, len(truth["days"]))
        self.assertEqual({self.sandbox.world.lnd.pubkey}, set(truth["nodes"]))
        self.assertIn("error", self.control.json("/_sandbox/advance", {"seconds": -1}, status=400))
        self.assertIn("there_are", self.control.json("/_sandbox/nothing", status=404))

    def test_time_goes_on_by_factor(self):
        before = self.control.json("/_sandbox")["now"]
        self.control.json("/_sandbox/factor", {"factor": 100_000})
        end = time.monotonic() + 5
        while self.sandbox.world.now_at < before + 1000 and time.monotonic() < end:
            self.control.json("/_sandbox")
        self.control.json("/_sandbox/factor", {"factor": 0})
        self.assertGreaterEqual(self.sandbox.world.now_at, before + 1000)
        stands = self.control.json("/_sandbox")["now"]
        self.assertEqual(stands, self.control.json("/_sandbox")["now"])


class TheServersSpeakHttp(unittest.TestCase):
    def test_gzip_is_given_to_who_takes_it(self):
        hub = at_hand.sandbox().world.nodes[0].pubkey
        target = f"/api/v1/lightning/nodes/{hub}"
        plain = at_hand.mempool().ask(target)[2]
        _, headers, packed = at_hand.mempool().ask(target, headers={"Accept-Encoding": "gzip, deflate"})
        self.assertEqual(("gzip", plain), (headers["Content-Encoding"], gzip.decompress(packed)))

    def test_plain_http_on_a_tls_port(self):
        port = at_hand.sandbox().servers["lnd"].port
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            connection.sendall(b"GET /v1/state HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = b""
            while more := connection.recv(4096):
                answer += more
        self.assertTrue(answer.startswith(b"HTTP/1.0 400 Bad Request\r\n"))
        self.assertTrue(answer.endswith(b"Client sent an HTTP request to an HTTPS server.\n"))

    def test_nonsense_ends_the_connection_and_nothing_else(self):
        port = at_hand.sandbox().servers["mempool"].port
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            connection.sendall(b"\x00\xff nonsense\r\n\r\n")
            self.assertEqual(b"", connection.recv(10))
        self.assertEqual(200, at_hand.mempool().ask(FEES)[0])

    def test_macaroons_are_files_as_lnd_writes_them(self):
        for file in at_hand.sandbox().macaroons.values():
            self.assertTrue(pathlib.Path(file).read_bytes().startswith(b"\x02\x01\x03lnd\x02"))
