"""Things that must not stand in Python code: each rule takes the text of a module and yields what it finds."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Finding

WIDE = {"Exception", "BaseException", None}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
# That nobody has confirmed a record from before is a part of its state.
STATE_FIELDS = {"state", "unconfirmed"}
BULK = {"bulk_create", "bulk_update"}


def name_of(node: ast.expr | None) -> str | None:
    """The last part of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def calls(text: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def floats(text: str) -> Iterator[Finding]:
    """Money is whole đồng: no float, no Decimal, no true division."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, f"float {node.value}"
        elif isinstance(node, ast.Name) and node.id in {"float", "Decimal"}:
            yield node.lineno, node.id
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield node.lineno, "true division"


def unescaped(text: str) -> Iterator[Finding]:
    """Text of users is always escaped: format_html does what mark_safe is used for."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name | ast.Attribute) and name_of(node) == "mark_safe":
            yield node.lineno, "mark_safe"
        elif isinstance(node, ast.Call) and name_of(node.func) == "SafeString" and not _constant(node):
            yield node.lineno, "SafeString()"


def _constant(node: ast.Call) -> bool:
    """Whether nothing of a user can be in it."""
    return all(isinstance(argument, ast.Constant) for argument in node.args)


def swallowed(text: str) -> Iterator[Finding]:
    """No exception disappears without a word."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler) and name_of(node.type) in WIDE and _says_nothing(node.body):
            yield node.lineno, "a wide except that says nothing"
        elif isinstance(node, ast.Call) and name_of(node.func) == "suppress" and {*map(name_of, node.args)} & WIDE:
            yield node.lineno, "suppress(Exception)"


def _says_nothing(body: list[ast.stmt]) -> bool:
    return all(isinstance(node, ast.Pass | ast.Continue) or _is_text(node) for node in body)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def view_writes(text: str) -> Iterator[Finding]:
    """Views ask services to write; they never write themselves."""
    for node in calls(text):
        name = name_of(node.func)
        if name in WRITES or (name == "update" and _of_a_query(node.func)):
            yield node.lineno, f".{name}() in a view"


def _of_a_query(node: ast.expr) -> bool:
    """Whether the chain before .update() is a query and not a dictionary."""
    chain = {name_of(part) for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)}
    return bool(chain & {"objects", "filter", "exclude", "all", "visible_to"})


def state_writes(text: str, stepped: frozenset[str]) -> Iterator[Finding]:
    """Only core.workflow changes a state; ``stepped`` are the names of the classes that have one."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            yield from _assigned_state(node)
        elif isinstance(node, ast.Call):
            yield from _called_with_state(node, stepped)


def _assigned_state(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> Iterator[Finding]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    parts = [part for target in targets for part in getattr(target, "elts", [target])]
    for target in parts:
        if isinstance(target, ast.Attribute) and target.attr in STATE_FIELDS:
            yield node.lineno, f"assigns .{target.attr}"


def _called_with_state(node: ast.Call, stepped: frozenset[str]) -> Iterator[Finding]:
    name, keywords = name_of(node.func), {keyword.arg for keyword in node.keywords}
    owners = {part.id for part in ast.walk(node.func) if isinstance(part, ast.Name)}
    texts = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    if name == "update" and keywords & STATE_FIELDS:
        yield node.lineno, ".update() of a state"
    elif name == "setattr" and texts & STATE_FIELDS:
        yield node.lineno, "setattr of a state"
    elif name == "bulk_update" and texts & STATE_FIELDS:
        yield node.lineno, "bulk_update of a state"
    elif name in BULK and owners & stepped:
        yield node.lineno, f"{name} of rows that have a life"
    elif owners & stepped and keywords & STATE_FIELDS and (name in WRITES or name in stepped):
        yield node.lineno, f"{name}() with a state"


def stepped_classes(text: str) -> set[str]:
    """The classes of a module that inherit a life."""
    tree = ast.parse(text)
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(name_of(base) == "Stepped" for base in node.bases)
    }


def data_migrations(text: str) -> Iterator[Finding]:
    """No migration inserts rows: the flush of a transactional test would delete them for good."""
    for node in calls(text):
        if name_of(node.func) in {"RunPython", "RunSQL"}:
            yield node.lineno, f"{name_of(node.func)} in a migration"
