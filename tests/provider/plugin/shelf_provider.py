"""A small provider that keeps objects as JSON files in a directory, for tests that need a real one.

Run as a program it serves Terraform. The attribute `behavior` makes a hook misbehave in a chosen way.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from dflow_provider import log
from dflow_provider.plugin.main import run
from dflow_provider.schema import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    UNKNOWN,
    Accepts,
    Attribute,
    Call,
    Dynamic,
    Exposure,
    FunctionError,
    ListOf,
    MapOf,
    Nested,
    NestingMode,
    ObjectOf,
    OnChange,
    Parameter,
    Presence,
    ProviderError,
    Report,
    Schema,
    SetOf,
    Signature,
    Unknown,
)


@dataclass(frozen=True)
class OneOf:
    choices: tuple[str, ...]

    @property
    def description(self) -> str:
        return f"one of {', '.join(self.choices)}"

    def problem(self, value):
        return None if value in self.choices else f"{value!r} is not {self.description}."


def _optional(name, type_, **more):
    return Attribute(name, type_, Presence.OPTIONAL, f"The {name}.", **more)


def _required(name, type_, **more):
    return Attribute(name, type_, Presence.REQUIRED, f"The {name}.", **more)


def _computed(name, type_, **more):
    return Attribute(name, type_, Presence.COMPUTED, f"The {name}.", **more)


def _defaulted(name, type_, default, **more):
    return Attribute(name, type_, Presence.OPTIONAL_COMPUTED, f"The {name}.", default=default, **more)


@dataclass
class Shelf:
    directory: Path | None
    token: str | None

    def path(self, object_id: str) -> Path:
        if self.directory is None:
            raise ProviderError("No directory", "`directory` of the provider is not known yet.")
        return self.directory / f"{object_id}.json"


def _jsonable(value):
    match value:
        case Dynamic():
            return {"dynamic": _jsonable(value.value)}
        case dict():
            return {key: _jsonable(item) for key, item in value.items()}
        case list():
            return [_jsonable(item) for item in value]
        case Decimal():
            return f"decimal {value}"
        case Unknown():
            return "UNKNOWN"
        case _:
            return value


class ShelfObject:
    schema: ClassVar[Schema] = Schema(
        "An object on the shelf.",
        (
            _computed("id", STRING),
            _required("name", STRING, on_change=OnChange.REPLACE),
            _optional("note", STRING),
            _defaulted("color", STRING, "blue", validators=(OneOf(("blue", "red")),)),
            _optional("size", NUMBER),
            _computed("weight", NUMBER, recomputed_with=("size",)),
            _optional("tags", SetOf(STRING)),
            _optional("labels", MapOf(STRING)),
            _optional("notes", ListOf(STRING)),
            _optional("extra", DYNAMIC),
            _optional("fragile", BOOL),
            _optional("fixed", ObjectOf({"a": STRING, "b": NUMBER})),
            _optional("secret_wo", STRING, exposure=Exposure.WRITE_ONLY),
            _optional("secret_wo_version", STRING),
            _optional("pin", STRING, exposure=Exposure.SENSITIVE),
            _computed("secret_length", NUMBER, recomputed_with=("secret_wo_version",)),
            _optional(
                "box",
                Nested(
                    NestingMode.SINGLE,
                    (
                        _required("kind", STRING, on_change=OnChange.REPLACE, validators=(OneOf(("wood", "steel")),)),
                        _defaulted("depth", NUMBER, 3),
                        _computed("serial", STRING),
                        _optional("code_wo", STRING, exposure=Exposure.WRITE_ONLY),
                    ),
                ),
            ),
            _optional(
                "boards",
                Nested(NestingMode.LIST, (_required("label", STRING), _defaulted("height", NUMBER, 10))),
            ),
            _optional(
                "slots",
                Nested(
                    NestingMode.MAP,
                    (_required("cidr", STRING, validators=(OneOf(("a", "b", "c")),)), _optional("hint", STRING)),
                ),
            ),
            _optional(
                "parts",
                Nested(
                    NestingMode.SET,
                    (_required("kind", STRING), _defaulted("count", NUMBER, 1), _computed("serial", STRING)),
                ),
            ),
            _optional("behavior", STRING),
        ),
    )

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def create(self, plan, config, call: Call):
        behavior = plan["behavior"] or ""
        if behavior == "fail_before":
            raise ProviderError("Shelf is full", "No room is left. Remove an object first.", ("name",))
        if behavior == "crash_before":
            raise ZeroDivisionError("divided by nothing")
        state = {**plan, "id": uuid.uuid4().hex}
        if behavior == "wait":
            self._store(state, config)
            (self._shelf.directory / "waiting").touch()
            while not (self._shelf.directory / "go").exists() and not call.stop.wait(0.02):
                pass
        if behavior == "stubborn":
            (self._shelf.directory / "waiting").touch()
            call.stop.wait(60)
            (self._shelf.directory / "heard").touch()
            while not (self._shelf.directory / "go").exists():
                time.sleep(0.01)
        if behavior == "print":
            print("a stray line on stdout")
        self._settle(state, config)
        call.private["made"] = "yes"
        self._store(state, config)
        return self._misbehave(behavior, state, call)

    def _misbehave(self, behavior, state, call):  # noqa: PLR0911  # one for each misbehavior
        match behavior:
            case "keep_then_crash":
                call.keep({"id": state["id"]})
                raise RuntimeError("the wire broke")
            case "keep_then_exit":
                call.keep({"id": state["id"]})
                sys.exit(3)
            case "report":
                call.report.error("Shelf wobbles", "The object exists, but wobbles.")
                return {"id": state["id"]}
            case "leave_unknown":
                return {**state, "weight": UNKNOWN}
            case "leave_out":
                return {name: value for name, value in state.items() if name not in {"weight", "note"}}
            case "extra_key":
                return {**state, "surprise": 1}
            case "wrong_type":
                return {**state, "size": "large"}
            case "other_value":
                return {**state, "note": "something else"}
            case "nothing":
                return None
            case "garbage":
                return "garbage"
            case "reveal":
                log.info("the secret is out", secret=state["pin"])
                call.report.warning("Look", f"the pin is {state['pin']}")
        return state

    def read(self, state, call: Call):
        if state["behavior"] == "fail_read":
            raise ProviderError("Shelf is locked", "Nobody can look.")
        try:
            found = json.loads(self._shelf.path(state["id"]).read_text())
        except FileNotFoundError:
            return None
        return {**state, "note": found["note"], "color": found["color"]}

    def update(self, prior, plan, config, call: Call):
        if plan["behavior"] == "fail_update":
            raise ProviderError("Shelf is stuck", "It cannot be moved.")
        if plan["behavior"] == "half_update":
            call.keep({**prior, "note": plan["note"]})
            raise OSError("connection lost")
        state = {**plan}
        if plan["behavior"] == "reweigh":
            state["weight"] = 99
        self._settle(state, config)
        self._store(state, config)
        return state

    def delete(self, state, call: Call) -> None:
        if state["behavior"] == "fail_delete":
            raise ProviderError("Shelf is stuck", "It cannot be removed.")
        self._shelf.path(state["id"]).unlink(missing_ok=True)

    def plan_change(self, prior, planned, config, call: Call):
        if planned["behavior"] == "refuse_plan":
            raise ProviderError("Not like this", "This is refused at plan.", ("behavior",))
        if prior is not None and prior["fragile"] and planned["note"] != prior["note"]:
            return [("note",)]
        return []

    def plan_destroy(self, prior, call: Call) -> None:
        if prior["behavior"] == "warn_destroy":
            call.report.warning("Last one", "This is the last object on the shelf.")

    def import_state(self, import_id, call: Call):
        try:
            found = json.loads(self._shelf.path(import_id).read_text())
        except FileNotFoundError:
            raise ProviderError("No such object", f"Nothing on the shelf has the id {import_id!r}.") from None
        keep = ("id", "name", "note", "color", "size", "weight")
        return {name: found[name] for name in keep}

    @classmethod
    def validate_config(cls, config, report: Report) -> None:
        if config["note"] == "forbidden" and config["size"] is not None:
            report.error("Note and size clash", "A forbidden note goes with no size.", ("size",))

    def _settle(self, state, config) -> None:
        secret = config["secret_wo"]
        state["secret_length"] = None if secret is None else len(secret)
        if isinstance(state["weight"], Unknown):
            state["weight"] = None if state["size"] is None else state["size"] * 2
        for part in [*([state["box"]] if state["box"] else []), *(state["parts"] or [])]:
            if isinstance(part["serial"], Unknown):
                part["serial"] = uuid.uuid4().hex

    def _store(self, state, config) -> None:
        self._shelf.path(state["id"]).write_text(json.dumps(_jsonable({**state, "seen_secret": config["secret_wo"]})))


class ShelfLookup:
    schema: ClassVar[Schema] = Schema(
        "Finds an object by its name.",
        (_required("name", STRING), _defaulted("suffix", STRING, ".json"), _computed("ids", ListOf(STRING))),
    )

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def read(self, config, call: Call):
        files = sorted(self._shelf.directory.glob(f"*{config['suffix']}"))
        return {
            **config,
            "ids": [file.stem for file in files if json.loads(file.read_text())["name"] == config["name"]],
        }


class ShelfSecret:
    schema: ClassVar[Schema] = Schema(
        "A value nobody stores.",
        (_required("name", STRING), _computed("value", STRING, exposure=Exposure.SENSITIVE)),
    )

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def open(self, config, call: Call):
        return {**config, "value": f"{self._shelf.token}-{config['name']}"}


class ShelfJoin:
    signature: ClassVar[Signature] = Signature(
        "Joins texts.",
        "Puts `between` between all the others.",
        (
            Parameter("between", STRING, "What stands between.", accepts=Accepts.NULL),
            Parameter("first", DYNAMIC, "Any value.", accepts=Accepts.NULL | Accepts.UNKNOWN),
            Parameter("secret", STRING, "A value that is not told.", exposure=Exposure.SENSITIVE),
        ),
        STRING,
        Parameter("others", STRING, "More texts."),
    )

    def call(self, arguments):
        between, first, secret, *others = arguments
        if "refused" in others:
            raise FunctionError(f"'refused' is refused, as {secret} knows.", 3 + others.index("refused"))
        if "crash" in others:
            raise ValueError(f"crashed with {secret}")
        if "odd" in others:
            return 7
        value = first.value if isinstance(first, Dynamic) else first
        return (between or "").join([str(value), *others])


class ShelfVersion:
    signature: ClassVar[Signature] = Signature("The version.", "Of the shelf.", (), ListOf(NUMBER))

    def call(self, arguments):
        return [0, 1, *arguments]


class ShelfProvider:
    name = "shelf"
    schema = Schema(
        "Keeps objects in a directory.",
        (_optional("directory", STRING), _optional("token", STRING, exposure=Exposure.SENSITIVE)),
    )
    resources: ClassVar = {"shelf_object": ShelfObject}
    data_sources: ClassVar = {"shelf_lookup": ShelfLookup}
    ephemeral_resources: ClassVar = {"shelf_secret": ShelfSecret}
    functions: ClassVar = {"join": ShelfJoin(), "version": ShelfVersion()}

    def configure(self, config, call: Call) -> Shelf:
        directory = config["directory"]
        return Shelf(Path(directory) if isinstance(directory, str) else None, config["token"])


def _load() -> ShelfProvider:
    print("printed while the provider is loaded")
    os.write(1, b"written past Python while the provider is loaded\n")
    return ShelfProvider()


if __name__ == "__main__":
    sys.exit(run(_load, sys.argv[1:]))
