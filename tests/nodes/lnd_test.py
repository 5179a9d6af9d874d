"""mcp-api on a real LND: its graph over REST, and each thing that can be wrong between the two."""
import json
import os
import unittest

import faults
from net import check_channels, needs_net, network, node
from service import DUE_TODAY, SECRET, Service

# What docs/operate/sources.md tells the operator to bake: enough, and nothing more.
LEAST_RIGHTS = ("uri:/lnrpc.Lightning/GetInfo", "uri:/lnrpc.Lightning/DescribeGraph")
BASIC = f"JWT_SECRET={SECRET}\nMCP_PORT=0\nMCP_LOG_FILE=app.log\nMCP_DEFAULT_LANGUAGE=en\n" + DUE_TODAY


def settings(keys, **more):
    return BASIC + "".join(f"{name}={value}\n" for name, value in {**keys, **more}.items())


class OwnService(Service):
    """What is fetched for a report on the terminal is kept in the home: each test has its own."""

    def environment(self):
        return {**super().environment(), "HOME": str(self.folder)}


def source(report, name):
    return next(entry for entry in report["sources"] if entry["name"] == name)


class OnLnd(unittest.TestCase):
    """A service with settings of its own, or what an operator types beside it; its reports are bob's."""

    def configured(self, keys, **more):
        service = OwnService(settings(keys, **more))
        self.addCleanup(service.close)
        return service

    def typed_report(self, service, owner="bob"):
        return json.loads(service.run("report", "--node", node(owner).pubkey, "--format", "json").stdout)

    def report_of_first_run(self, service):
        """Starts the service, which never ran and so makes up the day's run at once."""
        service.run("migrate")
        service.run("user", "add", "bob", "--node", node("bob").pubkey, "--enable")
        service.start()
        service.wait_for(lambda: "ended:" in service.log())
        return self.latest(service)

    def report_of_next_run(self, service):
        begins_at = len(service.log())
        service.shell(f"curl -sf -X POST -H 'Authorization: Bearer {service.token('op', '--admin')}' "
                      "$BASE/api/v1/admin/reports/daily/trigger")
        service.wait_for(lambda: "ended:" in service.log()[begins_at:])
        return self.latest(service)

    def latest(self, service):
        line = f"curl -sf -H 'Authorization: Bearer {service.token('bob')}' $BASE/api/v1/reports/daily/latest"
        return json.loads(service.shell(line))["report"]

    def assert_from_lnd(self, report, owner="bob"):
        check_channels(self, report, owner)
        told = source(report, "lnd_graph")
        self.assertEqual((told["status"], told["error"]), ("ok", None))
        self.assertLess(told["age_seconds"], 3600)


@needs_net
class GraphOverRest(OnLnd):
    def setUp(self):
        self.keys = faults.keys_of(node("dave"), macaroon=node("dave").bake("graph", *LEAST_RIGHTS))

    def test_a_report_tells_what_lnd_tells_to_the_millisatoshi(self):
        service = self.configured(self.keys)
        for owner in network().nodes:
            self.assert_from_lnd(self.typed_report(service, owner), owner)

    def test_the_service_makes_its_reports_of_it(self):
        service = self.configured(self.keys)
        self.assert_from_lnd(self.report_of_first_run(service))
        self.assertNotIn(" ERROR ", service.log())
        secret = self.keys["MCP_LND_MACAROON_FILE"].read_bytes().hex()
        self.assertNotIn(secret, service.log() + service.errors.read_text())

    def test_the_file_stands_by_and_is_not_read(self):
        service = self.configured(self.keys, MCP_GRAPH_FILE="none.json")
        self.assert_from_lnd(self.typed_report(service))

    def test_what_one_node_gave_does_not_stand_for_another(self):
        service = self.configured(self.keys)
        self.assert_from_lnd(self.typed_report(service))
        with faults.a_closed_port() as gone:
            service.write_env(settings(gone, MCP_LND_REST_URL=f"{gone['MCP_LND_REST_URL']}/"))
            same = source(self.typed_report(service), "lnd_graph")
            self.assertEqual(same["status"], "ok", "for an hour")
            other = gone["MCP_LND_REST_URL"].replace("127.0.0.1", "localhost")
            service.write_env(settings(gone, MCP_LND_REST_URL=other))
            told = source(self.typed_report(service), "lnd_graph")
        self.assertNotEqual(told["status"], "ok")
        self.assertIn("connection was refused", told["error"])

    def test_check_sources_finds_it_good(self):
        service = self.configured(self.keys)
        found = entry_of_lnd(service.run("check", "sources", "--format", "json"))
        self.assertEqual((found["status"], found["error"]), ("ok", None))
        self.assertIn("0.18.2", found["version"])


