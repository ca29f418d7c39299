"""The front matter as a JSON Schema, and the editors' settings made from the same table of fields."""

from __future__ import annotations

import json
from typing import Any, Final

from jianbao.articles.fields import FIELDS, REVIEWABLE, Field, Form

_PAGE: Final = "^[A-Za-z\u4e00-\u9fff]{0,4}[0-9]{1,4}$"
_DATE: Final = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?$"
_ID: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}-[^-/\\]+-[^-/\\]+|undated-[^/\\]+-[^-/\\]+)$"


def schema() -> dict[str, Any]:
    """What an article's front matter may hold, in the one form that is written."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "剪报文章的抬头",
        "description": "文件开头两行 --- 之间的各栏。由程序从栏目表生成，请勿手改。",
        "type": "object",
        "required": ["id", "title"],
        "properties": {field.name: _property(field) for field in FIELDS},
        "additionalProperties": True,
    }


def _property(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"title": field.label, "description": f"{field.label}：{field.description}"}
    text: dict[str, Any] = {"type": "string"}
    if field.form is Form.ID:
        return {**made, **text, "pattern": _ID}
    if field.form is Form.DATE:  # a bare year is a number to YAML
        return {**made, "anyOf": [{**text, "pattern": _DATE}, {"type": "integer", "minimum": 1, "maximum": 9999}]}
    if field.form is Form.PAGE:
        return {**made, "anyOf": [{"type": "integer", "minimum": 0}, {**text, "pattern": _PAGE}]}
    if field.form is Form.KIND:
        return {**made, **text, "enum": ["公告", "广告"]}
    if field.form is Form.REVIEW:
        items = {"type": "string", "enum": list(REVIEWABLE)}
        return {**made, "type": "array", "items": items, "uniqueItems": True}
    if field.is_list:
        return {**made, "anyOf": [{"type": "array", "items": text}, text]}
    return {**made, **text}


def front_matter_cms() -> dict[str, Any]:
    """`frontmatter.json`, for the Front Matter CMS extension of VS Code."""
    return {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.framework.id": "other",
        "frontMatter.content.publicFolder": "static",
        "frontMatter.content.pageFolders": [{"title": "文章", "path": "[[workspace]]/articles"}],
        "frontMatter.content.supportedFileTypes": ["md"],
        "frontMatter.taxonomy.seoTitleLength": -1,
        "frontMatter.taxonomy.seoDescriptionLength": -1,
        "frontMatter.taxonomy.frontMatterType": "YAML",
        "frontMatter.taxonomy.noPropertyValueQuotes": [],
        "frontMatter.taxonomy.contentTypes": [
            {
                "name": "default",
                "pageBundle": False,
                "previewPath": None,
                "fields": [_control(field) for field in FIELDS],
            }
        ],
    }


def _control(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"title": field.label, "name": field.name, "description": field.description}
    if field.form is Form.KIND:
        return {**made, "type": "choice", "choices": ["公告", "广告"]}
    if field.form is Form.REVIEW:
        return {**made, "type": "choice", "choices": list(REVIEWABLE), "multiple": True}
    if field.name == "tags":
        return {**made, "type": "tags"}
    if field.is_list:
        return {**made, "type": "list"}
    made["type"] = "string"
    if field.form is Form.ID:
        made["editable"] = False
    return made


def editor_files() -> dict[str, str]:
    """The repository's files that are made from the table: path → text."""
    yaml_schemas = {"./.vscode/jianbao.schema.json": ["articles/**/*.md"]}
    settings = {
        "files.encoding": "utf8",
        "files.autoGuessEncoding": False,
        "yaml.schemas": yaml_schemas,
        "[markdown]": {"editor.wordWrap": "on", "editor.unicodeHighlight.ambiguousCharacters": False},
        "files.exclude": {".jianbao/": True},
        "search.exclude": {"public/": True, "scans/**/*.parsed.json": True},
    }
    extensions = {"recommendations": ["eliostruyf.vscode-front-matter", "redhat.vscode-yaml"]}
    made = {
        ".vscode/jianbao.schema.json": schema(),
        ".vscode/settings.json": settings,
        ".vscode/extensions.json": extensions,
        "frontmatter.json": front_matter_cms(),
    }
    return {path: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for path, one in made.items()}
