"""The API by its own description: schemathesis asks every operation of /openapi.json, well and badly, and holds each
answer to what the description promises. ./dev test installs it into build/tools/venv (tools/test-requirements.txt)."""
import json
import os
import subprocess
import unittest

from service import BASIC, DUE_TODAY, ROOT, Service, small_graph

PROGRAM = ROOT / "build/tools/venv/bin/schemathesis"
SEED = os.environ.get("MCP_TEST_SEED", "20261125")
SECONDS_MAX = 300  # on a busy machine; some 20 s on an idle one

# What is asked for may be well said and still not be possible as things stand, which the contract answers with 400.
CONFIGURATION = """
[[operations]]
include-operation-id = ["triggerReports", "enableDailyReport"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "403", "404"]

# No schema tells a real macaroon or signature: what looks like one is examined and refused.
[[operations]]
include-operation-id = ["putNode", "verifyClaim", "sendSnapshot"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "429", "503"]
checks.negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "409", "413", "415", "429"]
"""


@unittest.skipUnless(PROGRAM.exists(), "no schemathesis: PyPI could not be reached (build/setup.log)")
class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BASIC + DUE_TODAY + "MCP_GRAPH_FILE=graph.json\nMCP_RATE_LIMIT_PER_MINUTE=0\n")
        cls.addClassCleanup(cls.service.close)
        nodes = small_graph(cls.service.folder / "graph.json", 300)
        cls.service.run("migrate")
        for user, node in (("alice", nodes[3]), ("op", nodes[4])):
            cls.service.run("user", "add", user, "--node", node, "--enable")
        cls.service.start()  # has users and never ran: makes up the day's run
        cls.service.wait_for(lambda: "ended:" in cls.service.log())
        cls.tokens = {"user": cls.service.token("alice"), "admin": cls.service.token("op", "--admin")}
        cls.description = cls.service.folder / "openapi.json"
        cls.description.write_text(json.dumps(cls.with_real_examples()))
        cls.configuration = cls.service.folder / "schemathesis.toml"
        cls.configuration.write_text(CONFIGURATION)

    @classmethod
    def get(cls, path, token):
        return json.loads(cls.service.shell(f"curl -sf -H 'Authorization: Bearer {token}' $BASE{path}"))

    @classmethod
    def with_real_examples(cls):
        """The description as it is served, but for the ids in its examples: the tester begins with those, and they shall
        be found."""
        text = cls.service.shell("curl -sf $BASE/openapi.json")
        shown = json.loads(text)["paths"]["/api/v1/reports/daily/{report_id}"]["get"]["parameters"][0]["example"]
        task = json.loads(text)["paths"]["/api/v1/admin/tasks/{task_id}"]["get"]["parameters"][0]["example"]
        report = cls.get("/api/v1/reports/daily/latest", cls.tokens["user"])["report"]["report_id"]
        run = cls.service.log().split(" ended:")[0].split()[-1]
        return json.loads(text.replace(shown, report).replace(task, run))

    def ask(self, who, *options):
        command = [PROGRAM, "--config-file", str(self.configuration), "run", str(self.description),
                   "--url", self.service.base, "--header", f"Authorization: Bearer {self.tokens[who]}", "--checks", "all",
                   "--continue-on-failure", "--max-examples", "25", "--seed", SEED, "--generation-database", "none",
                   "--request-timeout", "10", "--no-color", *options]
        ended = subprocess.run(command, cwd=self.service.folder, capture_output=True, text=True, timeout=SECONDS_MAX,
                               check=False)
        said = f"seed {SEED}\n{ended.stdout}{ended.stderr}"
        self.assertEqual(ended.returncode, 0, said)
        self.assertRegex(ended.stdout, r"[1-9]\d* generated", said)

    def test_1_every_operation_answers_a_user_as_described(self):
        self.ask("user", "--exclude-operation-id", "deleteProfile")

    def test_2_every_operation_answers_an_admin_as_described(self):
        self.ask("admin", "--include-tag", "admin")

    def test_3_also_when_the_profile_is_removed_meanwhile(self):
        self.ask("user", "--include-tag", "profile", "--include-operation-id", "getLatestReport")

    def test_4_nothing_of_it_was_a_failure_of_the_service(self):
        self.assertNotIn(" ERROR http ", self.service.log())  # a run for a node that is in no graph fails as it should
        self.assertEqual(self.service.stop(), 0)


if __name__ == "__main__":
    unittest.main()
