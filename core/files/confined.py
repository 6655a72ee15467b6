"""Run one look into a file in a process that may take only so much memory and time; never imported by a server.

``confined.py LOOK.py``: the file comes on standard input, one word goes to standard output.
"""

import resource
import runpy
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024
MAX_MEMORY = 640 * MEGABYTE
MAX_CPU_SECONDS = 20

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The looks share a few plain modules; at the end of the path nothing of ours can stand in for anything else.
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    runpy.run_path(sys.argv[1], run_name="__main__")
