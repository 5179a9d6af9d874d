"""A user's own node in every state it can be in: what is read of it is true or absent with the reason, and nobody
waits for long."""
import concurrent.futures
import json
import time
import unittest

from own_node_world import OnANode, World
from sources_test import AT_ONCE, EVERYWHERE, OWN, fault_name, fault_text

LONGEST = 330  # seconds: an agent gives a reading five minutes
OF_THE_MOMENT = {"read_at", "watched_seconds", "online_seconds", "last_flap"}
# What follows from a state that is the node's own: told, with the doubt beside it.
DOUBTFUL = {"half_synced"}
# Whoever dates its forwards by a wrong clock tells them of other days: nobody can know better.
DATED_OTHERWISE = {"clock"}


def differences(told, truth, path=""):
    """Where two documents differ, and how."""
    if isinstance(told, dict) and isinstance(truth, dict):
        return [one for name in {*told, *truth} - OF_THE_MOMENT
                for one in differences(told.get(name), truth.get(name), f"{path}.{name}")]
    if isinstance(told, list) and isinstance(truth, list) and len(told) == len(truth):
        return [one for i, (a, b) in enumerate(zip(told, truth)) for one in differences(a, b, f"{path}[{i}]")]
    return [] if told == truth else [f"{path} is {str(told)[:200]}, and the truth {str(truth)[:200]}"]


class FaultMatrix(unittest.TestCase):
    maxDiff = None

    """Both kinds of node times every fault. Each worker has a world of its own; all worlds are the same."""

    @classmethod
    def setUpClass(cls):
        cls.worlds = [World() for _ in range(AT_ONCE)]
        for world in cls.worlds:
            cls.addClassCleanup(world.close)

    setUp = OnANode.setUp

    @property
    def world(self):
        return self.worlds[0]

    def read(self, world, kind):
        """@return what an agent would send, or nothing and why not"""
        run = world.run("agent", *world.options(kind), "--dry-run", "--lang", "en")
        return (json.loads(run.stdout) if run.returncode == 0 else None), run.stderr

    def judge(self, world, kind, fault, healthy):
        what = f"{kind}, {fault_text(fault)}"
        world.sandbox.set_faults({"all": None, kind: fault})
        begun = time.monotonic()
        told, errors = self.read(world, kind)
        seconds = time.monotonic() - begun
        world.sandbox.set_faults({"all": None, kind: None})
        faults = [f"{what}: {seconds:.0f} s"] if seconds > LONGEST else []
        if world.secret(kind) in errors:
            faults.append(f"{what}: the credential is told")
        if told is None:
            return faults + ([] if errors.strip() else [f"{what}: no reason"])
        if fault_name(fault) in DOUBTFUL:
            return faults + ([] if told["doubts"] else [f"{what}: told without a doubt"])
        gaps = {gap["part"] for gap in told["gaps"]}
        for name, value in healthy.items():
            if name in OF_THE_MOMENT or name == "gaps" or not differences(told.get(name), value):
                continue
            if name == "days" and fault_name(fault) in DATED_OTHERWISE:
                continue
            is_mended = name == "alias" and "\ufffd" in told.get(name, "")
            if name in told and not is_mended and not (name == "days" and gaps & {"forwards", "chain_costs"}) \
                    and not (name == "channels" and "channels" in gaps):
                faults += [f"{what}: {name}{where}" for where in differences(told[name], value)][:3]
            elif name not in told and not gaps:
                faults.append(f"{what}: {name} is missing without a gap")
        return faults

    def test_what_is_told_is_true_or_absent_with_the_reason(self):
        jobs = [(kind, fault) for kind in ("lnd", "cln") for fault in EVERYWHERE + OWN[kind]]
        healthy = {}
        for kind in ("lnd", "cln"):
            healthy[kind], errors = self.read(self.world, kind)
            self.assertIsNotNone(healthy[kind], errors)
            self.assertEqual(healthy[kind]["gaps"], [])
        free = list(self.worlds)

        def work(job):
            world = free.pop()
            try:
                return self.judge(world, *job, healthy[job[0]])
            finally:
                free.append(world)

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            faults = [fault for found in pool.map(work, jobs) for fault in found]
        self.assertEqual(faults, [], f"of {len(jobs)} cases")


if __name__ == "__main__":
    unittest.main()
