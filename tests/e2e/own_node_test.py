"""One's own node, as its owner meets it: LND and Core Lightning of a small world on loopback are read by `report`, by
`agent`, and by a service that a user lets in. What they say is held against the world's own ledger, to the msat."""
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest

from own_node_world import KEY, NODE, OnANode, WithService
from service import ROOT, program


class ReportOfOnesOwnNode(OnANode):
    def test_its_figures_are_those_of_the_ledger(self):
        for kind in ("lnd", "cln"):
            with self.subTest(kind):
                report = self.report(kind)
                self.assertEqual(report["node_pubkey"], self.world.keys[kind])
                planted = [self.world.planted(kind, day) for day in self.world.days()]
                forwarding = report["metrics"]["forwarding"]
                self.assertEqual(forwarding["forwards_24h"], planted[-1]["forwards"])
                self.assertEqual(forwarding["forwards_7d"], sum(day["forwards"] for day in planted))
                self.assertGreater(forwarding["forwards_7d"], 0)
                self.assertEqual(forwarding["revenue_24h"], planted[-1]["fee_msat"] // 1000)
                self.assertEqual(forwarding["revenue_7d"], sum(day["fee_msat"] for day in planted) // 1000)
                self.assertIsNotNone(report["metrics"]["capacity"]["local_balance"])
                self.assertIsNone(report["metrics"]["network"]["uptime_24h"], "nobody watched it")
                states = {source["name"]: source["status"] for source in report["sources"]}
                self.assertEqual(states["node"], "ok")

    def test_its_channels_are_those_of_the_ledger(self):
        for kind in ("lnd", "cln"):
            with self.subTest(kind):
                open_ones = {channel["short_id"]: channel for channel in self.world.truth(kind)["nodes"][self.world.keys[kind]]["channels"]
                             if channel["ready_at"] is not None and channel["closing"] is None and channel["short_id"]}
                told = {channel["channel_id"]: channel for channel in self.report(kind)["channels"]}
                compared = 0
                for channel_id, channel in told.items():
                    if channel["local_sats"] is None or channel_id not in open_ones:
                        continue
                    planted = open_ones[channel_id]
                    if kind == "cln":  # lnd leaves commitment fee and anchors out
                        self.assertEqual(channel["local_sats"], planted["own_msat"] // 1000, channel_id)
                    else:
                        self.assertLessEqual(channel["local_sats"], planted["own_msat"] // 1000, channel_id)
                    compared += 1
                self.assertGreater(compared, 2)

    def test_the_call_names_the_node_or_leaves_it_to_the_node(self):
        key = self.world.keys["lnd"]
        self.assertEqual(self.report("lnd", "--node", key[:12])["node_pubkey"], key)
        run = self.world.run("report", *self.world.options("lnd"), "--node", self.world.keys["cln"], "--lang", "en")
        self.assertEqual(run.returncode, 2)
        self.assertIn(f"the node at --node-url is {key}", run.stderr)

    def test_a_graph_of_today_may_be_given_beside_it(self):
        graph = self.world.folder / "graph.json"
        run = subprocess.run(["curl", "-s", "--cacert", self.world.certificates["lnd"], "-H",
                              "Grpc-Metadata-macaroon: " + self.world.secret("lnd"), self.world.urls["lnd"] + "/v1/graph"],
                             capture_output=True, check=True)
        graph.write_bytes(run.stdout)
        report = self.report("lnd", "--graph", str(graph), "--date", self.world.day)
        self.assertEqual(report["metrics"]["forwarding"]["forwards_24h"],
                         self.world.planted("lnd", self.world.days()[-1])["forwards"])

    def test_a_graph_of_another_day_is_refused(self):
        sample = ROOT / "data/sample/mainnet-2024-09-22.describegraph.json.xz"
        run = self.world.run("report", *self.world.options("lnd"), "--graph", str(sample), "--date", "2024-09-22",
                             "--lang", "en")
        self.assertEqual(run.returncode, 2)
        self.assertIn("take a graph of today", run.stderr)

    def test_what_could_do_more_than_read_is_refused_and_never_sent(self):
        self.world.sandbox.log.clear()
        run = self.world.run("report", *self.world.options("lnd", "admin"), "--lang", "en")
        self.assertEqual(run.returncode, 1)
        self.assertIn("lncli bakemacaroon", run.stderr)
        strong = self.world.folder / "strong"
        strong.write_text(self.world.sandbox.strong_rune)
        run = self.world.run("report", "--node-url", self.world.urls["cln"], "--rune", str(strong), "--tls-cert",
                             self.world.certificates["cln"], "--lang", "en")
        self.assertEqual(run.returncode, 1)
        self.assertIn("lightning-cli createrune", run.stderr)
        self.assertEqual(self.world.sandbox.log.entries("lnd") + self.world.sandbox.log.entries("cln"), [])

    def test_wrong_calls_say_what_is_right(self):
        options = self.world.options("lnd")
        for call, words in ((["--macaroon", "m"], "say by --node-url"),
                            (options[:2], "--macaroon FILE for LND"),
                            ([*options, "--rune", "r"], "--macaroon FILE for LND"),
                            (["--node-url", "ftp://node", *options[2:]], "--node-url"),
                            ([*options[:2], "--macaroon", "/nowhere"], "/nowhere")):
            run = self.world.run("report", *call, "--lang", "en", "--node", "ACINQ")
            self.assertIn(run.returncode, (1, 2), call)
            self.assertIn(words, run.stderr, call)
            self.assertEqual(run.stderr.count("\n"), 1, run.stderr)

    def test_a_node_that_does_not_answer_is_told_with_what_to_do(self):
        for fault, words in (("refuse", "refused"), ("locked", "lncli unlock"), ("wrong_certificate", "certificate"),
                             ("starting", "starting")):
            with self.subTest(fault):
                self.world.sandbox.set_faults({"lnd": fault})
                run = self.world.run("report", *self.world.options("lnd"), "--lang", "en")
                self.world.sandbox.set_faults({"lnd": None})
                self.assertEqual(run.returncode, 1, run.stdout)
                self.assertIn(words, run.stderr)
                self.assertNotIn(self.world.secret("lnd"), run.stderr)

    def test_it_keeps_no_credential_in_its_cache(self):
        self.report("lnd")
        self.report("cln")
        kept = [path for path in (self.world.folder / "home").rglob("*") if path.is_file()]
        self.assertTrue(any(path.suffix == ".db" or "sqlite" in path.name for path in kept), kept)
        for path in kept:
            for kind in ("lnd", "cln"):
                self.assertNotIn(self.world.secret(kind).encode(), path.read_bytes(), path)


class AnAgent(OnANode):
    def agent(self, kind, *more, **options):
        return self.world.run("agent", *self.world.options(kind), "--lang", "en", *more, **options)

    def test_a_dry_run_shows_the_ledger_to_the_msat(self):
        for kind in ("lnd", "cln"):
            with self.subTest(kind):
                run = self.agent(kind, "--dry-run")
                self.assertEqual(run.returncode, 0, run.stderr)
                told = json.loads(run.stdout)
                self.assertEqual(told["day"], self.world.day)
                self.assertEqual([day["day"] for day in told["days"]], self.world.days())
                for day in told["days"]:
                    planted = self.world.planted(kind, day["day"])
                    sums = forwards_of(day)
                    self.assertEqual(sums, tuple(planted[name] for name in ("forwards", "in_msat", "out_msat")), day["day"])
                self.assertNotIn(self.world.secret(kind), run.stdout + run.stderr)

    def test_wrong_calls_are_refused(self):
        for call, words in (([], "--service"), (["--service", "http://reports.example.org"], "https://"),
                            (["--service", "https://reports.example.org"], "--user"),
                            (["--service", "https://reports.example.org", "--user", "alice"], "--key"),
                            (["--dry-run", "--at", "24:00"], "HH:MM"), (["--dry-run", "--at", "5:40"], "HH:MM")):
            run = self.agent("lnd", *call)
            self.assertEqual(run.returncode, 2, call)
            self.assertIn(words, run.stderr, call)
        self.assertEqual(self.world.run("agent", "--dry-run").returncode, 2)


def forwards_of(day):
    """@return (count, in, out) of one day of a statement, whose rows are [in channel, out channel, count, in, out]"""
    return tuple(sum(row[column] for row in day["forwards"]) for column in (2, 3, 4))


class AUserLetsTheServiceIn(WithService):
    def test_the_reports_figures_are_those_of_the_ledger(self):
        for user, kind in (("alice", "lnd"), ("carol", "cln")):
            status, answer = self.connect(user, kind)
            self.assertEqual(status, 200, answer)
            self.assertEqual(answer["node"]["pubkey"], self.world.keys[kind])
            self.assertEqual(answer["node"]["state"], "ok")
        for kind, report in zip(("lnd", "cln"), self.make_reports("alice", "carol")):
            planted = [self.world.planted(kind, day) for day in self.world.days()]
            forwarding = report["metrics"]["forwarding"]
            self.assertEqual(forwarding["forwards_24h"], planted[-1]["forwards"], kind)
            self.assertEqual(forwarding["forwards_7d"], sum(day["forwards"] for day in planted), kind)
            self.assertEqual(forwarding["revenue_7d"], sum(day["fee_msat"] for day in planted) // 1000, kind)

    def test_addresses_inside_are_refused_unless_they_are_allowed(self):
        self.service.stop()
        self.service.write_env(self.env(f"MCP_SECRETS_KEY={KEY}\n"))
        self.service.start()
        self.world.sandbox.log.clear()
        status, answer = self.connect("alice", "lnd")
        self.assertIn(status, (400, 403), answer)
        self.assertIn("MCP_NODE_ADDRESS_ALLOW", answer["detail"])
        asked = [entry for entry in self.world.sandbox.log.entries("lnd") if "/v1/graph" not in entry["target"]]
        self.assertEqual(asked, [])

    def test_without_a_key_no_credential_is_taken(self):
        self.service.stop()
        self.service.write_env(self.env("MCP_NODE_ADDRESS_ALLOW=127.0.0.0/8\n"))
        self.service.start()
        status, answer = self.connect("alice", "lnd")
        self.assertEqual(status, 503, answer)
        self.assertIn("MCP_SECRETS_KEY", answer["detail"])
        checked = self.service.run("check", "config", "--lang", "en")
        self.assertIn("MCP_SECRETS_KEY is not set", checked.stderr)

    def test_keys_are_rotated_without_anybody_connecting_anew(self):
        for user, kind in (("alice", "lnd"), ("carol", "cln")):
            self.assertEqual(self.connect(user, kind)[0], 200)
        self.service.stop()
        new = "1e" * 32
        self.service.write_env(self.env(f"MCP_SECRETS_KEY={new}\nMCP_NODE_ADDRESS_ALLOW=127.0.0.0/8\n"))
        self.service.start()
        self.service.wait_for(lambda: "2 of 2 connected nodes cannot be read" in self.service.log())
        refused = self.service.run("migrate", "--rotate-secrets", "--lang", "en", check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("user alice", refused.stderr)
        self.service.stop()
        self.service.write_env(self.env(f"MCP_SECRETS_KEY={new}\nMCP_SECRETS_KEY_OLD={KEY}\n"
                                        "MCP_NODE_ADDRESS_ALLOW=127.0.0.0/8\n"))
        self.service.start()
        self.service.wait_for(lambda: "2 credentials are still sealed" in self.service.log())
        done = self.service.run("migrate", "--rotate-secrets", "--lang", "en")
        self.assertIn("2 credentials sealed anew, 0 with the key of today already", done.stdout)
        self.service.stop()
        self.service.write_env(self.env(f"MCP_SECRETS_KEY={new}\nMCP_NODE_ADDRESS_ALLOW=127.0.0.0/8\n"))
        self.service.start()
        for user in ("alice", "carol"):
            status, answer = self.ask("POST", NODE + "/test", user=user)
            self.assertEqual((status, answer.get("node", {}).get("state")), (200, "ok"), answer)

    def test_an_old_key_alone_stops_the_start(self):
        self.service.stop()
        self.service.write_env(self.env(f"MCP_SECRETS_KEY_OLD={KEY}\n"))
        for call in (["serve"], ["check", "config"]):
            run = self.service.run(*call, "--lang", "en", check=False)
            self.assertEqual(run.returncode, 1, run.stdout)
            self.assertIn("MCP_SECRETS_KEY_OLD is set and MCP_SECRETS_KEY is not", run.stderr)
            self.assertNotIn(KEY, run.stderr + self.service.log())


class AnAgentAndItsService(WithService):
    KEYS = ""  # an agent needs neither key nor leave

    def agent(self, kind, *more, key="agent.key", user="alice"):
        return self.world.run("agent", *self.world.options(kind), "--service", self.service.base, "--user", user, "--key", key,
                              "--lang", "en", *more, home=self.id())

    def register(self, user, kind, key="agent.key"):
        """Makes the agent's key, and lets the service know it with the very line that the agent prints."""
        made = self.agent(kind, "--once", key=key, user=user)
        self.assertEqual(made.returncode, 0, made.stderr)
        line = made.stdout[made.stdout.index("curl -X PUT"):].replace("curl", "curl -s")
        os.environ["TOKEN"] = self.token(user)
        self.addCleanup(os.environ.pop, "TOKEN", None)
        answer = json.loads(subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True).stdout)
        self.assertEqual(answer.get("status"), "success", answer)
        return self.world.folder / self.id() / key

    def test_what_it_sends_is_in_the_report(self):
        for user, kind in (("alice", "lnd"), ("carol", "cln")):
            key = self.register(user, kind, f"{kind}.key")
            self.assertEqual(key.stat().st_mode & 0o777, 0o600)
            sent = self.agent(kind, "--once", key=key.name, user=user)
            self.assertEqual(sent.returncode, 0, sent.stderr)
            self.assertIn("The service took the snapshot", sent.stderr)
            state = key.with_name(key.name + ".state")
            self.assertEqual(state.stat().st_mode & 0o777, 0o600)
            self.assertNotIn(self.world.secret(kind), state.read_text() + sent.stdout + sent.stderr)
        for kind, report in zip(("lnd", "cln"), self.make_reports("alice", "carol")):
            planted = self.world.planted(kind, self.world.days()[-1])
            self.assertEqual(report["metrics"]["forwarding"]["forwards_24h"], planted["forwards"])
            self.assertEqual(report["metrics"]["forwarding"]["revenue_24h"], planted["fee_msat"] // 1000)

    def test_an_agent_that_nobody_knows_is_told_so(self):
        self.agent("lnd", "--once")
        sent = self.agent("lnd", "--once")
        self.assertEqual(sent.returncode, 1)
        self.assertIn("the service: it answers with HTTP status 401", sent.stderr)

    def test_who_registers_somebody_elses_agent_gets_nothing(self):
        self.register("carol", "lnd")
        sent = self.agent("lnd", "--once", user="alice")
        self.assertEqual(sent.returncode, 1)
        self.assertIn("the service: it answers with HTTP status 401", sent.stderr)
        self.assertIn("it signs for the user 'alice' (--user)", sent.stderr)

    def test_days_gone_by_are_asked_for_once(self):
        self.register("alice", "lnd")
        for calls in ("more than one day", "none or one day"):
            self.world.sandbox.log.clear()
            sent = self.agent("lnd", "--once")
            asked = [entry for entry in self.world.sandbox.log.entries("lnd") if "/v1/switch" in entry["target"]]
            if calls == "more than one day":
                self.assertEqual(sent.returncode, 0, sent.stderr)
                first = len(asked)
                self.assertGreater(first, 0)
            else:
                self.assertLess(len(asked), first)
                self.assertIn("Read the node", sent.stderr)
                self.assertIn("HTTP status 429", sent.stderr)  # so soon after the first one

    def test_it_runs_until_it_is_told_to_stop_and_stops_at_once(self):
        self.register("alice", "lnd")
        home = self.world.folder / self.id()
        with open(home / "stderr", "w") as errors:
            agent = subprocess.Popen([program(), "agent", *self.world.options("lnd"), "--service", self.service.base,
                                      "--user", "alice", "--key", "agent.key", "--lang", "en"], cwd=home, stdout=subprocess.PIPE, stderr=errors,
                                     env={"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"})
        self.addCleanup(agent.wait)
        self.addCleanup(agent.kill)
        self.service.wait_for(lambda: "The service took the snapshot" in (home / "stderr").read_text())
        self.assertRegex(pathlib.Path(f"/proc/{agent.pid}/limits").read_text(), r"Max core file size +0 +0 ")
        self.world.sandbox.set_faults({"lnd": "hang"})
        self.addCleanup(self.world.sandbox.set_faults, {"lnd": None})
        began = time.monotonic()
        agent.send_signal(signal.SIGTERM)
        self.assertEqual(agent.wait(timeout=20), 0)
        self.assertLess(time.monotonic() - began, 3)
        self.assertNotIn(" ERROR ", (home / "stderr").read_text())
        agent.stdout.close()


class NoCoreIsLeft(WithService):
    def test_a_service_that_is_killed_leaves_no_memory_behind(self):
        self.assertEqual(self.connect("alice", "lnd")[0], 200)
        pid = self.service.process.pid
        self.assertRegex(pathlib.Path(f"/proc/{pid}/limits").read_text(), r"Max core file size +0 +0 ")
        before = {path for path in self.service.folder.rglob("*") if path.is_file()}
        self.service.stop(signal.SIGABRT)
        cores = [path for path in self.service.folder.rglob("*") if path.is_file() and path not in before]
        self.assertEqual([path for path in cores if "core" in path.name or path.stat().st_size > 10_000_000], [])
        self.assertIn("LimitCORE=0", (ROOT / "docs/operate/guide.md").read_text())


if __name__ == "__main__":
    unittest.main()
