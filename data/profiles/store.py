"""Profiles as text files (TOML): reading with plain messages, writing without defaults, and finding one by name."""

from __future__ import annotations

import os
import re
import tomllib
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import tomli_w

from data.model.errors import Refused, WrongUsage
from data.model.finding import Kind
from data.model.profile import Profile
from data.profiles.validation import profile_problems
from locales import LANGUAGES, Text, texts

UNUSABLE = Kind(
    "profile_unusable", "warning", "A saved profile was not tried: {problem}",
    "Correct the profile or delete it; files of its layout are not recognised until then.",
)  # fmt: skip
NAME = re.compile(r"\w[\w -]{0,59}")
READY = Path(__file__).resolve().parent / "ready"


# What a type of Python is called by those who write profiles.
TYPE_NAMES = {
    str: Text("a text", "文本", "文字"),
    bool: Text("true or false", "true 或 false", "true 或 false"),
    int: Text("a whole number", "整数", "整數"),
    float: Text("a number", "数字", "數字"),
}


class UnusableProfile(Refused):
    """The analyst must act: an entry of a profile is wrong; `said` says which, in three languages."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _convert(kind: Any, value: Any, where: str) -> Any:
    """`value` of a TOML file as `kind`; Refused says what was expected at `where`."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _build(kind, value, where)
    if origin is tuple:
        return tuple(_convert(inner[0], item, where) for item in _items(value))
    if origin in (typing.Union, types.UnionType):
        if isinstance(value, (int, float)) and float in inner:
            return value
        return _convert(
            next(item for item in inner if item not in (float, type(None)))
            if set(inner) != {float, type(None)}
            else float,
            value,
            where,
        )
    if origin is typing.Literal:
        if value not in inner:
            names = ", ".join(map(str, inner))
            raise UnusableProfile(
                texts(
                    "The profile {where} is {value}; it must be one of {names}.",
                    where=where,
                    value=repr(value),
                    names=names,
                )
            )
        return value
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise _no_table(where, value)
        return {key: _convert(inner[1], item, f"{where}.{key}") for key, item in value.items()}
    if kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if not isinstance(value, kind):
        name = TYPE_NAMES.get(kind, kind.__name__)
        raise UnusableProfile(
            texts("The profile {where} is {value}; it must be {kind}.", where=where, value=repr(value), kind=name)
        )
    return value


def _no_table(where: str, value: Any) -> UnusableProfile:
    return UnusableProfile(
        texts("The profile {where} must be a table of names, not {value}.", where=where, value=repr(value))
    )


def _build(kind: type, mapping: Any, where: str) -> Any:
    if not isinstance(mapping, Mapping):
        raise _no_table(where, mapping)
    types_of = typing.get_type_hints(kind)
    unknown = [key for key in mapping if key not in types_of]
    if unknown:
        raise UnusableProfile(
            texts(
                "The profile {where} has no entry called {entry}; there are: {names}.",
                where=where,
                entry=repr(unknown[0]),
                names=", ".join(types_of),
            )
        )
    absent = [
        item.name
        for item in fields(kind)
        if item.name not in mapping and item.default is NO_DEFAULT and item.default_factory is NO_DEFAULT
    ]
    if absent:
        raise UnusableProfile(texts("The profile {where} needs an entry {entry}.", where=where, entry=repr(absent[0])))
    return kind(**{key: _convert(types_of[key], value, f"{where}: {key}") for key, value in mapping.items()})


# Every load reads the ready profiles; the same text is the same profile, and frozen.
@lru_cache(maxsize=64)
def read_profile(text: str, name: str = "profile") -> Profile:
    """The profile written in `text`; Refused names the entry that is wrong."""
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise UnusableProfile(
            texts("The profile {name} is not valid TOML: {problem}.", name=name, problem=problem)
        ) from problem
    profile = _build(Profile, {"name": name, **entries}, name)
    if wrong := [Text(*found) for found in zip(*(profile_problems(profile, lang) for lang in LANGUAGES), strict=True)]:
        raise UnusableProfile(texts("The profile {name} cannot be used: {problem}", name=name, problem=wrong[0]))
    return profile


def load_profile(path: Path) -> Profile:
    """The profile in the file `path`, called like the file unless it says otherwise; Refused if unusable."""
    try:
        return read_profile(path.read_text(encoding="utf-8-sig"), path.stem)
    except FileNotFoundError as problem:
        raise UnusableProfile(texts("No such file: {file}.", file=path)) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise UnusableProfile(
            texts("The profile {name} cannot be read: {problem}.", name=path, problem=problem)
        ) from problem


def _plain(value: Any) -> Any:
    """`value` for TOML: records as tables without what is default or None, tuples as lists."""
    if is_dataclass(value):
        kept = {item.name: getattr(value, item.name) for item in fields(value)}
        defaults = {
            item.name: item.default_factory() if item.default_factory is not NO_DEFAULT else item.default
            for item in fields(value)
        }
        return {key: _plain(item) for key, item in kept.items() if item is not None and item != defaults[key]}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def write_profile(profile: Profile) -> str:
    """`profile` as TOML; reading it back gives an equal record."""
    return tomli_w.dumps(_plain(profile), multiline_strings=False)


def save_profile(profile: Profile, folder: Path) -> Path:
    """Writes `profile` to `folder`/<name>.toml, whole or not at all, and returns the path.

    Refused if no file can be called so.
    """
    if not NAME.fullmatch(profile.name):
        raise Refused(
            f"A profile cannot be called {profile.name!r}: letters, figures, spaces, - and _ make its name, 60 at most."
        )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{profile.name}.toml"
    temporary = folder / f".writing-{uuid4().hex}"  # two sessions of one process may save at once
    try:
        temporary.write_text(write_profile(profile), encoding="utf-8")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def remove_profile(name: str, folder: Path) -> None:
    """Forgets a saved profile; a ready one of that name is read again."""
    if NAME.fullmatch(name):
        (folder / f"{name}.toml").unlink(missing_ok=True)


def all_profiles(
    folders: Sequence[Path] = (), unusable: dict[str, UnusableProfile] | None = None
) -> tuple[Profile, ...]:
    """Every profile of `folders` and then the ready ones; of two with one name the first counts.

    A file of `folders` that is no profile is left out: it must not stop the others. `unusable` takes its name and what
    is wrong.
    """
    found: dict[str, Profile] = {}
    for folder in (*folders, READY):
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                profile = load_profile(path)
            except UnusableProfile as problem:
                if folder == READY:
                    raise
                if unusable is not None:
                    unusable[path.stem] = problem
            else:
                found.setdefault(profile.name, profile)
    return tuple(found.values())


def profile_named(name: str | Path, folders: Sequence[Path] = ()) -> Profile:
    """The profile that `name` means: a TOML file, else one of `folders`, else a ready one.

    Refused if it is unusable; WrongUsage, which lists what there is, if there is none.
    """
    path = Path(name)
    if path.suffix == ".toml":
        return load_profile(path)
    unusable: dict[str, UnusableProfile] = {}
    known = all_profiles(folders, unusable)
    for profile in known:
        if profile.name == str(name):
            return profile
    if str(name) in unusable:
        raise unusable[str(name)]
    raise WrongUsage(f"No profile is called {str(name)!r}; there are: {', '.join(profile.name for profile in known)}.")
