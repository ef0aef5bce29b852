"""Gathers the icons that templates, Python and TypeScript name into ``kit/ui/data/icons.json``.

``npm install`` first: the drawings come from ``node_modules/@tabler/icons``. ``--check`` needs nothing but the tree.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "src/deskhand/kit/ui/data/icons.json"
DRAWINGS = ROOT / "node_modules/@tabler/icons"
SOURCES = ("src/deskhand/**/*.html", "src/deskhand/**/*.py", "src/deskhand/**/islands/*.ts", "frontend/**/*.ts")
#: ``{% icon "check" %}``, ``icon("check")``, ``icon="check"``, ``send_icon="send"``, ``icon: str = "check"``.
NAMED = re.compile(r"""(?:\{%\s*icon\s+|\b\w*icon(?:\s*\(|\s*(?::\s*str\s*)?=)\s*)["']([a-z0-9-]+)["']""")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("also", nargs="*", help="icons to add although nothing names them literally")
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a named icon is missing")
    parser.add_argument("--prune", action="store_true", help="drop what nothing names literally")
    options = parser.parse_args()
    kept: dict[str, str] = json.loads(ICONS.read_text()) if ICONS.exists() else {}
    named = set(named_icons())
    if options.check:
        return _report(sorted(named - kept.keys()))
    wanted = named | set(options.also) | (set() if options.prune else kept.keys())
    drawings = _drawings()
    unknown = sorted(wanted - drawings.keys())
    chosen = {name: drawings[name] for name in sorted(wanted & drawings.keys())}
    ICONS.write_text(json.dumps(chosen, indent=0, ensure_ascii=False) + "\n")
    print(f"{len(chosen)} icons in {ICONS.relative_to(ROOT)}")
    return _report(unknown)


def named_icons() -> Iterator[str]:
    for pattern in SOURCES:
        for path in ROOT.glob(pattern):
            if "/tests/" not in path.as_posix():
                yield from NAMED.findall(path.read_text(encoding="utf-8"))


def _drawings() -> dict[str, str]:
    """Name → one path, all strokes joined; ``-filled`` for the filled set."""
    found = {}
    for kind, suffix in (("outline", ""), ("filled", "-filled")):
        for name, nodes in json.loads((DRAWINGS / f"tabler-nodes-{kind}.json").read_text()).items():
            found[name + suffix] = "".join(attributes["d"] for _, attributes in nodes)
    return found


def _report(unknown: list[str]) -> int:
    if unknown:
        print(f"No such icons: {', '.join(unknown)}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
