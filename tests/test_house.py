"""The house holds: imports go down only, no circles, pure rooms open no files, every module is small enough."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "jianbao"

# A module may import only from floors below its own, a package's modules also from each other without circles.
# A module that is not listed fails the test: whoever adds a room says where it stands.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"digests", "filenames", "numerals", "problems", "roles", "sources", "work"}),
    frozenset({"doubts"}),
    frozenset({"model"}),
    frozenset({"groups", "order", "text", "config", "encoding", "yamlfaults", "folder"}),
    frozenset({"reading", "archive", "yamltext"}),
    frozenset({"articles"}),
    frozenset({"settings", "site", "search"}),
    frozenset({"building"}),
    frozenset({"build", "desk"}),
    frozenset({"serve"}),
    frozenset({"commands"}),
    frozenset({"cli"}),
)
# The rooms of the reading stand over each other in the same way; what is in none of them stands above all.
READING = ("titles", "phrases", "signatures", "furniture", "lines", "stories")
# Rooms where nothing is read or written: text and values in, text and values out.
PURE = (
    *(
        "digests",
        "filenames",
        "doubts",
        "model",
        "numerals",
        "problems",
        "roles",
        "sources",
        "groups",
        "order",
        "text",
        "config",
    ),
    *("yamltext", "encoding", "archive", "reading.", "site.views"),
    *("articles.merge", "articles.markup", "articles.document", "search.grams", "search.shards"),
)
# The only files that pure rooms may open: the data shipped beside them, through importlib.resources.
OPENERS = {"open", "os", "pathlib", "shutil", "tempfile", "io", "socket", "subprocess", "sqlite3"}


def modules() -> dict[str, Path]:
    found = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
        for path in PACKAGE.rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
    }
    assert len(found) > 20, "the package was not found"
    return found


MODULES = modules()


def imports(path: Path) -> set[str]:
    """The modules of the package that a module imports, wherever in its text the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "jianbao":
            below = node.module.removeprefix("jianbao").lstrip(".")
            for name in node.names:
                full = f"{below}.{name.name}".lstrip(".")
                found.add(full if full in MODULES else below)
        elif isinstance(node, ast.Import):
            found |= {name.name.removeprefix("jianbao.") for name in node.names if name.name.startswith("jianbao.")}
    return found - {""}


def floor(module: str) -> int:
    room = module.split(".")[0]
    heights = [height for height, rooms in enumerate(FLOORS) if room in rooms]
    assert heights, f"{room} has no floor: add it to FLOORS"
    return heights[0]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_down(module: str) -> None:
    for other in imports(MODULES[module]):
        same_room = "." in module and other.split(".")[0] == module.split(".")[0]
        assert same_room or floor(other) < floor(module), f"{module} imports {other}, which stands no lower"


@pytest.mark.parametrize("module", [module for module in sorted(MODULES) if module.startswith("reading.")])
def test_the_rooms_of_the_reading_import_downwards(module: str) -> None:
    def height(one: str) -> int:
        room = one.split(".")[1]
        return READING.index(room) if one.count(".") > 1 else len(READING)

    for other in imports(MODULES[module]):
        if other.startswith("reading."):
            same_room = module.split(".")[1] == other.split(".")[1]
            both_top = height(module) == height(other) == len(READING)
            assert same_room or both_top or height(other) < height(module), f"{module} imports {other}"


def test_no_import_circles() -> None:
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " → ".join([*above[above.index(module) :], module])
        if module not in done:
            for other in sorted(imports(MODULES[module])):
                if other in MODULES:
                    visit(other, (*above, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


def is_pure(module: str) -> bool:
    """Whether the list says so, or the module itself."""
    said = ast.get_docstring(ast.parse(MODULES[module].read_text("utf-8"))) or ""
    return module in PURE or f"{module}.".startswith(PURE) or said.endswith("Pure.")


PURE_ROOMS = [module for module in sorted(MODULES) if is_pure(module)]


@pytest.mark.parametrize("module", PURE_ROOMS)
def test_pure_rooms_open_nothing(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            used = {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            used = {(node.module or "").split(".")[0]}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            used = {node.func.id}
        else:
            continue
        assert not used & OPENERS, f"{module}:{node.lineno} reaches outside: {used & OPENERS}"


@pytest.mark.parametrize("module", PURE_ROOMS)
def test_pure_rooms_know_no_room_that_opens_files(module: str) -> None:
    seen: set[str] = set()
    ahead = [module]
    while ahead:
        one = ahead.pop()
        assert not one.startswith("folder."), f"{module} knows {one}"
        ahead += [other for other in imports(MODULES[one]) if other in MODULES and other not in seen]
        seen.add(one)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_has_one_subject(module: str) -> None:
    lines = MODULES[module].read_text("utf-8").count("\n")
    assert lines <= 300, f"{module} has {lines} lines: two rooms?"
