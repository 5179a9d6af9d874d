"""Live sources, as an operator meets them: a small world on loopback speaks for LND, Core Lightning, Rapid Gossip Sync,
mempool.space and Amboss, each is broken in every way it can be, and the report is made all the same: the gap is named,
no figure is invented, nobody waits for long."""
import concurrent.futures
import json
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from service import ROOT, SECRET, Service, program

sys.path.insert(0, str(ROOT))
from sandbox.sandbox import Sandbox  # noqa: E402: the path had to come first

GRAPHS = {"lnd": "lnd_graph", "cln": "cln_graph", "rgs": "rgs"}
PROVIDERS = ("mempool", "amboss")
LONGEST = 180  # seconds for one report, whatever its sources do: two minutes until a graph begins, one for the others
AT_ONCE = 6    # most of a broken source's time is waiting
# What a source does with it still answers: late, dated wrongly, or so that only some of it is of no use.
HARMLESS = {"latency", "clock"}
LIES = [{"fault": "lies", "kind": kind} for kind in ("negative", "absurd", "utf8", "types", "deep", "duplicate")]
EVERYWHERE = ["refuse", "hang", "drip", "429", {"fault": "429", "retry_after": 3600}, "500", "503", "html", "empty",
              "truncated", "cut", {"fault": "huge", "mb": 100}, {"fault": "bomb", "mb": 100},
              {"fault": "latency", "ms": 300}, "clock", *LIES]
OWN = {"lnd": ["wrong_certificate", "expired_macaroon", "locked", "starting", "half_synced"],
       "cln": ["wrong_certificate", "expired_rune", "half_synced"], "amboss": ["graphql_errors"]}


def fault_name(fault):
    return fault if isinstance(fault, str) else fault["fault"]


def fault_text(fault):
    return fault if isinstance(fault, str) else " ".join(str(part) for part in fault.values())


