"""What the lints share: which files there are, and C++ source without its comments or strings."""
import pathlib
import re
import subprocess
import sys

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<raw>(?:u8|u|U|L)?R"(?P<mark>[^()\s\\]{0,16})\((?P<body>.*?)\)(?P=mark)")
      | (?P<include>^[ \t]*\#[ \t]*include[ \t]*[<"][^>"\n]*[>"])
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<digits>\b\d[\w.']*)
      | (?P<char>'(?:\\.|[^'\\\n])+')""",
    re.VERBOSE | re.DOTALL | re.MULTILINE)


def _blank(text):
    """As many lines as before, with nothing in them."""
    return "\n" * text.count("\n")


def without_comments(source):
    return _TOKEN.sub(lambda token: " " + _blank(token[0]) if token["comment"] else token[0], source)


def code_only(source):
    """The source without comments and with every string empty; line numbers stay."""
    def replace(token):
        if token["comment"]:
            return " " + _blank(token[0])
        if token["raw"] or token["string"]:
            return '""' + _blank(token[0])
        return "' '" if token["char"] else token[0]
    return _TOKEN.sub(replace, source)


def string_literals(source):
    """(position in the source, text between the quotes) of every string that is neither in a comment nor an include."""
    for token in _TOKEN.finditer(source):
        if token["string"]:
            yield token.start(), token[0][1:-1]
        elif token["raw"]:
            yield token.start(), token["body"]


def line_of(source, position):
    return source.count("\n", 0, position) + 1


def sources(root, *folders):
    """The C++ files below the folders of `root`, sorted."""
    for folder in folders:
        for path in sorted(pathlib.Path(root, folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp") and path.is_file():
                yield path


def committed_files(root):
    """All files that belong to the project; where there is no git (a planted tree of a test), all files."""
    if pathlib.Path(root, ".git").exists():
        listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                check=True, capture_output=True).stdout.decode().split("\0")
        return [pathlib.Path(root, name) for name in sorted(listed) if name and pathlib.Path(root, name).is_file()]
    return [path for path in sorted(pathlib.Path(root).rglob("*")) if path.is_file()]


def main(find_faults, doc):
    """Runs a lint on the project, or on the tree named as the only argument; prints its faults."""
    if len(sys.argv) > 2 or sys.argv[1:2] in (["--help"], ["-h"]):
        print(doc.strip())
        return 0 if len(sys.argv) == 2 else 2
    root = pathlib.Path(sys.argv[1] if len(sys.argv) == 2 else pathlib.Path(__file__).parent.parent).resolve()
    faults = list(find_faults(root))
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0
