"""Asks for known vulnerabilities of what is installed; without a network it says that it could not.

Not a test: what it finds changes with the world, not with this repository.
"""

import json
import subprocess
import sys


def main() -> int:
    """Print what pip-audit finds; 1 if anything is found."""
    options = ["--progress-spinner=off", "--format=json", "--timeout=10", f"--path={sys.argv[1]}"]
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", *options], capture_output=True, text=True, check=False
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        packages = []
    known = [package for package in packages if "skip_reason" not in package]
    if not known:
        print("The vulnerability database cannot be reached from here: nothing was looked up.")
        return 0
    faults = [
        f"{package['name']} {package['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'no version yet'}"
        for package in known
        for fault in package["vulns"]
    ]
    print("\n".join(faults) or f"No known vulnerability in {len(known)} packages.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
