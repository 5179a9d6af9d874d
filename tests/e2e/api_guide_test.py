"""The API guide, in both languages: every command runs as it stands there, and answers the fields that it shows."""
import json
import os
import pathlib
import re
import subprocess
import unittest

from service import BASIC, ROOT, Service, program, small_graph

GUIDES = {"en": ROOT / "docs/guide/api.md", "fr": ROOT / "docs/guide/api.fr.md"}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language):
    """The guide's blocks: (kind, text), in order."""
    return BLOCK.findall(GUIDES[language].read_text())


def commands(language):
    """What its reader types, but for the language that the reports shall have."""
    typed = [text for kind, text in blocks(language) if kind in ("sh", "bash")]
    return [text.replace(f"REPORT_LANG={language}", "REPORT_LANG=LANGUAGE") for text in typed]


def shape(value):
    """The keys of a document, at every depth; of a list, those of its first element. None: null, which has any shape."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None if value is None else "value"


def differences(shown, real, path=""):
    """What a shown document has and a real one has not, or the other way round."""
    if isinstance(shown, dict) and isinstance(real, dict):
        odd = [f"{path}.{key}" for key in shown.keys() ^ real.keys()]
        return odd + [d for key in shown.keys() & real.keys() for d in differences(shown[key], real[key], f"{path}.{key}")]
    if isinstance(shown, list) and isinstance(real, list):
        if len(shown) != len(real):
            return [f"{path}[]"]
        return differences(shown[0], real[0], f"{path}[]") if shown else []
    return [] if None in (shown, real) or shown == real else [path]


class Guide:
    """A service, and the shell that a reader of the guide has open beside it."""

    def __init__(self, language):
        self.service = Service(BASIC.replace("MCP_DEFAULT_LANGUAGE=en", f"MCP_DEFAULT_LANGUAGE={language}") +
                               "MCP_GRAPH_FILE=graph.json\n")
        self.node = small_graph(self.service.folder / "graph.json", 300)[3]
        self.service.start()
        path = self.service.folder / "bin"
        path.mkdir()
        (path / "mcp-api").symlink_to(program())
        self.names = {**self.service.environment(), "PATH": f"{path}:{os.environ['PATH']}"}

    def run(self, text):
        return subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=self.service.folder, env=self.names,
                              capture_output=True, text=True, check=False, timeout=60)

    def prepare(self, text):
        """What the guide has its reader set; only address and node are this test's own."""
        text = re.sub(r"http://127\.0\.0\.1:8000", self.service.base, text)
        text = re.sub(r"\b0[23][0-9a-f]{64}\b", self.node, text)
        ended = self.run(text + "\njq -n '$ENV | {BASE, NODE, TOKEN, ADMIN_TOKEN, REPORT_LANG}'")
        if ended.returncode:
            raise AssertionError(f"{text}\n{ended.stderr}")
        self.names.update(json.loads(ended.stdout))


class ApiGuide(unittest.TestCase):
    def follow(self, language):
        guide = Guide(language)
        self.addCleanup(guide.service.close)
        before, last, compared = None, None, 0
        for kind, text in blocks(language):
            if kind == "sh":
                guide.prepare(text)
            elif kind == "bash":
                ended = guide.run(text)
                self.assertEqual(ended.returncode, 0, f"{text}\n{ended.stdout}{ended.stderr}")
                last = ended.stdout
            elif kind == "json":
                self.assertEqual(before, "bash", f"it shows the answer to nothing:\n{text}")
                odd = differences(shape(json.loads(text)), shape(json.loads(last)))
                self.assertEqual(odd, [], f"the guide shows\n{text}\nthe service answers\n{last}")
                compared += 1
            else:
                self.fail(f"```{kind}: neither sh, bash nor json")
            before = kind
        self.assertGreater(compared, 10)
        self.assertNotIn("ERROR", guide.service.log())

    def test_english_commands_run(self):
        self.follow("en")

    def test_french_commands_run(self):
        self.follow("fr")

    def test_both_languages_have_the_same_commands(self):
        self.assertEqual(commands("en"), commands("fr"))

    def test_every_route_of_the_api_stands_in_both(self):
        guide = Guide("en")
        self.addCleanup(guide.service.close)
        paths = json.loads(guide.service.shell("curl -sf $BASE/openapi.json"))["paths"]
        for language in GUIDES:
            about_nodes = GUIDES[language].with_name(GUIDES[language].name.replace("api", "node")).read_text()
            called = re.sub(r"\$(ID|TASK)", "{}", "\n".join([*commands(language), about_nodes]))
            for path in paths:
                if path.startswith("/api/") and path != "/api/v1/agent/snapshot":  # `mcp-api agent` sends it
                    wanted = "$BASE" + re.sub(r"\{\w+\}", "{}", path)
                    self.assertRegex(called, re.escape(wanted) + r'["?]', f"{path} is in no command of api.{language}")

    def test_a_guide_that_shows_other_fields_would_fail(self):
        real = {"a": 1, "b": [{"c": 1, "d": None}]}
        for shown, odd in ((real, []),
                           ({"a": None, "b": [{"c": 1, "d": {"e": 1}}]}, []),
                           ({"a": 1}, [".b"]),
                           ({"a": 1, "b": [{"c": 1, "e": 2}]}, [".b[].d", ".b[].e"]),
                           ({"a": 1, "b": []}, [".b[]"]),
                           ({"a": 1, "b": 2}, [".b"])):
            self.assertEqual(sorted(differences(shape(shown), shape(real))), odd, shown)


if __name__ == "__main__":
    unittest.main()
