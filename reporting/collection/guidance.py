"""What helps at each field of the entry: a good and a weak example, and whether the field is published."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Guidance:
    published: bool
    good: str | Promise = ""
    weak: str | Promise = ""


GUIDANCE: dict[str, Guidance] = {
    "headline_result": Guidance(
        True,
        _("“Women are 18 of 42 on missions, up from 12 of 40, after the entry test was changed.”"),
        _("“The ministry held several meetings on women’s participation.”"),
    ),
    "result_kind": Guidance(
        True,
        _("A course was held: activity. 60 officers can now do the task: output. Survivors are met better: outcome."),
    ),
    "efforts": Guidance(
        True,
        _("“In March we changed the selection course; two agencies took part; 1.2 million kroner was spent.”"),
        _("“We work continuously and systematically with these questions.”"),
    ),
    "results": Guidance(
        True,
        _("“9 of 11 districts now have a contact, 31 December; in two, victims got help the same day.”"),
        _("“Awareness has been raised among all relevant actors.”"),
    ),
    "problems": Guidance(
        True,
        _("“Two posts stood empty from May; 40 people were not trained. The budget came in October.”"),
        _("“There are always some challenges.”"),
    ),
    "problems_follow_up": Guidance(
        True,
        _("“The empty posts: filled in August. The missing figures: still missing, the register is ready in spring.”"),
        _("“Followed up in the usual way.”"),
    ),
    "next_steps": Guidance(
        True,
        _("“The evaluation is finished in June; we decide on a second group by September.”"),
        _("“The work will continue.”"),
    ),
    "status": Guidance(True),
    "change_kind": Guidance(
        True, _("Would this have happened without the plan? Then it is ongoing, and that is worth saying too.")
    ),
    "countries": Guidance(True, _("Only those that your text speaks of.")),
    "forums": Guidance(True, _("Only those that your text speaks of.")),
    "resolutions": Guidance(True),
    "partners": Guidance(
        True, _("“UN Women, a network of civil-society organisations.” No name that could put somebody in danger.")
    ),
    "evidence": Guidance(
        False, _("“Personnel statistics, 31 December; evaluation of the course, 14 June.”"), _("“Internal sources.”")
    ),
    "internal_note": Guidance(False, _("“The figure for May is provisional; ask the agency before using it.”")),
    "do_no_harm": Guidance(False),
}
