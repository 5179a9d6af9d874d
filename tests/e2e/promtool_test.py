"""The metrics page as Prometheus' own tool sees it. ./dev test unpacks promtool into build/tools."""
import pathlib
import shutil
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PRINTER = ROOT / "build/dev/print_docs"
UNPACKED = ROOT / "build/tools/prometheus/usr/bin/promtool"
PROMTOOL = str(UNPACKED) if UNPACKED.exists() else shutil.which("promtool")

# The contract fixes this name, and people's alerts ask for it.
KNOWN = ['daily_reports_users_enabled_total non-counter metrics should not have "_total" suffix']


def complaints(text):
    """What promtool says of a metrics page."""
    ended = subprocess.run([PROMTOOL, "check", "metrics"], input=text, capture_output=True, text=True, timeout=60)
    return (ended.stderr + ended.stdout).strip().splitlines()


@unittest.skipUnless(PROMTOOL, "no promtool: Debian's package prometheus could not be fetched (build/setup.log)")
class Promtool(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = subprocess.run([PRINTER, "metrics-sample"], capture_output=True, text=True, check=True, timeout=60).stdout

    def test_has_one_complaint_and_knows_why(self):
        self.assertEqual(complaints(self.page), KNOWN)

    def test_would_have_more_on_a_worse_page(self):
        help_of_one = "# HELP mcp_graph_refused_total "
        self.assertIn(help_of_one, self.page)
        worse = "\n".join(line for line in self.page.split("\n") if not line.startswith(help_of_one))
        self.assertEqual(sorted(complaints(worse)), sorted(KNOWN + ["mcp_graph_refused_total no help text"]))
        self.assertIn("error while linting", " ".join(complaints("no metric at all\n")))


if __name__ == "__main__":
    unittest.main()
