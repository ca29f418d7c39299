"""The JSON Schema and the editors' settings are made from the table of fields, and are current."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from jianbao.articles.document import read_document
from jianbao.articles.fields import BY_NAME, FIELDS
from jianbao.articles.frontmatter import compose, split
from jianbao.articles.schema import editor_files, front_matter_cms, schema

ROOT = Path(__file__).parents[2]
VALID = sorted((Path(__file__).parent / "valid").glob("*.md"))


@pytest.mark.parametrize("path", sorted(editor_files()))
def test_the_editors_files_are_current(path: str) -> None:
    wanted = editor_files()[path]
    if os.environ.get("JIANBAO_REWRITE"):
        (ROOT / path).parent.mkdir(exist_ok=True)
        (ROOT / path).write_text(wanted, "utf-8")
    assert (ROOT / path).read_text("utf-8") == wanted, "run the tests once with JIANBAO_REWRITE=1"


def test_every_field_is_described_in_chinese() -> None:
    properties = schema()["properties"]
    assert list(properties) == [field.name for field in FIELDS]
    for made in properties.values():
        assert re.search(r"[\u4e00-\u9fff]", made["description"])


def test_front_matter_cms_knows_the_same_fields() -> None:
    (kind,) = front_matter_cms()["frontMatter.taxonomy.contentTypes"]
    assert [control["name"] for control in kind["fields"]] == list(schema()["properties"])
    for control in kind["fields"]:
        assert (control["type"] in ("list", "tags") or bool(control.get("multiple"))) is BY_NAME[
            control["name"]
        ].is_list
        # What the form offers the schema allows.
        allowed = schema()["properties"][control["name"]]
        choices = allowed.get("enum") or allowed.get("items", {}).get("enum")
        assert control.get("choices") == choices


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no dates."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith("timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_what_the_program_writes_fits_the_schema(path: Path) -> None:
    document, _ = read_document(path.read_bytes(), path.name)
    assert document is not None
    text = compose(document.fields, document.body)
    parts = split(text)
    assert not isinstance(parts, str)
    values = yaml.load(text[parts.front_start : parts.front_end], Loader)
    assert values["id"] == document.article.id
    Draft7Validator.check_schema(schema())
    Draft7Validator(schema()).validate(values)


def test_the_files_are_json() -> None:
    assert all(json.loads(text) for text in editor_files().values())


WRONG = [{"id": "../x", "title": "题"}, {"title": "题"}, {"id": "2024-03-08-01-01", "title": ["题"]}]


@pytest.mark.parametrize("front", WRONG)
def test_what_is_wrong_does_not_fit(front: dict[str, object]) -> None:
    assert not Draft7Validator(schema()).is_valid(front)
