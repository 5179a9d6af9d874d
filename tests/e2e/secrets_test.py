"""No credential leaves the process but to its node: a service, a report and an agent do all that they do with users' nodes,
well and broken in every way; then everything that they wrote and answered is searched for the credentials."""
import base64
import pathlib
import unittest

from own_node_world import KEY, NODE, WithService

LIES = [{"fault": "lies", "kind": kind} for kind in ("negative", "absurd", "utf8", "types", "deep", "duplicate")]
FAULTS = ["refuse", "hang", "drip", "429", "500", "503", "html", "empty", "truncated", "cut", {"fault": "huge", "mb": 100},
          {"fault": "bomb", "mb": 100}, {"fault": "latency", "ms": 300}, "clock", "wrong_certificate", *LIES]
OWN = {"lnd": ["expired_macaroon", "locked", "starting", "half_synced"], "cln": ["expired_rune", "half_synced"]}
NEW_KEY = "5b" * 32


def forms_of(name, secret):
    """All ways in which a careless program could have written these bytes. @return {what it is: bytes to look for}"""
    forms = {"as it is": secret, "hex": secret.hex().encode(), "HEX": secret.hex().upper().encode()}
    for alphabet, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
        for offset in range(3):  # also in the middle of something else: only whole groups of 3 bytes stay the same then
            shifted = b"\0" * offset + secret
            forms[f"{alphabet} at offset {offset}"] = encode(shifted[:len(shifted) // 3 * 3])[4 if offset else 0:]
    return {f"{name}, {form}": bytes_ for form, bytes_ in forms.items()}


class NoCredentialIsLeftBehind(WithService):
    def setUp(self):
        self.answers = []
        super().setUp()
        macaroons = {name: pathlib.Path(file).read_bytes() for name, file in self.world.macaroons.items()}
        rune = self.world.rune.encode()
        self.forms = {}
        for name in ("uri", "admin", "expired", "weak", "foreign"):
            self.forms.update(forms_of(f"macaroon {name}", macaroons[name]))
        for name, text in (("rune", rune), ("strong rune", self.world.sandbox.strong_rune.encode())):
            self.forms.update(forms_of(name, text))
            self.forms.update(forms_of(name + ", decoded", base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))))
        for name, key in (("key", KEY), ("new key", NEW_KEY)):
            self.forms.update(forms_of(name, bytes.fromhex(key)))
        self.macaroons = macaroons

    def env(self, keys):
        return super().env(keys) + "MCP_LOG_LEVEL=debug\n"

    def ask(self, method, path, body=None, user="alice"):
        status, answer = super().ask(method, path, body, user)
        self.answers.append(f"{method} {path} {status} {answer}")
        return status, answer

    def found_in(self, where, data):
        return [f"{where}: {what}" for what, form in self.forms.items() if form in data]

    def files(self):
        """All that the service, its commands and the agent wrote, but for the configuration, the only place of the keys."""
        for folder in (self.service.folder, self.world.folder / "agent", self.world.folder / "report"):
            yield from (path for path in folder.rglob("*") if path.is_file() and path.name != ".env")

    def use_as_meant(self):
        for user, kind in (("alice", "lnd"), ("carol", "cln")):
            self.assertEqual(self.connect(user, kind)[0], 200)
            self.ask("GET", NODE, user=user)
        self.make_reports("alice", "carol")
        for user in ("alice", "carol"):
            self.ask("GET", "/api/v1/reports/daily/history", user=user)
            self.ask("GET", "/api/v1/user/profile", user=user)

    def give_wrong_things(self):
        for name in ("admin", "expired", "weak", "foreign"):
            self.connect(f"wrong-{name}", "lnd", macaroon=self.macaroons[name].hex())
        uri = self.macaroons["uri"]
        for number, text in enumerate((base64.b64encode(uri).decode(), uri.hex().upper(), uri.hex()[:-1], uri.hex() + " ")):
            self.connect(f"form-{number}", "lnd", macaroon=text, url="https://127.0.0.1:1")
        self.connect("wrong-rune", "cln", rune=self.world.sandbox.strong_rune)
        self.connect("rune-as-macaroon", "lnd", macaroon=self.world.rune)
        self.connect("macaroon-as-rune", "cln", rune=uri.hex())
        self.connect("as-user", "lnd", url=f"https://{uri.hex()[:100]}@127.0.0.1:1")
        self.connect("unknown-member", "lnd", **{"macaron": uri.hex()})
        self.ask("PUT", NODE, [uri.hex()], "alice")

    def break_everything(self):
        for kind in ("lnd", "cln"):
            for number, fault in enumerate(FAULTS + OWN[kind]):
                self.world.sandbox.set_faults({kind: fault})
                self.connect(f"broken-{kind}-{number}", kind)
            self.world.sandbox.set_faults({kind: "cut"})
        self.make_reports("alice", "carol")
        self.world.sandbox.set_faults({"all": None})

    def rotate(self):
        self.service.stop()
        self.service.write_env(self.env(f"MCP_SECRETS_KEY={NEW_KEY}\nMCP_SECRETS_KEY_OLD={KEY}\n"
                                        "MCP_NODE_ADDRESS_ALLOW=127.0.0.0/8\n"))
        self.service.start()
        outputs = [self.service.run("migrate", "--rotate-secrets"), self.service.run("check", "config", "--format", "json"),
                   self.service.run("check", "config"), self.service.run("backup", "copy.db"),
                   self.service.run("user", "show", "alice", "--format", "json"), self.service.run("user", "list")]
        self.answers += [run.stdout + run.stderr for run in outputs]

    def use_the_commands(self):
        for kind in ("lnd", "cln"):
            runs = [self.world.run("report", *self.world.options(kind), "--progress", home="report"),
                    self.world.run("agent", *self.world.options(kind), "--dry-run", home="agent")]
            for fault in ("html", "cut", *OWN[kind][:1]):
                self.world.sandbox.set_faults({kind: fault})
                runs.append(self.world.run("report", *self.world.options(kind), "--progress", home="report"))
                runs.append(self.world.run("agent", *self.world.options(kind), "--service", self.service.base, "--user",
                                           "alice", "--key", f"{kind}.key", "--once", home="agent"))
            self.world.sandbox.set_faults({"all": None})
            self.answers += [run.stdout + run.stderr for run in runs]
        self.answers.append(self.world.run("report", *self.world.options("lnd", "admin"), home="report").stderr)

    def test_whatever_happens(self):
        self.add_profiles()
        self.use_as_meant()
        self.give_wrong_things()
        self.break_everything()
        self.rotate()
        self.use_the_commands()
        self.answers.append(self.service.shell("curl -s $BASE/metrics; curl -s $BASE/health; curl -s $BASE/openapi.json"))
        self.assertTrue(list(self.service.folder.rglob("*-wal")), "the store's log is looked at while it is there")
        found = self.found_in("answers", "\n".join(self.answers).encode("utf-8", "surrogateescape"))
        searched = 0
        for path in self.files():
            data = path.read_bytes()
            searched += len(data)
            found += self.found_in(path, data)
        self.ask("DELETE", NODE)
        self.service.stop()
        for path in self.files():
            found += self.found_in(path, path.read_bytes())
        self.assertEqual(found, [])
        self.assertGreater(searched, 1_000_000)
        self.assertGreater(len(self.answers), 60)

    def add_profiles(self):
        """Of all who will give something that is wrong, or to whom a broken node is given."""
        names = ["wrong-admin", "wrong-expired", "wrong-weak", "wrong-foreign", "wrong-rune", "rune-as-macaroon",
                 "macaroon-as-rune", "as-user", "unknown-member", *(f"form-{number}" for number in range(4)),
                 *(f"broken-{kind}-{number}" for kind in ("lnd", "cln") for number in range(len(FAULTS + OWN[kind])))]
        for name in names:
            self.assertEqual(self.ask("PUT", "/api/v1/user/profile", {"language": "en"}, name)[0] // 100, 2, name)

    def test_the_search_finds_what_it_looks_for(self):
        for what, form in self.forms.items():
            self.assertTrue(self.found_in("here", b"some" + form + b"where"), what)
        macaroon = self.macaroons["uri"]
        for padding in range(3):
            packed = base64.b64encode(b"x" * padding + macaroon + b"y" * 4)
            self.assertTrue(self.found_in("here", packed), padding)
        self.assertTrue(self.found_in("here", macaroon.hex().encode()))
        self.assertEqual(self.found_in("here", b"nothing"), [])


if __name__ == "__main__":
    unittest.main()