class World:
    """A sandbox with the files that point the program to it."""

    def __init__(self):
        self.sandbox = Sandbox(seed=3, nodes=40, days=4)
        self.home = tempfile.TemporaryDirectory(prefix="mcp-api-sources-")
        self.folder = pathlib.Path(self.home.name)
        document = self.sandbox.document()
        self.nodes = document["nodes"]
        (self.folder / "rune").write_text(document["rune"] + "\n")
        self.keys = {
            "lnd": {"MCP_LND_REST_URL": document["lnd"], "MCP_LND_MACAROON_FILE": document["macaroons"]["monitor"],
                    "MCP_LND_TLS_CERT_FILE": document["certificates"]["lnd"]},
            "cln": {"MCP_CLN_REST_URL": document["cln"], "MCP_CLN_RUNE_FILE": str(self.folder / "rune"),
                    "MCP_CLN_CA_FILE": document["certificates"]["cln"]},
            "rgs": {"MCP_RGS_URL": document["rgs"]},
            "mempool": {"MCP_MEMPOOL_URL": document["servers"]["mempool"]},
            "amboss": {"MCP_AMBOSS_URL": document["amboss"]}}
        self.calls = 0

    def run(self, arguments, sources, home=None, **further):
        """@param home of an earlier call, to be used again. @return (exit status, output, errors, seconds)"""
        self.calls += 1
        keys = {name: value for source in sources for name, value in self.keys[source].items()}
        home = home or self.folder / f"home{self.calls}"
        home.mkdir(exist_ok=True)
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home), **keys, **further}
        began = time.monotonic()
        done = subprocess.run([program(), *arguments], env=environment, cwd=home, capture_output=True, text=True,
                              timeout=3 * LONGEST, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr, time.monotonic() - began

    def report(self, sources, node=None, home=None, **further):
        status, out, errors, seconds = self.run(
            ["report", "--node", node or self.nodes["lnd"], "--format", "json", "--lang", "en"], sources, home, **further)
        return status, json.loads(out) if status == 0 else None, errors, seconds

    def close(self):
        self.sandbox.close()
        self.home.cleanup()


def states(report):
    return {state["name"]: state for state in report["sources"]}


def told_by(report, source):
    """{path: value} of all that the report has from one provider, without what dates it."""
    dates = {"as_of", "asked_at", "closed_at", "first_seen"}
    told = {}
    if source == "mempool":
        told |= {f"fees.{name}": value for name, value in report["onchain"]["fees"].items()}
        told |= {f"price.{name}": value for name, value in (report["btc_price"] or {}).items() if name not in dates}
    for kind in ("network", "node"):
        for row in report["providers"][kind] or []:
            if row["source"] == source:
                told |= {f"{kind}.{name}": value for name, value in row.items() if name not in dates}
    for channel in report["closed_channels"] or []:
        for row in channel["told_by"]:
            if row["source"] == source:
                told |= {f"closed.{channel['channel_id']}.{name}": value for name, value in row.items()
                         if name not in dates}
    return told


def nulls(value, path=""):
    """Paths of all nulls in a document, as absent[] names them."""
    if value is None:
        return {path}
    if isinstance(value, dict):
        return set().union(*(nulls(inner, f"{path}.{name}" if path else name) for name, inner in value.items()), set())
    return set()


class Sources(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)

    def check(self, sources, **further):
        status, out, errors, _ = self.world.run(["check", "sources", "--format", "json"], sources, **further)
        self.assertIn(status, (0, 1), errors)
        return status, {row["name"]: row for row in json.loads(out)["sources"]}

    def test_a_report_stands_on_all_of_them(self):
        status, report, errors, _ = self.world.report(["lnd", "mempool", "amboss"])
        self.assertEqual(status, 0, errors)
        found = states(report)
        for name in ("lnd_graph", "mempool", "amboss"):
            self.assertEqual(found[name]["status"], "ok", found[name])
        self.assertEqual(found["node"]["status"], "not_configured")
        world = self.world.sandbox.world
        told = told_by(report, "mempool")
        self.assertEqual({name for name, value in told.items() if value is None and name.startswith(("fees", "price"))}, set())
        for provider in PROVIDERS:
            self.assertEqual(told_by(report, provider)["node.source"], provider)
        self.assertEqual(report["node_pubkey"], world.lnd.pubkey)
        self.assertTrue(report["closed_channels"], "one of each kind lies within the world's past")

    def test_the_graph_is_that_of_the_node(self):
        graphs = {}
        for server in ("lnd", "cln"):
            status, report, errors, _ = self.world.report([server])
            self.assertEqual(status, 0, errors)
            self.assertEqual(states(report)[GRAPHS[server]]["status"], "ok")
            graphs[server] = {(channel["channel_id"], channel["capacity_sats"]) for channel in report["channels"]}
        self.assertEqual(graphs["lnd"], graphs["cln"])

    def test_the_next_call_asks_nobody_twice(self):
        home = self.world.folder / "again"
        sources = ["lnd", "mempool", "amboss"]
        self.assertEqual(self.world.report(sources, home=home)[0], 0)
        self.world.sandbox.log.clear()
        status, report, errors, _ = self.world.report(sources, home=home)
        self.assertEqual(status, 0, errors)
        for server in PROVIDERS:
            self.assertEqual(self.world.sandbox.log.entries(server), [], "an hour has not passed")
            self.assertEqual(states(report)[server]["status"], "ok")

    def test_the_first_source_of_the_graph_that_answers_is_taken(self):
        self.world.sandbox.set_faults({"lnd": "locked"})
        self.addCleanup(self.world.sandbox.set_faults, {"lnd": None})
        status, report, errors, _ = self.world.report(["lnd", "cln", "rgs"])
        self.assertEqual(status, 0, errors)
        self.assertEqual(report["sources"][0]["name"], "cln_graph")
        self.assertEqual(states(report)["lnd_graph"]["status"], "unavailable")
        self.assertIn("locked", states(report)["lnd_graph"]["error"])
        status, report, _, _ = self.world.report(["lnd", "cln", "rgs"], MCP_GRAPH_SOURCES="rgs,cln")
        self.assertEqual(status, 0)
        self.assertEqual(report["sources"][0]["name"], "rgs")
        self.assertNotIn("lnd_graph", states(report), "it was left out")

    def test_check_tells_each_and_what_to_do(self):
        status, rows = self.check(["lnd", "cln", "rgs", "mempool", "amboss"])
        self.assertEqual(status, 0, rows)
        for name in (*GRAPHS.values(), *PROVIDERS):
            self.assertEqual(rows[name]["status"], "ok", rows[name])
            self.assertGreaterEqual(rows[name]["took_ms"], 0)
        self.assertEqual(rows["gossip_file"]["status"], "not_configured")
        self.assertEqual(rows["gossip_file"]["missing"], ["MCP_GRAPH_FILE"])
        self.assertIn("0.18.2", rows["lnd_graph"]["version"])
        self.assertIsNotNone(rows["mempool"]["data_as_of"])

    def test_check_without_any_source_names_those_that_need_no_account(self):
        status, out, _, _ = self.world.run(["check", "sources", "--lang", "en"], [])
        self.assertEqual(status, 0)
        self.assertIn("No source is configured", out)
        status, out, _, _ = self.world.run(["check", "sources", "--lang", "fr"], [])
        self.assertIn("Aucune source n'est configurée", out)

    def test_check_tells_faults_apart(self):
        told = {}
        for fault in OWN["lnd"] + ["refuse"]:
            self.world.sandbox.set_faults({"lnd": fault})
            status, rows = self.check(["lnd"])
            self.assertEqual((status, rows["lnd_graph"]["status"]), (1, "unavailable"), fault)
            told[fault] = rows["lnd_graph"]["error"]
        self.world.sandbox.set_faults({"lnd": None})
        self.assertEqual(len(set(told.values())), len(told), told)
        for fault, error in told.items():
            self.assertNotIn("127.0.0.1", error)
            self.assertNotIn(self.world.sandbox.macaroons["monitor"], error)

    def test_without_a_source_the_call_is_refused_with_what_to_do(self):
        status, _, errors, _ = self.world.run(["report", "--node", self.world.nodes["lnd"], "--lang", "en"], [])
        self.assertEqual(status, 2)
        self.assertIn("configure a source", errors)

    def test_a_node_that_the_graph_does_not_know_is_told_at_once(self):
        status, _, errors, _ = self.world.report(["lnd"], node=self.world.nodes["unknown"])
        self.assertEqual(status, 1)
        self.assertIn("0211", errors)


class ServiceOnSources(unittest.TestCase):
    """The service itself: what it asks, what it keeps, what it says, and how it stops."""

    SOURCES = ("lnd", "mempool", "amboss")
    API_KEY = "amboss-key-of-a-test-that-nobody-may-see"

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        keys = {name: value for source in self.SOURCES for name, value in self.world.keys[source].items()}
        lines = [f"{name}={value}" for name, value in keys.items()]
        self.service = Service(f"JWT_SECRET={SECRET}\nMCP_PORT=0\nMCP_LOG_FILE=app.log\nMCP_DEFAULT_LANGUAGE=en\n"
                               f"DAILY_REPORTS_SCHEDULER_ENABLED=false\nMCP_AMBOSS_API_KEY={self.API_KEY}\n"
                               + "\n".join(lines) + "\n")
        self.addCleanup(self.service.close)
        self.service.start()
        self.service.run("user", "add", "alice", "--node", self.world.nodes["lnd"], "--enable")

    def ask(self, path, *more, user="alice"):
        admin = ["--admin"] if user == "root" else []
        token = self.service.token(user, *admin)
        return json.loads(self.service.shell(f"curl -s -H 'Authorization: Bearer {token}' {' '.join(more)} $BASE{path}"))

    def trigger(self):
        return self.ask("/api/v1/admin/reports/daily/trigger", "-X POST", user="root")["task_id"]

    def generated(self):
        return self.service.log().count("generated successfully")

    def make_report(self):
        before = self.generated()
        self.trigger()
        self.service.wait_for(lambda: self.generated() > before)
        return self.ask("/api/v1/reports/daily/latest")["report"]

    def requests(self, server):
        return [entry for entry in self.world.sandbox.log.entries(server)]

    def test_a_report_tells_what_each_source_gave(self):
        report = self.make_report()
        self.assertEqual({name: states(report)[name]["status"] for name in ("lnd_graph", *PROVIDERS)},
                         {"lnd_graph": "ok", "mempool": "ok", "amboss": "ok"})
        self.assertIsNotNone(report["onchain"]["fees"]["hour_sat_vb"])
        metrics = self.service.shell("curl -s $BASE/metrics")
        self.assertRegex(metrics, r'mcp_source_requests_total\{[^}]*source="mempool"')
        self.assertRegex(metrics, r'mcp_source_breaker_open\{source="amboss"\} 0')
        macaroon = pathlib.Path(self.world.keys["lnd"]["MCP_LND_MACAROON_FILE"]).read_bytes().hex()
        kept = self.service.log() + metrics + json.dumps(report) + self.service.errors.read_text()
        for secret in (self.API_KEY, macaroon, SECRET):
            self.assertNotIn(secret, kept)

    def test_a_restart_asks_nobody_twice(self):
        self.make_report()
        self.service.stop()
        asked = {server: len(self.requests(server)) for server in PROVIDERS}
        self.service.start()
        report = self.make_report()
        self.assertEqual({server: len(self.requests(server)) for server in PROVIDERS}, asked)
        self.assertEqual(states(report)["mempool"]["status"], "ok")

    def test_a_source_that_hangs_keeps_nobody_from_a_report_nor_the_service_from_stopping(self):
        self.world.sandbox.set_faults({"mempool": "hang"})
        self.trigger()
        self.service.wait_for(lambda: self.requests("mempool"))
        began = time.monotonic()
        self.assertEqual(self.service.stop(), 0)
        self.assertLess(time.monotonic() - began, 20)
        self.service.start()
        self.service.wait_for(lambda: self.generated() == 1, wait=150)
        report = self.ask("/api/v1/reports/daily/latest")["report"]
        self.assertEqual(states(report)["mempool"]["status"], "unavailable")
        self.assertEqual(states(report)["amboss"]["status"], "ok")

    def test_a_graph_that_does_not_come_does_not_keep_the_service_from_stopping(self):
        self.world.sandbox.set_faults({"lnd": {"fault": "hang", "path": "/v1/graph"}})
        self.trigger()
        self.service.wait_for(lambda: any("/v1/graph" in entry["target"] for entry in self.requests("lnd")))
        began = time.monotonic()
        self.assertEqual(self.service.stop(), 0)
        self.assertLess(time.monotonic() - began, 10)
        self.assertNotIn(" ERROR ", self.service.log(), "what stops on purpose has not failed")


class FaultMatrix(unittest.TestCase):
    """Every source times every fault. Each worker has a world of its own."""

    @classmethod
    def setUpClass(cls):
        cls.worlds = [World() for _ in range(AT_ONCE)]
        for world in cls.worlds:
            cls.addClassCleanup(world.close)
        cls.file = cls.worlds[0].folder / "graph.json"

    def write_graph_file(self):
        """A graph that the operator keeps besides, for when the first source fails."""
        document = self.worlds[0].sandbox.document()
        macaroon = pathlib.Path(document["macaroons"]["monitor"]).read_bytes().hex()
        request = urllib.request.Request(document["lnd"] + "/v1/graph", headers={"Grpc-Metadata-macaroon": macaroon})
        trust = ssl.create_default_context(cafile=document["certificates"]["lnd"])
        with urllib.request.urlopen(request, context=trust, timeout=30) as answer:
            self.file.write_bytes(answer.read())

    def judge(self, world, server, fault, healthy):
        world.sandbox.set_faults({"all": None, server: fault})
        sources = [server] if server in GRAPHS else [server, "lnd"]
        further = {"MCP_GRAPH_FILE": str(self.file), "MCP_GRAPH_SOURCES": f"{server},file"} if server in GRAPHS else {}
        status, report, errors, seconds = world.report(sources, **further)
        what = f"{server}, {fault_text(fault)}"
        if status != 0:
            return [f"{what}: no report was made: {errors.strip()}"]
        faults = []
        if seconds > LONGEST:
            faults.append(f"{what}: {seconds:.0f} s")
        name = GRAPHS.get(server, server)
        state = states(report)[name]
        is_lie = fault_name(fault) == "lies"
        is_silent = (server, fault) == ("cln", "half_synced")  # it has no word for that
        if state["status"] == "ok" and not is_lie and not is_silent and fault_name(fault) not in HARMLESS:
            faults.append(f"{what}: told as ok")
        if state["status"] in ("unavailable", "stale") and not state["error"]:
            faults.append(f"{what}: {state['status']} without a reason")
        if state["status"] == "unavailable" and server in GRAPHS and report["sources"][0]["name"] != "gossip_file":
            faults.append(f"{what}: the graph comes from {report['sources'][0]['name']}")
        absent = {gap["path"] for gap in report["absent"]}
        for path in nulls({key: report[key] for key in ("summary", "metrics", "onchain", "btc_price")}):
            if path not in absent:
                faults.append(f"{what}: {path} is null without a reason")
        for path, value in told_by(report, name).items():
            is_mended = path == "node.alias" and "\ufffd" in (value or "")
            if value is not None and healthy.get(path) != value and not is_mended:
                faults.append(f"{what}: {path} is {value!r}, and the truth {healthy.get(path)!r}")
        return faults

    def test_a_report_is_made_and_no_figure_invented(self):
        self.write_graph_file()
        jobs = [(server, fault) for server in (*GRAPHS, *PROVIDERS)
                for fault in EVERYWHERE + OWN.get(server, [])]
        free = list(self.worlds)
        _, report, errors, _ = free[0].report(["lnd", *PROVIDERS])
        self.assertIsNotNone(report, errors)
        healthy = {provider: told_by(report, provider) for provider in PROVIDERS}

        def work(job):
            world = free.pop()
            try:
                return self.judge(world, *job, healthy.get(job[0], {}))
            finally:
                free.append(world)

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            faults = [fault for found in pool.map(work, jobs) for fault in found]
        self.assertEqual(faults, [], f"of {len(jobs)} cases")


if __name__ == "__main__":
    unittest.main()
