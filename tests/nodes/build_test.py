"""What the build of the net says where it cannot build: a Go that is planted, or none. Needs no Go itself."""
import pathlib
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(__file__).resolve().parents[1] / "support/simnet/build"
A_GO = """#!/bin/sh
case "$1" in
env) echo go{version} ;;
list) {list} ;;
build) while [ "$1" != -o ]; do shift; done; {build} ;;
esac
"""


class BuildOfTheNet(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mcp-api-build-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.net = self.folder / "net"
        self.missing = self.folder / "net.missing"
        self.log = self.folder / "net.log"

    def run_build(self):
        ended = subprocess.run([BUILD, self.net], capture_output=True, text=True, timeout=60, check=False,
                               env={"PATH": f"{self.folder}:/usr/bin:/bin", "GOROOT": str(self.folder / "none")})
        return ended.returncode, ended.stderr

    def plant_go(self, version="1.21.4", list="true", build='touch "$2/made"'):
        path = self.folder / "go"
        path.write_text(A_GO.format(version=version, list=list, build=build))
        path.chmod(0o755)
        return path

    def test_a_go_that_is_too_old_is_named(self):
        go = self.plant_go(version="1.19.8")
        status, _ = self.run_build()
        self.assertEqual(status, 0)
        self.assertIn("no Go 1.21.4 or newer in PATH or /usr/local/go", self.missing.read_text())
        self.assertIn(f", {go} is 1.19.8", self.missing.read_text())
        self.assertFalse(self.net.exists())

    def test_modules_that_cannot_be_fetched_are_a_reason_with_the_words_of_go(self):
        self.plant_go(list="echo 'go: downloading a v1' >&2; echo 'dial tcp: no such host' >&2; exit 1")
        status, told = self.run_build()
        reason = "the Go modules of btcd and lnd cannot be fetched: dial tcp: no such host"
        self.assertEqual((status, self.missing.read_text().strip()), (0, reason))
        self.assertIn(reason, told)

    def test_a_build_that_fails_is_an_error_and_no_reason_to_skip(self):
        self.plant_go(build="echo 'undefined: proto' >&2; exit 1")
        status, told = self.run_build()
        self.assertEqual(status, 1)
        self.assertIn("undefined: proto", told)
        self.assertFalse(self.missing.exists() or self.net.exists())

    def test_it_is_built_once_and_again_after_a_failure(self):
        self.plant_go(version="1.20")
        self.run_build()
        self.assertTrue(self.missing.exists())
        self.plant_go(version="1.100.0")
        self.assertEqual(self.run_build()[0], 0)
        self.assertTrue((self.net / "made").exists())
        self.assertFalse(self.missing.exists())
        self.plant_go(build="exit 1")
        self.assertEqual(self.run_build(), (0, ""))
        self.assertTrue((self.net / "made").exists())

    def test_other_pins_are_another_build(self):
        self.plant_go()
        self.run_build()
        (self.net / "pins").write_text("other ones\n")
        self.plant_go(list="exit 1")
        self.run_build()
        self.assertFalse(self.net.exists())
        self.assertTrue(self.missing.exists())


if __name__ == "__main__":
    unittest.main()
