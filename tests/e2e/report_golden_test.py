"""The reports of real nodes: byte for byte as they were last read and approved, true to the schema, the same in both languages.

UPDATE_GOLDEN=1 rewrites the files of tests/golden (see the README there).
"""
import collections
import difflib
import functools
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests/golden"
GRAPHS = ROOT.parent / "shared/data/graph"
GRAPH = GRAPHS / "lnd-2024-03-19.subgraph-100.describegraph.json"
SAMPLE = ROOT / "data/sample/mainnet-2024-09-22.describegraph.json.xz"  # carries no dates and no channel ids
RECORDED = unittest.skipUnless(GRAPH.exists(), "no recorded graphs: ../shared is not here")

NODES = {"hub": "033d8656219478701227199cbd6f670335c8d408a92ae88b962c49d4dc0e83e025",  # bfx-lnd0: nearly every advice
         "mid": "0333175e2ddb8ae3fab14125c312cf62b9da6dc54fc922edd1aa11e4e059496594",  # Gondolin 🏔🏯🏔: channels disabled
         "small": "03db3386adf0e2221555a7f3fc7282eca60c5eabfed8e1789d591a9241c342c091"}  # sanju: one channel, disabled
# null is an answer there, not a gap: nobody, nothing, no error; and sources explain the gaps of others
ANSWERS = {"error_message", "channels[].disabled_by", "changes[].before", "changes[].after", "sources[].fetched_at",
           "sources[].age_seconds", "sources[].error"}


@functools.cache
def program():
    """The optimised program where it is built, else the one with sanitizers."""
    built = [path for path in (ROOT / "build/release/mcp-api", ROOT / "build/dev/mcp-api") if path.exists()]
    if not built:
        raise FileNotFoundError("mcp-api is not built: ./dev build")
    return str(built[0])


CACHE = tempfile.TemporaryDirectory()


@functools.cache
def report(node, language, shape, graph=GRAPH, history=(), more=()):
    command = [program(), "--lang", language, "report", "--graph", str(graph), "--node", node, "--format", shape, *more]
    for older in history:
        command += ["--history", str(older)]
    run = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "XDG_CACHE_HOME": CACHE.name})
    if run.returncode or run.stderr:
        raise AssertionError(f"{' '.join(command)}: status {run.returncode}\n{run.stderr.decode()}")
    return run.stdout.decode()


def both_languages(node, **how):
    return tuple(json.loads(report(node, language, "json", **how)) for language in ("en", "fr"))


