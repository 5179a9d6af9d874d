"""A little project in a temporary folder, on which a lint is run as a person runs it."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"


class PlantedTree(unittest.TestCase):
    lint = None
    files = {}

    def faults(self, files=None):
        """Output and exit status of the lint on the class's files, some of them changed or added."""
        with tempfile.TemporaryDirectory() as root:
            for name, text in {**self.files, **(files or {})}.items():
                path = pathlib.Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            ended = subprocess.run([sys.executable, "-B", str(TOOLS / self.lint), root], capture_output=True, text=True)
        self.assertIn(ended.returncode, (0, 1), ended.stderr)
        return ended.stdout, ended.returncode

    def assert_clean(self, files=None):
        self.assertEqual(self.faults(files), ("", 0))

    def assert_fault(self, *words, files=None):
        output, status = self.faults(files)
        self.assertEqual(status, 1, "the lint saw nothing")
        self.assertEqual(len(output.splitlines()), 1, output)
        for word in words:
            self.assertIn(word, output)
