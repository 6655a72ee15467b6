"""What is installed is pinned, hashed, allowed by its licence, and explained."""

import re
from importlib import metadata

import pytest

from tests.architecture.source import ROOT

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|file:", re.IGNORECASE)


def lock_faults(text):
    """Lines that are no pins, pins without a hash, addresses."""
    faults = [f"an address: {match.group(0)}" for match in ADDRESS.finditer(text)]
    for block in re.split(r"\n(?=[^\s#])", text):
        requirement = block.lstrip().split("\n")[0]
        if requirement and not requirement.startswith("#"):
            if not PIN.match(requirement):
                faults.append(f"not pinned: {requirement}")
            elif "--hash=sha256:" not in block:
                faults.append(f"no hash: {requirement}")
    return faults


@pytest.mark.parametrize("name", LOCKS)
def test_everything_installed_is_pinned_and_hashed(name):
    assert lock_faults((ROOT / name).read_text("utf-8")) == []


def test_planted_faults_of_a_lock_are_found():
    text = "--index-url https://a.example\na==1 \\\n    --hash=sha256:00\n    # via b\nb>=2\nc==3\n"
    assert lock_faults(text) == [
        "an address: --index-url",
        "an address: https://",
        "not pinned: --index-url https://a.example",
        "not pinned: b>=2",
        "no hash: c==3",
    ]


# Licences that let the product, under Apache 2.0, be used and passed on together with the package.
ALLOWED = re.compile(
    r"(0BSD|Apache|BSD|BlueOak|CNRI|CC0|HPND|ISC|LGPL|Lesser General|MIT|MPL|Mozilla|PSF|PSFL|"
    r"Python Software Foundation|PostgreSQL|Unlicense|Zlib|ZPL|Zope Public)"
)
REFUSED = re.compile(r"\b(A?GPL|GNU (Affero )?General|SSPL|BUSL|Commons Clause|Proprietary|NonCommercial)")
EXCEPTIONS = {
    "djlint": "GPL 3: a linter that is run beside the code, neither imported nor passed on",
    "pyphen": "GPL, LGPL or MPL at our choice: we choose MPL 1.1",
}


def licence_of(name):
    """What the package says of itself: the expression, else the classifiers, else the first line of the licence."""
    about = metadata.metadata(name)
    classifiers = [text.rpartition(" :: ")[2] for text in about.get_all("Classifier", []) if "License ::" in text]
    fields = {name: (about.get_all(name) or [""])[0] for name in ("License-Expression", "License")}
    given = fields["License-Expression"] or " / ".join(classifiers) or fields["License"]
    return given.strip().split("\n")[0]


def forbidden_licence(licence):
    return not ALLOWED.search(licence) or bool(REFUSED.search(licence))


def installed(name):
    """The packages of a lock that this machine needs; markers leave others out."""
    for package, _ in PIN.findall((ROOT / name).read_text("utf-8")):
        try:
            metadata.distribution(package)
        except metadata.PackageNotFoundError:
            continue
        yield package


@pytest.mark.parametrize("name", LOCKS)
def test_licences_are_allowed(name):
    found = {package: licence_of(package) for package in installed(name) if package not in EXCEPTIONS}
    assert {package: licence for package, licence in found.items() if forbidden_licence(licence)} == {}


@pytest.mark.parametrize("licence", ["GPL-3.0-or-later", "GNU General Public License v3 (GPLv3)", "Proprietary", ""])
def test_a_planted_licence_is_found(licence):
    assert forbidden_licence(licence)


def test_every_direct_dependency_is_explained():
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    names = {
        re.split(r"[\[=<>]", line)[0]
        for path in ROOT.glob("requirements*.in")
        for line in path.read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    }
    assert sorted(name for name in names if f"`{name}`" not in text) == []
