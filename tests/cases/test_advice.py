"""All advice on the two cases, entry by entry: what a change of data or rules changes shows here.

Columns: entry, verdict under icnc, verdict under crm-atrocity, and for the latter the organisations
that it fits and the sign-offs that it waits for.
"""

from __future__ import annotations

import pytest
from tests.conftest import brief_of

from standwith.choose.page import Item

BELARUS = """
G-01   needs-info      needs-info      protest-movement                  identity-protection
G-02   recommend       recommend       protest-movement                  risk
G-03   needs-info      needs-info      protest-movement                  risk
G-04   needs-info      needs-info      protest-movement                  risk
G-05   recommend       recommend       -                                 risk
G-06   needs-info      needs-info      protest-movement                  legal-basis,counsel,second-approver
G-06a  needs-info      needs-info      protest-movement                  legal-basis,counsel,second-approver
G-06b  needs-info      needs-info      protest-movement                  legal-basis,counsel,second-approver
G-06c  needs-info      needs-info      protest-movement                  legal-basis,counsel,second-approver
G-07   needs-info      needs-info      protest-movement                  legal-basis,counsel,second-approver
G-08   recommend       recommend       -                                 -
G-09   needs-info      needs-info      protest-movement                  risk
G-10   needs-info      needs-info      protest-movement                  risk
G-11   recommend       recommend       protest-movement                  risk
G-12   needs-info      needs-info      -                                 evidence
G-13   needs-info      needs-info      -                                 counsel,second-approver
G-14   recommend       recommend       protest-movement                  -
G-15   recommend       recommend       protest-movement                  -
G-16   recommend       recommend       protest-movement                  -
G-17   recommend       recommend       protest-movement                  -
G-18   hold            hold            -                                 -
G-19   recommend       recommend       -                                 evidence
G-19a  recommend       recommend       -                                 evidence
G-19b  recommend       recommend       -                                 evidence
G-19c  recommend       recommend       -                                 evidence
G-19d  recommend       recommend       -                                 -
G-20   recommend       needs-info      protest-movement                  counsel,second-approver
G-21   recommend       recommend       -                                 -
G-22   hold            hold            -                                 -
G-23   hold            hold            -                                 -
G-24   hold            hold            -                                 -
G-25   hold            hold            -                                 -
G-26   hold            hold            protest-movement                  identity-protection
G-27   hold            hold            -                                 identity-protection
G-28   recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
G-29   prohibited      prohibited      -                                 -
G-30   prohibited      prohibited      -                                 -
G-31   recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
G-32   recommend       recommend       -                                 identity-protection
G-33   needs-info      needs-info      protest-movement                  legal-basis,identity-protection,counsel,second-approver
G-34   recommend       recommend       -                                 legal-basis
G-35   needs-info      needs-info      protest-movement                  identity-protection,counsel,second-approver
G-36   needs-info      needs-info      protest-movement                  risk
G-37   recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
G-38   recommend       recommend       -                                 -
G-39   recommend       recommend       -                                 -
G-40   prohibited      prohibited      -                                 -
G-40a  prohibited      prohibited      -                                 -
G-40b  prohibited      prohibited      -                                 -
G-40c  recommend       recommend       -                                 legal-basis,evidence,counsel,second-approver
G-40d  recommend       recommend       -                                 legal-basis,evidence
G-41   recommend       recommend       -                                 neutrality
G-42   needs-info      needs-info      protest-movement                  risk
G-43   recommend       recommend       -                                 -
G-44   recommend       recommend       -                                 risk
G-44a  recommend       recommend       -                                 risk
G-44b  recommend       recommend       -                                 risk
G-44c  recommend       recommend       -                                 risk
G-44d  recommend       recommend       -                                 risk
G-44e  needs-info      needs-info      -                                 legal-basis,counsel,second-approver
G-45   needs-info      needs-info      -                                 counsel,second-approver
G-46   recommend       recommend       -                                 -
G-47   recommend       recommend       -                                 risk
G-48   recommend       recommend       -                                 identity-protection
G-49   recommend       recommend       -                                 -
G-50   needs-info      needs-info      protest-movement                  counsel,second-approver
G-51   recommend       recommend       protest-movement                  identity-protection
G-52   hold            hold            -                                 -
G-53   needs-info      needs-info      -                                 counsel,second-approver
G-54   needs-info      needs-info      -                                 counsel,second-approver
G-55   needs-info      needs-info      -                                 legal-basis,counsel,second-approver
G-56   recommend       recommend       -                                 legal-basis,counsel,second-approver
G-57   needs-info      needs-info      -                                 legal-basis,counsel,second-approver
G-58   needs-info      needs-info      -                                 legal-basis,counsel,second-approver
G-59   recommend       recommend       -                                 risk
G-59a  recommend       recommend       -                                 risk
G-59b  recommend       recommend       -                                 risk
G-59c  recommend       recommend       -                                 risk
G-60   prohibited      prohibited      -                                 -
G-61   recommend       recommend       -                                 legal-basis,counsel,second-approver
G-62   recommend       recommend       -                                 -
G-63   recommend       recommend       protest-movement                  -
G-64   recommend       recommend       protest-movement                  -
G-65   recommend       recommend       protest-movement                  risk
G-66   recommend       recommend       -                                 -
G-67   recommend       recommend       -                                 legal-basis
G-68   recommend       recommend       -                                 -
G-69   recommend       recommend       -                                 -
G-70   recommend       recommend       -                                 -
G-71   recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
G-72   recommend       recommend       -                                 legal-basis,counsel,second-approver
G-73   needs-info      needs-info      -                                 identity-protection,counsel,second-approver
G-74   needs-info      needs-info      protest-movement                  risk
G-75   recommend       recommend       -                                 evidence,identity-protection
SF-01  reference-only  reference-only  -                                 -
SF-02  reference-only  reference-only  -                                 -
SF-03  reference-only  reference-only  -                                 -
SF-04  reference-only  reference-only  -                                 -
SF-05  reference-only  reference-only  -                                 -
SF-06  reference-only  reference-only  -                                 -
SF-07  reference-only  reference-only  -                                 -
SF-08  reference-only  reference-only  -                                 -
SF-09  reference-only  reference-only  -                                 -
SF-10  reference-only  reference-only  -                                 -
SF-11  reference-only  reference-only  -                                 -
SF-12  reference-only  reference-only  -                                 -
SF-13  reference-only  reference-only  -                                 -
SF-14  reference-only  reference-only  -                                 -
SF-15  prohibited      prohibited      -                                 -
SF-16  reference-only  reference-only  -                                 -
SF-17  reference-only  reference-only  -                                 -
SF-18  reference-only  reference-only  -                                 -
SF-19  reference-only  reference-only  -                                 -
SF-20  reference-only  reference-only  -                                 -
SF-21  reference-only  reference-only  -                                 -
SF-22  reference-only  reference-only  -                                 -
SF-23  reference-only  reference-only  -                                 -
SF-24  reference-only  reference-only  -                                 -
SF-25  reference-only  reference-only  -                                 -
SF-26  reference-only  reference-only  -                                 -
SF-27  reference-only  reference-only  -                                 -
SF-28  reference-only  reference-only  -                                 -
SF-29  reference-only  reference-only  -                                 -
SF-30  reference-only  reference-only  -                                 -
SF-31  reference-only  reference-only  -                                 -
SF-32  reference-only  reference-only  -                                 -
SF-33  reference-only  reference-only  -                                 -
SF-34  reference-only  reference-only  -                                 -
SF-35  reference-only  reference-only  -                                 -
SF-36  reference-only  reference-only  -                                 -
SF-37  reference-only  reference-only  -                                 -
SF-38  reference-only  reference-only  -                                 -
SF-39  reference-only  reference-only  -                                 -
SF-40  prohibited      prohibited      -                                 -
CO-01  recommend       recommend       -                                 -
CO-01a recommend       recommend       -                                 evidence
CO-01b recommend       recommend       -                                 -
CO-02  recommend       recommend       -                                 -
CO-03  recommend       recommend       -                                 evidence
CO-04  recommend       recommend       -                                 evidence
CO-05  recommend       recommend       -                                 legal-basis,counsel,second-approver
CO-06  recommend       recommend       -                                 identity-protection
CO-07  recommend       recommend       -                                 legal-basis
CO-08  needs-info      needs-info      -                                 -
CO-09  permit          permit          -                                 -
CO-10  permit          permit          -                                 local-ownership
CO-11  permit          permit          -                                 -
CO-12  permit          permit          -                                 -
CO-13  permit          permit          -                                 -
CO-14  recommend       recommend       -                                 -
CO-14a recommend       recommend       -                                 legal-basis,counsel,second-approver
CO-14b recommend       recommend       -                                 identity-protection
CO-14c recommend       recommend       -                                 legal-basis,counsel,second-approver
CO-15  recommend       recommend       -                                 -
CO-16  permit          permit          -                                 -
CO-17  permit          permit          -                                 evidence,legal-basis,counsel,second-approver
CO-18  permit          permit          -                                 legal-basis,counsel,second-approver
CO-19  permit          permit          -                                 legal-basis
CO-20  recommend       recommend       -                                 legal-basis
BY-01  reference-only  reference-only  -                                 -
BY-02  needs-info      needs-info      protest-movement                  risk
BY-03  reference-only  reference-only  -                                 -
BY-04  recommend       recommend       -                                 -
BY-05  recommend       recommend       -                                 evidence
BY-06  recommend       recommend       -                                 -
BY-07  needs-info      needs-info      protest-movement                  risk
BY-08  recommend       recommend       -                                 -
BY-09  recommend       recommend       -                                 -
BY-10  recommend       recommend       -                                 -
RS-01  permit          permit          -                                 legal-basis
RS-02  recommend       recommend       -                                 evidence
RS-03  recommend       recommend       -                                 risk
RS-04  permit          permit          -                                 legal-basis,counsel,second-approver
RS-05  permit          permit          -                                 legal-basis,counsel,second-approver
RS-06  recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
RS-07  recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
RS-08  recommend       recommend       -                                 legal-basis,counsel,second-approver
RS-09  prohibited      prohibited      -                                 -
RS-10  prohibited      prohibited      -                                 -
RS-11  recommend       recommend       -                                 legal-basis,evidence,counsel,second-approver
RS-12  prohibited      prohibited      -                                 -
RS-13  hold            hold            -                                 legal-basis,counsel,second-approver
RS-14  hold            hold            -                                 legal-basis,counsel,second-approver
RS-15  hold            hold            -                                 legal-basis,counsel,second-approver
RS-16  hold            hold            -                                 legal-basis,counsel,second-approver
RS-17  recommend       recommend       protest-movement                  intention-and-proportionality,legal-basis,counsel,second-approver
RS-18  recommend       needs-info      protest-movement                  intention-and-proportionality,counsel,second-approver
RS-19  hold            hold            protest-movement                  counsel,second-approver
RS-20  permit          needs-info      protest-movement                  counsel,second-approver
RS-21  permit          needs-info      protest-movement                  legal-basis,counsel,second-approver
RS-22  recommend       needs-info      protest-movement                  counsel,second-approver
RS-23  permit          needs-info      protest-movement                  counsel,second-approver
RS-24  permit          needs-info      protest-movement                  neutrality,counsel,second-approver
RS-25  permit          needs-info      protest-movement                  counsel,second-approver
RS-26  recommend       recommend       protest-movement                  legal-basis,counsel,second-approver
RS-27  recommend       recommend       protest-movement                  identity-protection,intention-and-proportionality
RS-28  permit          permit          protest-movement                  legal-basis
RS-29  hold            hold            -                                 legal-basis,counsel,second-approver
RS-30  recommend       recommend       -                                 risk
RS-31  permit          permit          protest-movement                  risk
RS-32  permit          permit          protest-movement                  local-ownership
RS-33  recommend       recommend       -                                 -
RS-34  recommend       recommend       -                                 evidence,identity-protection
RS-35  permit          permit          -                                 evidence,legal-basis,counsel,second-approver
RS-36  hold            hold            -                                 local-ownership
RS-37  permit          permit          -                                 evidence,legal-basis,counsel,second-approver
RS-38  recommend       recommend       -                                 identity-protection
"""
MYANMAR = """
G-01   needs-info      needs-info      cdm,nug,rohingya-groups           identity-protection
G-02   recommend       recommend       cdm                               risk
G-03   needs-info      needs-info      cdm,nug,rohingya-groups           risk
G-04   needs-info      needs-info      cdm,nug,rohingya-groups           risk
G-05   recommend       recommend       -                                 risk
G-06   needs-info      needs-info      cdm,nug,rohingya-groups           legal-basis,counsel,second-approver
G-06a  needs-info      needs-info      cdm,nug,rohingya-groups           legal-basis,counsel,second-approver
G-06b  needs-info      needs-info      cdm,nug,rohingya-groups           legal-basis,counsel,second-approver
G-06c  needs-info      needs-info      cdm,nug,rohingya-groups           legal-basis,counsel,second-approver
G-07   needs-info      needs-info      cdm,nug,rohingya-groups           legal-basis,counsel,second-approver
G-08   recommend       recommend       -                                 -
G-09   needs-info      needs-info      cdm,nug,rohingya-groups           risk
G-10   needs-info      needs-info      cdm,nug,rohingya-groups           risk
G-11   recommend       recommend       cdm,nug,rohingya-groups           risk
G-12   needs-info      needs-info      -                                 evidence
G-13   needs-info      needs-info      -                                 counsel,second-approver
G-14   recommend       recommend       cdm,nug,rohingya-groups           -
G-15   recommend       recommend       cdm,nug,rohingya-groups           -
G-16   recommend       recommend       cdm,nug,rohingya-groups           -
G-17   recommend       recommend       cdm,nug,rohingya-groups           -
G-18   hold            hold            -                                 -
G-19   recommend       recommend       -                                 evidence
G-19a  recommend       recommend       -                                 evidence
G-19b  recommend       recommend       -                                 evidence
G-19c  recommend       recommend       -                                 evidence
G-19d  recommend       recommend       -                                 -
G-20   recommend       recommend       nug                               counsel,second-approver
G-21   recommend       recommend       -                                 -
G-22   hold            hold            -                                 -
G-23   hold            hold            -                                 -
G-24   hold            hold            -                                 -
G-25   hold            hold            -                                 -
G-26   hold            hold            cdm,nug,pdf,eao,rohingya-groups   identity-protection
G-27   hold            hold            -                                 identity-protection
G-28   recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
G-29   prohibited      prohibited      -                                 -
G-30   prohibited      prohibited      -                                 -
G-31   recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
G-32   recommend       recommend       -                                 identity-protection
G-33   needs-info      needs-info      cdm,nug,rohingya-groups           legal-basis,identity-protection,counsel,second-approver
G-34   permit          permit          -                                 legal-basis
G-35   needs-info      needs-info      cdm,nug,rohingya-groups           identity-protection,counsel,second-approver
G-36   needs-info      needs-info      cdm,nug,rohingya-groups           risk
G-37   recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
G-38   recommend       recommend       -                                 -
G-39   recommend       recommend       -                                 -
G-40   prohibited      prohibited      -                                 -
G-40a  prohibited      prohibited      -                                 -
G-40b  prohibited      prohibited      -                                 -
G-40c  recommend       recommend       -                                 legal-basis,evidence,counsel,second-approver
G-40d  recommend       recommend       -                                 legal-basis,evidence
G-41   recommend       recommend       -                                 neutrality
G-42   needs-info      needs-info      cdm,nug,rohingya-groups           risk
G-43   recommend       recommend       -                                 -
G-44   recommend       recommend       -                                 risk
G-44a  recommend       recommend       -                                 risk
G-44b  recommend       recommend       -                                 risk
G-44c  recommend       recommend       -                                 risk
G-44d  recommend       recommend       -                                 risk
G-44e  needs-info      needs-info      -                                 legal-basis,counsel,second-approver
G-45   needs-info      needs-info      -                                 counsel,second-approver
G-46   recommend       recommend       -                                 -
G-47   recommend       recommend       -                                 risk
G-48   recommend       recommend       -                                 identity-protection
G-49   recommend       recommend       -                                 -
G-50   needs-info      needs-info      cdm,nug,rohingya-groups           counsel,second-approver
G-51   recommend       recommend       cdm,nug,rohingya-groups           identity-protection
G-52   hold            hold            -                                 -
G-53   needs-info      needs-info      -                                 counsel,second-approver
G-54   needs-info      needs-info      -                                 counsel,second-approver
G-55   needs-info      needs-info      -                                 legal-basis,counsel,second-approver
G-56   recommend       recommend       -                                 legal-basis,counsel,second-approver
G-57   needs-info      needs-info      -                                 legal-basis,counsel,second-approver
G-58   needs-info      needs-info      -                                 legal-basis,counsel,second-approver
G-59   recommend       recommend       -                                 risk
G-59a  recommend       recommend       -                                 risk
G-59b  recommend       recommend       -                                 risk
G-59c  recommend       recommend       -                                 risk
G-60   prohibited      prohibited      -                                 -
G-61   recommend       recommend       -                                 legal-basis,counsel,second-approver
G-62   recommend       recommend       -                                 -
G-63   recommend       recommend       cdm,nug,pdf,eao,rohingya-groups   -
G-64   recommend       recommend       cdm,nug,rohingya-groups           -
G-65   recommend       recommend       cdm,nug,rohingya-groups           risk
G-66   recommend       recommend       -                                 -
G-67   recommend       recommend       -                                 legal-basis
G-68   recommend       recommend       -                                 -
G-69   recommend       recommend       -                                 -
G-70   recommend       recommend       -                                 -
G-71   recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
G-72   recommend       recommend       -                                 legal-basis,counsel,second-approver
G-73   needs-info      needs-info      -                                 identity-protection,counsel,second-approver
G-74   needs-info      needs-info      cdm,nug,rohingya-groups           risk
G-75   recommend       recommend       -                                 evidence,identity-protection
SF-01  reference-only  reference-only  -                                 -
SF-02  reference-only  reference-only  -                                 -
SF-03  reference-only  reference-only  -                                 -
SF-04  reference-only  reference-only  -                                 -
SF-05  reference-only  reference-only  -                                 -
SF-06  reference-only  reference-only  -                                 -
SF-07  reference-only  reference-only  -                                 -
SF-08  reference-only  reference-only  -                                 -
SF-09  reference-only  reference-only  -                                 -
SF-10  reference-only  reference-only  -                                 -
SF-11  reference-only  reference-only  -                                 -
SF-12  reference-only  reference-only  -                                 -
SF-13  reference-only  reference-only  -                                 -
SF-14  reference-only  reference-only  -                                 -
SF-15  prohibited      prohibited      -                                 -
SF-16  reference-only  reference-only  -                                 -
SF-17  reference-only  reference-only  -                                 -
SF-18  reference-only  reference-only  -                                 -
SF-19  reference-only  reference-only  -                                 -
SF-20  reference-only  reference-only  -                                 -
SF-21  reference-only  reference-only  -                                 -
SF-22  reference-only  reference-only  -                                 -
SF-23  reference-only  reference-only  -                                 -
SF-24  reference-only  reference-only  -                                 -
SF-25  reference-only  reference-only  -                                 -
SF-26  reference-only  reference-only  -                                 -
SF-27  reference-only  reference-only  -                                 -
SF-28  reference-only  reference-only  -                                 -
SF-29  reference-only  reference-only  -                                 -
SF-30  reference-only  reference-only  -                                 -
SF-31  reference-only  reference-only  -                                 -
SF-32  reference-only  reference-only  -                                 -
SF-33  reference-only  reference-only  -                                 -
SF-34  reference-only  reference-only  -                                 -
SF-35  reference-only  reference-only  -                                 -
SF-36  reference-only  reference-only  -                                 -
SF-37  reference-only  reference-only  -                                 -
SF-38  reference-only  reference-only  -                                 -
SF-39  reference-only  reference-only  -                                 -
SF-40  prohibited      prohibited      -                                 -
CO-01  recommend       recommend       -                                 -
CO-01a recommend       recommend       -                                 evidence
CO-01b recommend       recommend       -                                 -
CO-02  recommend       recommend       -                                 -
CO-03  recommend       recommend       -                                 evidence
CO-04  recommend       recommend       -                                 evidence
CO-05  recommend       recommend       -                                 legal-basis,counsel,second-approver
CO-06  recommend       recommend       -                                 identity-protection
CO-07  recommend       recommend       -                                 legal-basis
CO-08  needs-info      needs-info      -                                 -
CO-09  permit          permit          -                                 -
CO-10  permit          permit          -                                 local-ownership
CO-11  permit          permit          -                                 -
CO-12  permit          permit          -                                 -
CO-13  permit          permit          -                                 -
CO-14  recommend       recommend       -                                 -
CO-14a recommend       recommend       -                                 legal-basis,counsel,second-approver
CO-14b recommend       recommend       -                                 identity-protection
CO-14c recommend       recommend       -                                 legal-basis,counsel,second-approver
CO-15  recommend       recommend       -                                 -
CO-16  permit          permit          -                                 -
CO-17  permit          permit          -                                 evidence,legal-basis,counsel,second-approver
CO-18  permit          permit          -                                 legal-basis,counsel,second-approver
CO-19  permit          permit          -                                 legal-basis
CO-20  recommend       recommend       -                                 legal-basis
BY-01  reference-only  reference-only  -                                 -
BY-02  needs-info      needs-info      cdm,nug,rohingya-groups           risk
BY-03  reference-only  reference-only  -                                 -
BY-04  recommend       recommend       -                                 -
BY-05  recommend       recommend       -                                 evidence
BY-06  recommend       recommend       -                                 -
BY-07  needs-info      needs-info      cdm,nug,rohingya-groups           risk
BY-08  recommend       recommend       -                                 -
BY-09  recommend       recommend       -                                 -
BY-10  recommend       recommend       -                                 -
RS-01  permit          permit          -                                 legal-basis
RS-02  recommend       recommend       -                                 evidence
RS-03  recommend       recommend       -                                 risk
RS-04  permit          permit          -                                 legal-basis,counsel,second-approver
RS-05  recommend       recommend       -                                 legal-basis,counsel,second-approver
RS-06  recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
RS-07  recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
RS-08  recommend       recommend       -                                 legal-basis,counsel,second-approver
RS-09  prohibited      prohibited      -                                 -
RS-10  prohibited      prohibited      -                                 -
RS-11  recommend       recommend       -                                 legal-basis,evidence,counsel,second-approver
RS-12  prohibited      not-warranted   pdf,eao                           -
RS-13  hold            recommend       pdf                               legal-basis,counsel,second-approver
RS-14  hold            recommend       pdf                               legal-basis,counsel,second-approver
RS-15  hold            recommend       pdf                               legal-basis,counsel,second-approver
RS-16  hold            recommend       pdf                               legal-basis,counsel,second-approver
RS-17  recommend       recommend       cdm                               intention-and-proportionality,legal-basis,counsel,second-approver
RS-18  recommend       recommend       nug                               intention-and-proportionality,counsel,second-approver
RS-19  hold            hold            cdm,nug,pdf,eao,rohingya-groups   counsel,second-approver
RS-20  recommend       recommend       nug                               counsel,second-approver
RS-21  recommend       recommend       nug                               legal-basis,counsel,second-approver
RS-22  recommend       recommend       nug                               counsel,second-approver
RS-23  recommend       recommend       nug                               counsel,second-approver
RS-24  recommend       recommend       nug                               neutrality,counsel,second-approver
RS-25  permit          permit          nug                               counsel,second-approver
RS-26  recommend       recommend       cdm,nug,pdf,eao,rohingya-groups   legal-basis,counsel,second-approver
RS-27  recommend       recommend       cdm,nug,rohingya-groups           identity-protection,intention-and-proportionality
RS-28  recommend       recommend       cdm,nug,pdf,eao,rohingya-groups   legal-basis
RS-29  hold            recommend       pdf                               legal-basis,counsel,second-approver
RS-30  recommend       recommend       -                                 risk
RS-31  recommend       recommend       cdm,nug,pdf,eao,rohingya-groups   risk
RS-32  permit          permit          cdm,nug,rohingya-groups           local-ownership
RS-33  recommend       recommend       -                                 -
RS-34  recommend       recommend       -                                 evidence,identity-protection
RS-35  recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
RS-36  hold            hold            -                                 local-ownership
RS-37  recommend       recommend       -                                 evidence,legal-basis,counsel,second-approver
RS-38  recommend       recommend       -                                 identity-protection
"""


def found(case: str, profile: str, name: str) -> Item:
    """Find the item of an entry."""
    return next(i for i in brief_of(case, profile).items if i.recommendation.action.id == name)


def joined(values: tuple[str, ...]) -> str:
    """Write words with commas."""
    return ",".join(values) or "-"


def check(case: str, line: str) -> None:
    """Compare one line of a table with the engine."""
    name, icnc, article, fit_for, pending = line.split()
    assert found(case, "icnc", name).recommendation.advice.value == icnc
    given = found(case, "crm-atrocity", name).recommendation
    assert given.advice.value == article
    assert (joined(given.fit_for), joined(given.pending)) == (fit_for, pending)


@pytest.mark.parametrize("line", BELARUS.strip().splitlines())
def test_the_advice_on_belarus(line: str) -> None:
    check("belarus-2020", line)


@pytest.mark.parametrize("line", MYANMAR.strip().splitlines())
def test_the_advice_on_myanmar(line: str) -> None:
    check("myanmar-2023", line)


def test_every_entry_is_in_both_tables() -> None:
    names = [item.recommendation.action.id for item in brief_of("belarus-2020").items]
    for table in (BELARUS, MYANMAR):
        assert [line.split()[0] for line in table.strip().splitlines()] == names
