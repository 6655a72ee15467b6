"""What the lists cost as the years go by: queries and processor time with few papers and with ten times as many.

    .venv/bin/python -m benchmarks.lists                          # loads the demo first, then 2,000 and 20,000 papers
    .venv/bin/python -m benchmarks.lists --demo FOLDER --papers 2000 200000

FOLDER holds demo.sqlite3, its files and its clock, as tests.gates.load leaves them. For each number of papers a copy is
filled (``benchmarks.filling``: a quarter as many records of each kind) and every page opened as each of its people
(``benchmarks.measuring``); printed are queries and milliseconds, and how many times the first the last takes. A page of
a list shows 25 rows, whatever there is.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MEASURE = "import django; django.setup(); from benchmarks.measuring import main; main()"
Cost = tuple[int, float]


def main() -> None:
    """One filled copy for each size, and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--demo", type=Path, help="the folder of a demo that is loaded already")
    parser.add_argument("--papers", type=int, nargs="+", default=[2_000, 20_000])
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if wanted.demo:
            shutil.copytree(wanted.demo, folder, dirs_exist_ok=True)
        else:
            _run(folder, folder / "demo.sqlite3", "-m", "tests.gates.load")
        print_table(sorted(wanted.papers), [measured(folder, papers) for papers in sorted(wanted.papers)])


def measured(folder: Path, papers: int) -> dict[str, Cost]:
    """Page and person -> queries and milliseconds, on a copy with so many papers."""
    place = folder / "filled.sqlite3"
    shutil.copy(folder / "demo.sqlite3", place)
    found: dict[str, Cost] = json.loads(_run(folder, place, "-c", MEASURE, str(papers)))
    for rest in folder.glob("filled.sqlite3*"):
        rest.unlink()
    return found


def print_table(sizes: list[int], results: list[dict[str, Cost]]) -> None:
    """A line for each page and person."""
    print("page and person".ljust(44), *(f"{f'{size:,} papers':>18}" for size in sizes), "  ratio")
    for name in results[0]:
        costs = [result[name] for result in results]
        shown = (f"{queries:>3} q {milliseconds:>9.1f} ms" for queries, milliseconds in costs)
        print(name.ljust(44), *(f"{one:>18}" for one in shown), f"{costs[-1][1] / costs[0][1]:>7.1f}")


def _run(folder: Path, database: Path, *command: str) -> str:
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo_test",
        "DATABASE_URL": f"sqlite:///{database}",
        "PRIVATE_FILES_ROOT": str(folder / "files"),
        "CLOCK_FILE": str(folder / "clock"),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
