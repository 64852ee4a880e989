"""Who denies it, and which event a denial goes to."""

from casualties.events.context import Context
from casualties.events.drafts import Draft
from casualties.model import Denial


def denials_of(drafts: list[Draft], context: Context) -> dict[int, list[Denial]]:
    """Denials by the index of the draft that they follow: the one told last before, or in the same sentence."""
    found: dict[int, list[Denial]] = {}
    for mention in context.denials:
        best: tuple[int, int] | None = None
        for index, draft in enumerate(drafts):
            for report in draft.reports:
                if report.sentence.field != "text" or draft.toll:
                    continue
                gap = mention.sentence_start - report.sentence.start
                if gap < -400:
                    continue
                distance = abs(gap) + (300 if gap < 0 else 0)
                if best is None or distance < best[0]:
                    best = (distance, index)
        if best is not None:
            whole = drafts[best[1]].part_of
            listed = found.setdefault(drafts.index(whole) if whole else best[1], [])
            if all(d.by != mention.by for d in listed):
                listed.append(Denial(by=mention.by))
    return found
