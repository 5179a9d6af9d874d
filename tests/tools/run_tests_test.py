"""The runner must not be blind: each way of failing is planted and must be counted."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

RUNNER = pathlib.Path(__file__).resolve().parents[2] / "tools/run_tests"
REPORT = '<testsuites><testsuite name="A">{}</testsuite></testsuites>'
PASSED = '<testcase name="Works" classname="A" status="run" result="completed"/>'
FAILED = '<testcase name="Breaks" classname="A" status="run" result="completed"><failure message="1 != 2"/></testcase>'
SKIPPED = ('<testcase name="Waits" classname="A" status="run" result="skipped">'
           '<skipped message="a.cpp:3&#x0A;{}"/></testcase>')


class RunTests(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)

    def planted(self, name, text):
        path = pathlib.Path(self._folder.name, name)
        path.write_text(text)
        path.chmod(0o755)
        return str(path)

    def googletest(self, cases, last="exit 0"):
        """A program that writes the report a GoogleTest program would, then ends by `last`."""
        report = REPORT.format(cases)
        return self.planted("test_x", f"""#!/bin/bash
for word in "$@"; do case $word in --gtest_output=xml:*) file=${{word#*xml:}} ;; esac; done
echo 'said while running'
cat >"$file" <<'END'
{report}
END
{last}
""")

    def run_tests(self, *words):
        logs = os.path.join(self._folder.name, "logs")
        ended = subprocess.run([sys.executable, "-B", str(RUNNER), f"--log-folder={logs}", *words],
                               capture_output=True, text=True)
        return ended.stdout, ended.stdout.splitlines()[-1], ended.returncode

    def test_counts_what_passed(self):
        _, last, status = self.run_tests(f"--program={self.googletest(PASSED * 3)}")
        self.assertEqual((last, status), ("3 passed, 0 failed, 0 skipped", 0))

    def test_a_failure_is_printed_in_full(self):
        output, last, status = self.run_tests(f"--program={self.googletest(PASSED + FAILED, 'exit 1')}")
        self.assertIn("A.Breaks", output)
        self.assertIn("1 != 2", output)
        self.assertEqual((last, status), ("1 passed, 1 failed, 0 skipped", 1))

    def test_a_skip_is_printed_with_its_reason(self):
        output, last, status = self.run_tests(f"--alone={self.googletest(PASSED + SKIPPED.format('no data here'))}")
        self.assertIn("skipped A.Waits: no data here", output)
        self.assertEqual((last, status), ("1 passed, 0 failed, 1 skipped", 0))

    def test_a_skip_without_a_reason_fails(self):
        _, last, status = self.run_tests(f"--program={self.googletest(PASSED + SKIPPED.format(''))}")
        self.assertEqual((last, status), ("1 passed, 1 failed, 0 skipped", 1))

    def test_a_crash_after_good_tests_fails(self):
        output, last, status = self.run_tests(f"--program={self.googletest(PASSED, 'kill -SEGV $$')}")
        self.assertIn("SIGSEGV", output)
        self.assertEqual((last, status), ("1 passed, 1 failed, 0 skipped", 1))

    def test_a_program_that_ran_nothing_fails(self):
        _, last, status = self.run_tests(f"--program={self.googletest('')}")
        self.assertEqual((last, status), ("0 passed, 1 failed, 0 skipped", 1))

    def test_a_program_that_ends_early_without_a_report_fails(self):
        quiet = self.planted("test_quiet", "#!/bin/sh\nexit 0\n")
        _, last, status = self.run_tests(f"--program={quiet}")
        self.assertEqual((last, status), ("0 passed, 1 failed, 0 skipped", 1))

    def test_a_program_that_hangs_is_ended_with_its_children(self):
        marker = os.path.join(self._folder.name, "pid")
        hanging = self.planted("test_hang", f"#!/bin/sh\nsleep 600 &\necho $! >{marker}\nwait\n")
        started = time.monotonic()
        output, last, status = self.run_tests(f"--program={hanging}", "--seconds-max=1")
        self.assertLess(time.monotonic() - started, 30)
        self.assertIn("ran out of time", output)
        self.assertEqual((last, status), ("0 passed, 1 failed, 0 skipped", 1))
        child = pathlib.Path("/proc", pathlib.Path(marker).read_text().strip(), "stat")
        self.assertTrue(not child.exists() or child.read_text().split()[2] == "Z", "the child of the test lives on")

    def test_lints_count_as_tests(self):
        good, bad = self.planted("good", "#!/bin/sh\n"), self.planted("bad", "#!/bin/sh\necho a.cpp:1: wrong\nexit 1\n")
        output, last, status = self.run_tests(f"--lint={good}", f"--lint={bad} --all")
        self.assertIn("a.cpp:1: wrong", output)
        self.assertEqual((last, status), ("1 passed, 1 failed, 0 skipped", 1))

    def test_python_tests_are_counted_with_failures_and_reasons_of_skips(self):
        self.planted("some_test.py", """
import unittest
class T(unittest.TestCase):
    def test_a(self): pass
    def test_b(self): self.assertEqual(1, 2)
    @unittest.skip("not on this machine")
    def test_c(self): pass
""")
        output, last, status = self.run_tests(f"--python={self._folder.name}")
        self.assertIn("1 != 2", output)
        self.assertIn("not on this machine", output)
        self.assertEqual((last, status), ("1 passed, 1 failed, 1 skipped", 1))

    def test_a_python_test_that_cannot_be_loaded_fails(self):
        self.planted("broken_test.py", "import no_such_module\n")
        _, last, status = self.run_tests(f"--python={self._folder.name}")
        self.assertEqual((last, status), ("0 passed, 1 failed, 0 skipped", 1))

    def test_nothing_to_run_is_no_success(self):
        _, last, status = self.run_tests()
        self.assertEqual((last, status), ("0 passed, 0 failed, 0 skipped", 1))