@functools.cache
def validator():
    schema = json.loads((ROOT / "docs/reference/report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def timeless(text):
    """The JSON without the moment of its making; that all of its times are that moment is checked on the way."""
    made = json.loads(text)["generation_timestamp"]
    text, ages = re.subn(r'"age_seconds": \d+', '"age_seconds": "AGE"', text.replace(made, "MADE"))
    assert ages == 1, f"{ages} ages of sources, not 1"
    return text


def leaves(value, path=""):
    """(path, value) of all that is no list and no object; list positions as []."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, f"{path}[]")
    else:
        yield path, value


def numbers(document):
    return [leaf for leaf in leaves(document)
            if isinstance(leaf[1], (int, float)) and leaf[0] != "sources[].age_seconds"]


def words_of_the_program(document):
    """What no sentence tells: the same in every language."""
    told = re.compile(r"(title|description|suggested_action|confidence|text|inputs|reason|basis|headline|error)$|warnings\[\]$")
    clock = {"language", "generation_timestamp", "created_at", "updated_at", "sources[].fetched_at"}
    return [(path, value) for path, value in leaves(document)
            if isinstance(value, str) and not told.search(path) and path not in clock]


FIGURE = {"en": re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"),
          "fr": re.compile(r"(?:\d{1,3}(?:\u202f\d{3})+(?!\d)|\d+)(?:[,.]\d+)?")}  # a point only in names and addresses


def figures(text, language):
    """The figures of a text, written alike: 1,234.5 and 1 234,5 are both 1234.5."""
    found = FIGURE[language].findall(text)
    if language == "en":
        return collections.Counter(figure.replace(",", "") for figure in found)
    return collections.Counter(figure.replace("\u202f", "").replace(",", ".") for figure in found)


class GoldenReports(unittest.TestCase):
    maxDiff = None

    def hold(self, name, text):
        file = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN") == "1":
            file.write_text(text)
        golden = file.read_text() if file.exists() else ""
        if text != golden:
            lines = difflib.unified_diff(golden.splitlines(True), text.splitlines(True), f"tests/golden/{name}", "printed now")
            self.fail("not as approved; read the difference, then UPDATE_GOLDEN=1 (tests/golden/README.md):\n" + "".join(lines))

    @RECORDED
    def test_texts_are_as_approved(self):
        for size, node in NODES.items():
            for language in ("en", "fr"):
                with self.subTest(node=size, language=language):
                    self.hold(f"{size}.{language}.txt", report(node, language, "text"))

    @RECORDED
    def test_documents_are_as_approved(self):
        for size, node in NODES.items():
            with self.subTest(node=size):
                self.hold(f"{size}.en.json", timeless(report(node, "en", "json")))

    @RECORDED
    def test_no_golden_file_is_left_over(self):
        wanted = {f"{size}.{end}" for size in NODES for end in ("en.txt", "fr.txt", "en.json")} | {"README.md"}
        wanted |= {f"{name}.{language}.{shape}" for name in ("outside", "lnd", "cln")  # C++ holds them
                   for language in ("en", "fr") for shape in ("txt", "json")}
        self.assertEqual(wanted, {file.name for file in GOLDEN.iterdir()})


def a_day_before(graph):
    """A graph like `graph` as it could have been a day earlier, so that every kind of change happens to the hub."""
    hub, late = NODES["hub"], 86400
    own = [edge for edge in graph["edges"] if hub in (edge["node1_pub"], edge["node2_pub"])]
    for edge in graph["edges"]:
        for dated in (edge, edge["node1_policy"], edge["node2_policy"]):
            if dated and dated["last_update"]:
                dated["last_update"] -= late
    enabled = [edge for edge in own if edge["node1_policy"] and edge["node2_policy"]]
    enabled[0]["node1_policy"]["fee_rate_milli_msat"] = "4321"
    enabled[1]["node2_policy"]["fee_base_msat"] = "777"
    enabled[2]["node1_policy"]["disabled"] = not enabled[2]["node1_policy"]["disabled"]
    enabled[3]["node2_policy"]["disabled"] = not enabled[3]["node2_policy"]["disabled"]
    enabled[4]["node1_policy"] = None
    closed = {**enabled[5], "channel_id": str(int(enabled[5]["channel_id"]) + 1)}
    graph["edges"] = [edge for edge in graph["edges"] if edge is not enabled[6]] + [closed]
    return graph


class ReportDocuments(unittest.TestCase):
    """Laws of the JSON document, on several nodes and kinds of graphs."""

    def check(self, node, with_text=True, **how):
        english, french = both_languages(node, **how)
        for document in (english, french):
            self.check_schema(document)
            self.check_gaps(document)
        self.check_languages(english, french)
        if with_text:
            texts = [figures(report(node, language, "text", **how), language) for language in ("en", "fr")]
            self.assertEqual(*texts)
        return english

    def check_schema(self, document):
        faults = [f"{fault.json_path}: {fault.message}" for fault in validator().iter_errors(document)]
        self.assertEqual([], faults[:10])

    def check_gaps(self, document):
        gaps = {path for path, value in leaves(document) if value is None} - ANSWERS
        self.assertEqual(gaps, {gap["path"] for gap in document["absent"]})
        told = [(gap["path"], gap["reason"]) for gap in document["absent"]]
        self.assertEqual(len(told), len(set(told)))

    def check_languages(self, english, french):
        self.assertEqual(numbers(english), numbers(french))
        self.assertEqual(words_of_the_program(english), words_of_the_program(french))
        sentences = [[leaf for leaf in leaves(document) if isinstance(leaf[1], str)] for document in (english, french)]
        for (path, in_english), (_, in_french) in zip(*sentences, strict=True):
            if path not in ("generation_timestamp", "created_at", "updated_at", "sources[].fetched_at"):
                self.assertEqual(figures(in_english, "en"), figures(in_french, "fr"), f"{path}: {in_english} / {in_french}")

    @RECORDED
    def test_hold_on_real_nodes(self):
        pubkeys = sorted(node["pub_key"] for node in json.loads(GRAPH.read_text())["nodes"])
        for node in [*NODES.values(), *pubkeys[::9]]:
            with self.subTest(node=node):
                self.check(node)

    @RECORDED
    def test_hold_with_a_graph_of_the_day_before(self):
        with tempfile.TemporaryDirectory() as folder:
            older = pathlib.Path(folder, "older.json")
            older.write_text(json.dumps(a_day_before(json.loads(GRAPH.read_text()))))
            document = self.check(NODES["hub"], history=(older,))
        kinds = {change["kind"] for change in document["changes"]}
        self.assertLessEqual({"opened", "closed", "repriced"}, kinds)
        self.assertTrue(kinds & {"disabled", "enabled"})
        self.assertEqual(2, sum(score is not None for score in document["trends"]["score_evolution_7d"]))

    def test_hold_without_dates_and_ids(self):
        document = self.check("ACINQ", with_text=False, graph=SAMPLE, more=("--date", "2024-09-22"))
        self.assertIsNone(document["graph_as_of"])
        self.assertIsNone(document["changes"])

    def test_hold_with_what_other_sources_say(self):
        """Of a planted node: tests/unit/adapters/render/golden_outside_test.cpp holds these files to what is printed."""
        english, french = (json.loads((GOLDEN / f"outside.{language}.json").read_text()) for language in ("en", "fr"))
        for document in (english, french):
            self.check_schema(document)
            self.check_gaps(document)
        self.check_languages(english, french)
        texts = [figures((GOLDEN / f"outside.{language}.txt").read_text(), language) for language in ("en", "fr")]
        self.assertEqual(*texts)
        self.assertEqual("force", english["closed_channels"][0]["told_by"][0]["reason"])
        self.assertEqual("cheap", english["onchain"]["level"])

    def test_the_schema_is_strict(self):
        """A key that the code prints and the schema does not know fails, at every depth; every key says what it is."""
        def closed(schema, path, is_property=False):
            if isinstance(schema, dict):
                if "properties" in schema and "type" in schema:
                    self.assertIs(schema.get("additionalProperties"), False, path)
                    self.assertIn("required", schema, path)
                if is_property:
                    self.assertTrue(schema.get("description"), f"{path} says not what it is")
                for key, value in schema.items():
                    closed(value, f"{path}.{key}", is_property=path.endswith(".properties"))
            elif isinstance(schema, list):
                for value in schema:
                    closed(value, path)
        closed(validator().schema, "")


if __name__ == "__main__":
    unittest.main()
