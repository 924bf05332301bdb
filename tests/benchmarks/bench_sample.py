"""How fast sample files are written: ``python -m tests.benchmarks.bench_sample [N]``.

Bound: 1,000,000 clinicians in under two minutes on two cores, in memory that does not
grow with N. No database.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from directory.sample.files import Sample, write_sample

PRACTITIONERS = 1_000_000
MEGABYTE = 1_000_000
CHILDREN = resource.RUSAGE_CHILDREN


def main() -> None:
    """Write a sample to a temporary folder and print time, size and memory."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PRACTITIONERS
    processes = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        written = write_sample(Sample(people, 1), Path(folder), processes)
        seconds = time.perf_counter() - began
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    print(
        f"{written.practitioners:,} clinicians, "
        f"{written.doctor_rows:,} doctor rows and "
        f"{written.affiliation_rows:,} affiliation rows in {seconds:.1f} s: "
        f"{people / seconds:,.0f} clinicians a second, {size / MEGABYTE:,.0f} MB, "
        f"{processes} processes"
    )
    used = sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, CHILDREN))
    )
    print(f"processor time {used:.1f} s: what an idle machine needs, times processes")
    print(
        f"memory at most: {peak(resource.RUSAGE_SELF):,.0f} MB here, "
        f"{peak(CHILDREN):,.0f} MB in each process"
    )


def peak(who: int) -> float:
    """Return the peak memory in megabytes; Linux counts in KiB."""
    return resource.getrusage(who).ru_maxrss * 1024 / MEGABYTE


if __name__ == "__main__":
    main()