def entry_of_lnd(run):
    return next(entry for entry in json.loads(run.stdout)["sources"] if entry["name"] == "lnd_graph")


@needs_net
class WhatCanBeWrong(OnLnd):
    """Each fault has words of its own with what to do, wherever it is told, and the report is made from the file."""

    def meet(self, fault):
        """@return what `check sources` told, and what two reports and the log told"""
        with fault() as keys:
            service = self.configured(keys, MCP_GRAPH_FILE="graph.json")
            (service.folder / "graph.json").write_text(node("alice").lncli("describegraph"))
            checked = service.run("check", "sources", "--format", "json", check=False)
            reports = [self.typed_report(service), self.report_of_first_run(service)]
        self.assertEqual((checked.returncode, entry_of_lnd(checked)["status"]), (1, "unavailable"))
        for report in reports:
            check_channels(self, report, "bob", viewer="alice")
            self.assertEqual(source(report, "lnd_graph")["status"], "unavailable")
            self.assertEqual(source(report, "gossip_file")["status"], "ok")
        logged = [line for line in service.log().splitlines() if " ERROR " in line]
        self.assertEqual(len(logged), 1, logged)
        return entry_of_lnd(checked), [source(report, "lnd_graph")["error"] for report in reports] + logged

    def told(self, fault, *words):
        checked, texts = self.meet(fault)
        for word in words:
            for text in [checked["error"], *texts]:
                self.assertIn(word, text)

    def test_the_certificate_of_another(self):
        self.told(faults.the_certificate_of_another, "another certificate", "copy its present one")

    def test_no_certificate(self):
        self.told(faults.no_certificate, "no authority that this machine trusts", "give its certificate")

    def test_no_macaroon(self):
        self.told(faults.no_macaroon, "LND got no macaroon; let MCP_LND_MACAROON_FILE name one")

    def test_the_macaroon_of_another(self):
        self.told(faults.the_macaroon_of_another, "of another node", "lncli bakemacaroon")

    def test_an_expired_macaroon(self):
        self.told(faults.an_expired_macaroon, "macaroon has expired", "lncli bakemacaroon")

    def test_a_macaroon_of_another_address(self):
        self.told(faults.a_macaroon_of_another_address, "bound to another IP address", "make one for this machine")

    def test_a_macaroon_without_the_right(self):
        self.told(faults.a_macaroon_without_the_right, "lacks the right to read", "lncli bakemacaroon")

    def test_a_locked_wallet(self):
        self.told(faults.a_locked_wallet, "wallet of LND is locked", "lncli unlock")

    def test_a_node_that_is_starting(self):
        self.told(faults.a_node_that_is_starting, "still starting", "try again")

    def test_a_node_that_is_not_synchronised(self):
        self.told(faults.a_node_that_is_not_synchronised, "does not know the whole network yet", "that it has peers")

    def test_a_closed_port(self):
        self.told(faults.a_closed_port, "connection was refused", "check that the server runs")

    def test_a_node_that_hangs(self):
        self.told(faults.a_node_that_hangs, "no connection within 10 seconds", "check host, port and firewall")

    def test_a_node_killed_in_the_middle_of_its_graph(self):
        with faults.a_node_killed_in_the_middle() as keys:
            service = self.configured(keys, MCP_GRAPH_FILE="graph.json")
            (service.folder / "graph.json").write_text(node("alice").lncli("describegraph"))
            report = self.typed_report(service)
        told = source(report, "lnd_graph")
        self.assertEqual(told["status"], "unavailable")
        self.assertRegex(told["error"], "^GET /v1/graph.*the connection broke before the answer was whole; try again")
        check_channels(self, report, "bob", viewer="alice")


@needs_net
class GoingAway(OnLnd):
    def test_what_it_gave_stands_in_with_the_reason_and_is_renewed_when_it_is_back(self):
        service = self.configured(faults.keys_of(node("dave")))
        self.assert_from_lnd(self.report_of_first_run(service))
        with faults.a_closed_port():
            self.two_hours_later(service)
            report = self.report_of_next_run(service)
        check_channels(self, report, "bob", viewer="alice")
        told = source(report, "lnd_graph")
        self.assertEqual(told["status"], "stale")
        self.assertIn("connection was refused", told["error"])
        self.assert_from_lnd(self.report_of_next_run(service))

    def two_hours_later(self, service):
        """A graph serves for an hour; what was fetched says by its file's time when that was."""
        fetched = list((service.folder / "graphs/incoming").glob("*.graph"))
        self.assertEqual(len(fetched), 1)
        then = fetched[0].stat().st_mtime - 2 * 3600
        os.utime(fetched[0], (then, then))


if __name__ == "__main__":
    unittest.main()
