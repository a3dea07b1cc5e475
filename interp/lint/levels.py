"""How serious a lint is at a place: the innermost attribute round it that speaks of it, else its default.

`forbid` cannot be undone by what is inside it.  Attributes of items are found through the definitions, those of
statements, arms and parameters by their places (`Lints.attrs`).
"""

from __future__ import annotations

from typing import Any, NamedTuple, Optional

from ..base.diagnostics import Diagnostic, error
from ..base.lints import DEFAULT, GROUP_OF, GROUPS, GROUPS_OLD, LintLevel, Lints
from ..base.span import Span, span_file, span_hi, span_lo
from ..expand.cfg import group_of, split_commas
from ..syntax.token import Token
from ..ty.context import TyCtxt

_WORDS = ("allow", "expect", "warn", "deny", "forbid")


class Setting(NamedTuple):
    """A level, and the attribute and the name in it that set it; no attribute: the default."""

    level: LintLevel
    span: Optional[Span] = None
    said: str = ""


Settings = dict[str, Setting]


def settings_in(attrs: list[Any]) -> Settings:
    """What these attributes say, by lint or group; of several the last counts."""
    found: Settings = {}
    for attr in attrs:
        if attr.path in _WORDS and attr.value is None:
            for part in split_commas(group_of(attr)):
                tokens: list[Any] = part
                name = "".join(t.text for t in tokens if isinstance(t, Token))
                if tokens and not name.startswith("reason="):
                    found[GROUPS_OLD.get(name, name)] = Setting(attr.path, tokens[0].span, name)
    return found


def speaks_of(settings: Settings, lint: str) -> Optional[Setting]:
    return settings.get(lint) or settings.get(GROUP_OF.get(lint, ""))


class Levels:
    def __init__(self, tcx: TyCtxt, lints: Lints) -> None:
        self.tcx = tcx
        self.items: dict[int, Settings] = {}
        self.lints, self.read = lints, 0
        self.places: list[tuple[int, int, int, Settings]] = []
        self.shown: set[Any] = set()

    def chain(self, owner: int, span: Span) -> list[Settings]:
        """What is said around a place, innermost first."""
        for place, attrs in self.lints.attrs[self.read :]:
            settings = settings_in(attrs)
            if settings:
                self.places.append((span_file(place), span_lo(place), span_hi(place), settings))
        self.read = len(self.lints.attrs)
        file, lo, hi = span_file(span), span_lo(span), span_hi(span)
        inside = [p for p in self.places if p[0] == file and p[1] <= lo and hi <= p[2]]
        found = [settings for _, _, _, settings in sorted(inside, key=lambda p: p[2] - p[1])]
        at: Optional[int] = owner
        while at is not None:
            found.append(self.of_item(at))
            at = self.tcx.def_data(at).parent
        return found

    def of_item(self, def_id: int) -> Settings:
        found = self.items.get(def_id)
        if found is None:
            data = self.tcx.def_data(def_id)
            attrs: list[Any] = [*data.attrs]
            if data.parent is None:
                attrs = [*self.tcx.resolver.krates[data.krate].attrs, *attrs]
            found = self.items[def_id] = settings_in(attrs)
        return found

    def of(self, lint: str, owner: int, span: Span) -> Setting:
        chain = self.chain(owner, span)
        said = [setting for setting in (speaks_of(settings, lint) for settings in chain) if setting is not None]
        setting = next((s for s in reversed(said) if s.level == "forbid"), said[0] if said else Setting(DEFAULT[lint]))
        if setting.level == "warn":
            general = next((s["warnings"] for s in chain if "warnings" in s), None)
            return general or setting
        return setting

    def refuse_overrides(self, def_id: int) -> None:
        """E0453: what an outer attribute forbids cannot be allowed again."""
        parent = self.tcx.def_data(def_id).parent
        for name, setting in self.of_item(def_id).items():
            at = parent
            while at is not None and setting.level != "forbid" and setting.span is not None:
                outer = speaks_of(self.of_item(at), name)
                if outer is not None and outer.level == "forbid" and outer.span is not None:
                    message = f"{setting.level}({setting.said}) incompatible with previous forbid"
                    found = error(setting.span, message, "E0453", "overruled by previous forbid")
                    self.tcx.diag.emit(found.label(outer.span, "`forbid` level set here"))
                    break
                at = self.tcx.def_data(at).parent

    def apply(self, lint: str, owner: int, found: Diagnostic, warn: bool) -> Optional[Diagnostic]:
        """The diagnostic as it is to be emitted, if it is."""
        setting = self.of(lint, owner, found.span)
        if setting.level in ("allow", "expect") or (setting.level == "warn" and not warn):
            return None
        shown = found
        if setting.level != "warn":
            shown = error(found.span, found.message, "", found.labels[0].text)
            shown.labels, shown.notes, shown.children = found.labels, found.notes, found.children
        if (lint, setting) not in self.shown:
            self.shown.add((lint, setting))
            self._explain(lint, setting, shown)
        return shown

    def _explain(self, lint: str, setting: Setting, shown: Diagnostic) -> None:
        """Who set the level, once for each lint."""
        group = GROUP_OF.get(lint, "")
        if setting.span is None:
            part = f" (part of `#[{setting.level}({group})]`)" if group else ""
            shown.note(f"`#[{setting.level}({lint})]`{part} on by default")
            return
        shown.span_note(setting.span, "the lint level is defined here")
        if setting.said != lint:
            shown.note(f"`#[{setting.level}({lint})]` implied by `#[{setting.level}({setting.said})]`")


def wants(attrs: list[Any]) -> bool:
    """Whether these attributes make an error of something that a lint of ours finds."""
    known = {*DEFAULT, *GROUPS, "warnings"}
    return any(s.level in ("deny", "forbid") and name in known for name, s in settings_in(attrs).items())
