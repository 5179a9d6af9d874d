"""Aliases: common ones, and such as readers stumble over. None is longer than the 32 bytes of an announcement."""

HOSTILE = [
    "⚡️🔥 Zap ⚡️",
    "عقدة البرق",  # right to left
    "\u202eevil\u202c.node",  # turns what follows around
    'a"b\'c|d;e,f',
    "<script>alert(1)</script>",
    "trailing blanks   ",
    "=HYPERLINK(\"x\")",
    "\x1b[31mred\x1b[0m",
    "Zażółć 雷电 ☂",
    "tab\tnew\nline",
    "%s%n{0}${x}",
    "\u200b",  # nothing that can be seen
]
FIRST = ["Amber", "Birch", "Cobalt", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Iris", "Juniper", "Kestrel", "Lumen",
         "Maple", "Nimbus", "Onyx", "Prairie", "Quartz", "River", "Saffron", "Tundra"]
SECOND = ["Node", "Routing", "Hub", "Lightning", "Gate", "Bridge", "Station", "Relay"]


def alias(chance, index):
    """The alias of the node of that index. Nodes 7 and 8 bear the same one."""
    if index % 5 == 4:
        return HOSTILE[index // 5 % len(HOSTILE)]
    if index in (7, 8):
        return "Twin"
    return f"{chance.choice(FIRST)} {chance.choice(SECOND)} {index}"
