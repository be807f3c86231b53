"""Peak memory of ``election verify`` where a tenth of the electors voted and where all did.

    python -m benchmarks.memory [--ballots 2000 20000] [--candidates 10] [--workers 2]

The roll is the same in both: the list of credentials is one document and is held whole. The figure is the peak of the
process that reads; those that judge ballots hold one batch each. Ends with 1 when the larger needs a fifth more memory
or worse.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.making import MARKS, make_archive

MOST = 1.2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, nargs=2, default=[2_000, 20_000])
    parser.add_argument("--candidates", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    electors = max(options.ballots)
    print(f"a roll of {electors}, {options.candidates} candidates, up to {MARKS} marks, {options.workers} workers")
    peaks = []
    for ballots in options.ballots:
        with tempfile.TemporaryDirectory() as folder:
            archive = make_archive(
                Path(folder), ballots, candidates=options.candidates, electors=electors, counted=False
            )
            size = archive.stat().st_size
            peaks.append(_peak(archive, options.workers))
        print(f"  {ballots:6} ballots: archive {size / 2**20:6.0f} MB, peak memory {peaks[-1] / 2**20:6.0f} MB")
    ratio = peaks[1] / peaks[0]
    print(f"  {ratio:.2f} times as much (less than {MOST} is asked)")
    return 0 if ratio < MOST else 1


_COMMAND = """
import sys
from pathlib import Path
from election.__main__ import main
code = main(sys.argv[1:])
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
sys.exit(code)
"""


def _peak(archive: Path, workers: int) -> int:
    # Not ru_maxrss, which remembers the process that started this one.
    command = [sys.executable, "-c", _COMMAND, "verify", str(archive), "--workers", str(workers)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout.splitlines()[-1]) * 1024


if __name__ == "__main__":
    sys.exit(main())
