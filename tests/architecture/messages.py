"""Rules for texts that are translated, in code, templates and catalogues."""

import ast
import re
from collections.abc import Iterator

import polib
from django.utils.translation.template import templatize

from tests.architecture.forbidden import calls, name_of
from tests.architecture.source import Finding

# Function name -> the positions of its texts.
SINGULAR, PLURAL, CONTEXT, BOTH = (0,), (0, 1), (1,), (1, 2)
GETTEXT: dict[str, tuple[int, ...]] = {
    "_": SINGULAR,
    "gettext": SINGULAR,
    "gettext_lazy": SINGULAR,
    "gettext_noop": SINGULAR,
}
GETTEXT |= {"ngettext": PLURAL, "ngettext_lazy": PLURAL, "pgettext": CONTEXT, "pgettext_lazy": CONTEXT}
GETTEXT |= {"npgettext": BOTH, "npgettext_lazy": BOTH}
ANONYMOUS = re.compile(r"(?<!%)%(?:%%)*[sdifr]|\{\d*\}")
NAMED = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# The words đồng and Tết have no English.
VIETNAMESE = re.compile(r"\b(?!(?:đồng|Tết)\b)\w*[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def translated(text: str) -> Iterator[tuple[int, ast.expr]]:
    """Every argument of a gettext call that is a text to translate."""
    for node in calls(text):
        for position in GETTEXT.get(name_of(node.func) or "", ()):
            if position < len(node.args):
                yield node.lineno, node.args[position]


def bad_messages(text: str) -> Iterator[Finding]:
    """Texts that a translator cannot translate: built at run time, or with placeholders that have no name."""
    for line, node in translated(text):
        if isinstance(node, ast.JoinedStr):
            yield line, "an f-string inside gettext"
        elif isinstance(node, ast.BinOp) or (isinstance(node, ast.Call) and name_of(node.func) == "format"):
            yield line, "a text built inside gettext: format the translation, not the text"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((line, fault) for fault in bad_message(node.value))


def _imported(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """(line, name of Django's, name here) of everything that a module imports for its texts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from ((node.lineno, one.name, one.asname or one.name) for one in node.names)


def renamed(text: str) -> Iterator[Finding]:
    """gettext under a name that makemessages does not know: its texts are in no catalogue."""
    for line, name, here in _imported(ast.parse(text)):
        if name in GETTEXT and here not in {name, "_"}:
            yield line, f"{name} under the name {here}"


def said_too_early(text: str) -> Iterator[Finding]:
    """Texts translated while the module is read, in the language of that moment: they should be lazy."""
    tree = ast.parse(text)
    eager = {here for _line, name, here in _imported(tree) if name in GETTEXT and not name.endswith(("lazy", "noop"))}
    nodes: list[ast.AST] = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Call) and name_of(node.func) in eager:
            yield node.lineno, "a text translated at import"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            nodes += node.args.defaults
        else:
            nodes += ast.iter_child_nodes(node)


def bad_message(message: str) -> list[str]:
    """What is wrong with one text."""
    faults = []
    if ANONYMOUS.search(message):
        faults.append(f"a placeholder without a name: {message}")
    if VIETNAMESE.search(message):
        faults.append(f"the text to translate is English, its Vietnamese stands in the catalogue: {message}")
    return faults


def code_messages(text: str) -> set[str]:
    """The texts of a Python module, as the catalogues name them."""
    found = set()
    for node in calls(text):
        positions = GETTEXT.get(name_of(node.func) or "", ())
        if positions and max(positions) < len(node.args):
            first, at = node.args[positions[0]], positions[0]
            context = node.args[0] if at else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                prefix = f"{context.value!s}|" if isinstance(context, ast.Constant) else ""
                found.add(prefix + first.value)
    return found


def template_messages(text: str) -> set[str]:
    """The texts of a template: Django itself turns it into code first."""
    found = set()
    for match in re.finditer(r"\b(n?p?gettext|_)\((?=u?['\"])", templatize(text)):
        call = _balanced(templatize(text)[match.start() :])
        found |= code_messages(call) if call else set()
    return found


def _balanced(text: str) -> str:
    """The shortest beginning that is a whole call, or nothing."""
    for end in (match.end() for match in re.finditer(r"\)", text)):
        try:
            ast.parse(text[:end], mode="eval")
        except SyntaxError:
            continue
        return text[:end]
    return ""


def key(entry: polib.POEntry) -> str:
    """The name of an entry of a catalogue, like those of code_messages."""
    return f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid


def catalogue_faults(catalogue: polib.POFile) -> list[str]:
    """Entries that are untranslated, doubtful, or lose a placeholder."""
    faults = []
    for entry in catalogue:
        if entry.obsolete:
            continue
        if not entry.translated() or entry.fuzzy:
            faults.append(f"not translated: {key(entry)}")
        wanted = {*NAMED.findall(entry.msgid)}
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and not {*NAMED.findall(text)} <= wanted | {*NAMED.findall(entry.msgid_plural)}:
                faults.append(f"an unknown placeholder: {text}")
            if text and not entry.msgid_plural and {*NAMED.findall(text)} != wanted:
                faults.append(f"another set of placeholders: {text}")
    return faults
