"""A run's end as Miri prints it: what happened, where, related places, the backtrace."""

from __future__ import annotations

from .base.diagnostics import Diagnostic, Label
from .base.render import render
from .base.span import SourceMap, Span
from .machine.outcome import Outcome

_TITLES = {
    "ub": "Undefined Behavior: ", "unsupported": "unsupported: ", "deadlock": "", "leak": "", "step_limit": "",
    "memory_limit": "", "stack_overflow": "", "abort": "", "compile_error": "",
}  # fmt: skip
_LABELS = {"ub": "Undefined Behavior occurred here", "deadlock": "this thread got stuck here"}
_UB_HELP = (
    "this indicates a bug in the program: it performed an invalid operation, and caused Undefined Behavior",
    "see https://doc.rust-lang.org/nightly/reference/behavior-considered-undefined.html for further information",
)


def report_outcome(outcome: Outcome, sm: SourceMap, color: bool = False) -> str:
    """The text for stderr."""
    diagnostics = [d for d in outcome.diagnostics if isinstance(d, Diagnostic)]
    if not diagnostics or (outcome.message and outcome.kind not in ("compile_error", "unsupported")):
        diagnostics.insert(0, _main(outcome, sm))
    parts = [render(d, sm, color) for d in diagnostics]
    for note in outcome.notes:
        if note.span:
            parts.append(render(Diagnostic("help", note.text, "", [Label(Span(note.span), "", True)]), sm, color))
    parts.append("error: aborting due to 1 previous error\n")
    return "\n".join(parts)


def _main(outcome: Outcome, sm: SourceMap) -> Diagnostic:
    labels = [Label(Span(outcome.span), _LABELS.get(outcome.kind, ""), True)] if outcome.span else []
    made = Diagnostic("error", _TITLES.get(outcome.kind, "") + outcome.message, "", labels)
    for text in outcome.help:
        made.help(text)
    if outcome.kind == "ub":
        for text in _UB_HELP:
            made.help(text)
    for note in outcome.notes:
        if not note.span:
            made.note(note.text)
    if outcome.backtrace:
        made.note(f"this is on thread `{outcome.thread}`, called from:\n" + "\n".join(_frames(outcome, sm)))
    return made


def _frames(outcome: Outcome, sm: SourceMap) -> list[str]:
    """Innermost first, down to the outermost of the program's own functions: what starts `main` tells nothing."""
    out = []
    frames = [f for f in outcome.backtrace if f.span]
    own = [i for i, f in enumerate(frames) if f.is_local]
    for number, frame in enumerate(frames[: own[-1] + 1] if own else frames):
        name, line, col = sm.location(Span(frame.span))
        out.append(f"{number}: {frame.name} at {name}:{line}:{col}")
    return out
