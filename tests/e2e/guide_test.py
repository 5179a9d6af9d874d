"""The deployment guide, its steps typed as they stand there: only paths and the port are this test's own."""
import json
import re
import unittest

from service import BASIC, Service, sample_nodes

ENV = BASIC + """
# Daily reports
DAILY_REPORTS_SCHEDULER_ENABLED=true
DAILY_REPORTS_HOUR=6
DAILY_REPORTS_MINUTE=0
DAILY_REPORTS_MAX_CONCURRENT=20  # instead of 10
DAILY_REPORTS_MAX_RETRIES=3
DAILY_REPORTS_TIMEOUT=300

# keys of other programs in the same file
POSTGRES_PASSWORD="not ours"
export NODE_ENV=production
OPENAI_API_KEY='sk-none'
"""
JSON = "-H 'Content-Type: application/json'"


class DeploymentGuide(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(ENV)
        cls.service.shell("mkdir -p rag/RAG_assets/reports/daily")
        cls.service.start()
        node = sample_nodes()[200]
        cls.service.run("user", "add", "test_user_id", "--node", node)
        cls.user = f"-H 'Authorization: Bearer {cls.service.token('test_user_id')}'"
        cls.admin = f"-H 'Authorization: Bearer {cls.service.token('op', '--admin')}'"

    @classmethod
    def tearDownClass(cls):
        cls.service.close()

    def curl(self, words):
        return json.loads(self.service.shell(f"curl -sf {words}"))

    def test_1_the_scheduler_is_in_the_log(self):
        self.service.wait_for(lambda: "scheduler" in self.service.log())
        lines = self.service.shell("grep -i scheduler app.log")
        self.assertIn("Daily report scheduler started - will run daily at 06:00 UTC", lines)

    def test_2_a_user_enables_the_report(self):
        answer = self.curl(f"-X POST {self.user} {JSON} $BASE/api/v1/user/profile/daily-report/enable")
        self.assertEqual(answer["status"], "success")
        self.assertEqual(answer["schedule"], "Every day at 06:00 UTC")
        self.assertRegex(answer["next_report"], r"^\d{4}-\d\d-\d\dT06:00:00Z$")
        status = self.curl(f"{self.user} $BASE/api/v1/user/profile/daily-report/status")
        self.assertEqual(status["enabled"], True)
        self.assertEqual(status["schedule"], "0 6 * * *")
        self.assertEqual(status["total_reports"], 0)
        self.assertIsNone(status["last_report"])

    def test_3_an_operator_triggers_it(self):
        answer = self.curl(f"-X POST {self.admin} {JSON} -d '{{\"user_ids\":[\"test_user_id\"]}}' "
                           "$BASE/api/v1/admin/reports/daily/trigger")
        self.assertEqual(answer["status"], "started")
        self.assertRegex(answer["task_id"], r"^daily_reports_\d{8}_\d{6}$")
        self.assertEqual(answer["user_ids"], ["test_user_id"])
        self.service.wait_for(lambda: "generated successfully" in self.service.log())
        lines = self.service.shell("grep daily_report app.log")
        self.assertRegex(lines, r"INFO daily_report Report [0-9a-f-]{36} generated successfully")
        task = self.curl(f"{self.admin} $BASE/api/v1/admin/tasks/{answer['task_id']}")["task"]
        self.assertEqual((task["done"], task["failed"]), (1, 0))

    def test_4_the_report_is_there(self):
        summary = json.loads(self.service.shell(
            f"curl -s {self.user} $BASE/api/v1/reports/daily/latest | jq .report.summary"))
        self.assertIn(summary["status"], ("healthy", "warning", "critical"))
        self.assertIsNone(summary["revenue_sats_24h"])
        many = self.service.shell(
            f"curl -s {self.user} \"$BASE/api/v1/reports/daily/history?days=7\" | jq '.reports|length'")
        self.assertEqual(many.strip(), "1")
        asset = json.loads(self.service.shell(
            "jq .summary rag/RAG_assets/reports/daily/test_user_id/$(date -u +%Y%m%d).json"))
        self.assertEqual(asset, summary)

    def test_5_no_errors_and_the_metrics(self):
        self.service.shell("! grep ERROR app.log")
        metrics = self.service.shell("curl -s $BASE/metrics | grep daily_reports")
        self.assertIn('daily_reports_generated_total{status="completed"} 1', metrics)
        self.assertIn("daily_reports_users_enabled_total 1", metrics)
        mean = self.service.shell("grep generation_duration app.log | awk '{s+=$NF;n++} END{print s/n}'")
        self.assertGreater(float(mean), 0)
        self.service.shell("grep generation_duration app.log | awk '$NF > 30'")

    def test_6_the_partial_rollback(self):
        self.service.shell("echo DAILY_REPORTS_SCHEDULER_ENABLED=false >> .env")
        self.assertEqual(self.service.stop(), 0)
        before = len(self.service.log())
        self.service.start()
        self.service.wait_for(lambda: "Daily report scheduler is disabled" in self.service.log()[before:])
        status = self.curl(f"{self.user} $BASE/api/v1/user/profile/daily-report/status")
        self.assertEqual((status["total_reports"], status["next_report"]), (1, None))
        self.curl(f"{self.user} $BASE/api/v1/reports/daily/latest")
        self.assertFalse(re.search("Making up|Starting scheduled", self.service.log()[before:]))


if __name__ == "__main__":
    unittest.main()
