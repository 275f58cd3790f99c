"""The paths of the workspace; each leads through a door to one view for each method."""

from __future__ import annotations

from django.urls import include, path, re_path

from standwith.web.doors import door
from standwith.web.views import (
    account,
    act,
    acts,
    browse,
    choose,
    confirm,
    entry,
    figures,
    handling,
    measures,
    operations,
    parties,
    passkeys,
    people,
    registry,
    reports,
    search,
    situations,
    watch,
)

_SUFFIX = r"\.(?P<suffix>csv|json)$"
_ID = "<str:identifier>"

_ENTRY = [
    path("sign-in", door(entry.sign_in, entry.do_sign_in), name="sign-in"),
    path("second-factor", door(entry.second_factor, entry.do_second_factor), name="second-factor"),
    path("enrol", door(entry.enrol, entry.do_enrol), name="enrol"),
    path("invitation/<str:token>", door(entry.invitation, entry.do_invitation), name="invitation"),
    path("sign-out", door(post=entry.do_sign_out), name="sign-out"),
    path("language", door(post=entry.do_language), name="language"),
]
_PASSKEYS = [
    path("passkey/new/begin", door(post=passkeys.do_begin_new)),
    path("passkey/new/finish", door(post=passkeys.do_finish_new)),
    path("passkey/use/begin", door(post=passkeys.do_begin_use)),
    path("passkey/use/finish", door(post=passkeys.do_finish_use)),
]
_SITUATIONS = [
    path("", door(watch.board), name="watch"),
    path("situations/", door(situations.index), name="situations"),
    re_path(rf"^situations{_SUFFIX}", door(situations.index_as), name="situations-as"),
    path("situations/new", door(situations.new, situations.do_new), name="situation-new"),
    path("situations/import", door(situations.bring, situations.do_bring), name="situation-import"),
    path(f"situations/{_ID}/", door(situations.show), name="situation"),
    path(f"situations/{_ID}/case.yaml", door(situations.as_case), name="case-file"),
    path(
        f"situations/{_ID}/edit", door(situations.edit, situations.do_edit), name="situation-edit"
    ),
    path(f"situations/{_ID}/picture", door(situations.picture), name="picture"),
    path(f"situations/{_ID}/claims/", door(situations.claim_list), name="situation-claims"),
    re_path(
        rf"^situations/(?P<identifier>[^/]+)/claims{_SUFFIX}",
        door(situations.claims_as),
        name="situation-claims-as",
    ),
    path(
        f"situations/{_ID}/claims/new",
        door(situations.new_claim, situations.do_new_claim),
        name="claim-new",
    ),
    path(
        f"situations/{_ID}/sources/new",
        door(situations.new_source, situations.do_new_source),
        name="source-new",
    ),
    path(
        f"situations/{_ID}/organisations/new",
        door(parties.new_organisation, parties.do_new_organisation),
        name="organisation-new",
    ),
    path(
        f"situations/{_ID}/organisations/<str:key>/name",
        door(parties.name, parties.do_name),
        name="organisation-name",
    ),
    path(
        f"situations/{_ID}/requests/new",
        door(parties.new_request, parties.do_new_request),
        name="request-new",
    ),
    path(
        f"situations/{_ID}/requests/<str:key>/withdraw",
        door(post=parties.do_withdraw),
        name="request-withdraw",
    ),
    path("claims/", door(situations.claim_list), name="claims"),
    re_path(rf"^claims{_SUFFIX}", door(situations.claims_as), name="claims-as"),
]
_CHOOSE = [
    path("assess/", door(choose.assess_index), name="assess"),
    path(f"situations/{_ID}/assess", door(choose.assess), name="situation-assess"),
    path(f"situations/{_ID}/brief", door(choose.brief), name="brief"),
    re_path(
        r"^situations/(?P<identifier>[^/]+)/brief\.(?P<suffix>json|html|pdf|docx)$",
        door(choose.brief_as),
        name="brief-as",
    ),
    path(f"situations/{_ID}/kept", door(choose.kept_list), name="kept"),
    re_path(
        rf"^situations/(?P<identifier>[^/]+)/kept{_SUFFIX}", door(choose.kept_as), name="kept-as"
    ),
    path(f"assessments/{_ID}/", door(choose.kept_one), name="assessment"),
    path(f"situations/{_ID}/keep", door(post=choose.do_keep), name="keep"),
    path(
        f"situations/{_ID}/propose/<str:code>",
        door(choose.propose, choose.do_propose),
        name="propose",
    ),
    path("choose/", door(choose.catalogue), name="catalogue"),
    re_path(rf"^choose{_SUFFIX}", door(choose.catalogue_as), name="catalogue-as"),
    path("choose/matrix", door(choose.matrix), name="matrix"),
    path(f"choose/actions/{_ID}", door(choose.action), name="action"),
    path("decisions/", door(choose.decision_list), name="decisions"),
    re_path(rf"^decisions{_SUFFIX}", door(choose.decisions_as), name="decisions-as"),
    path(f"decisions/{_ID}/", door(choose.decision), name="decision"),
    path(f"decisions/{_ID}/advise", door(post=choose.do_advise), name="decision-advise"),
    path(f"decisions/{_ID}/decide", door(post=choose.do_decide), name="decision-decide"),
]
_ACT = [
    path("tasks/", door(act.board), name="tasks"),
    path("tasks/list", door(act.index), name="task-list"),
    re_path(rf"^tasks/list{_SUFFIX}", door(act.index_as), name="tasks-as"),
    path("tasks/week", door(act.week), name="week"),
    path("tasks/calendar", door(act.calendar), name="calendar"),
    path("tasks/calendar.ics", door(act.calendar_file), name="calendar-file"),
    path("calendar/<str:token>.ics", door(act.calendar_feed), name="calendar-feed"),
    path(f"situations/{_ID}/tasks/new", door(act.new, act.do_new), name="task-new"),
    path(f"tasks/{_ID}/", door(act.task), name="task"),
    path(f"tasks/{_ID}/move", door(post=act.do_move), name="task-move"),
    path(f"tasks/{_ID}/comment", door(post=act.do_comment), name="task-comment"),
    path(f"tasks/{_ID}/attach", door(post=act.do_attach), name="task-attach"),
]
_ACCOUNT = [
    path("account/", door(account.home), name="account"),
    path("account/undercount", door(account.undercount, account.do_undercount), name="undercount"),
    path("account/verify", door(post=account.do_verify), name="verify"),
    path("account/entries", door(account.entries), name="entries"),
    re_path(rf"^account/entries{_SUFFIX}", door(account.entries_as), name="entries-as"),
    path("account/checkpoint", door(account.checkpoint), name="checkpoint"),
    path("account/consistency", door(account.consistency), name="consistency"),
    path("account/key", door(account.key), name="log-key"),
    path(f"account/records/{_ID}/", door(account.record), name="record"),
    path(f"account/records/{_ID}/use", door(handling.show, handling.do_set), name="handling"),
    path(f"account/records/{_ID}/erase", door(post=account.do_propose_erasure), name="erase"),
    path(f"account/records/{_ID}/<int:seq>.tlog-proof", door(account.receipt), name="receipt"),
    path("compartments/", door(account.circles, account.do_open), name="compartments"),
    re_path(rf"^compartments{_SUFFIX}", door(account.circles_as), name="compartments-as"),
    path("compartments/emergency", door(post=account.do_emergency), name="emergency"),
    path(f"compartments/{_ID}/grant", door(account.grant, account.do_grant), name="grant"),
    path(
        f"compartments/{_ID}/withdraw/<str:person>",
        door(post=account.do_withdraw),
        name="withdraw",
    ),
    path(
        f"compartments/{_ID}/hand-over/<str:person>",
        door(post=account.do_hand_over),
        name="hand-over",
    ),
    path(f"proposals/{_ID}", door(post=account.do_decide), name="proposal"),
]
_LIST = r"^registry/lists/(?P<identifier>[^/]+)"
_REGISTRY = [
    path("registry/", door(registry.index), name="registry"),
    re_path(rf"^registry{_SUFFIX}", door(registry.index_as), name="registry-as"),
    path(f"registry/persons/{_ID}/", door(registry.person), name="registered"),
    path(f"registry/persons/{_ID}/state", door(post=registry.do_state), name="registered-state"),
    path(
        f"registry/persons/{_ID}/advocacy",
        door(post=registry.do_advocacy),
        name="registered-advocacy",
    ),
    path("registry/lists/", door(registry.list_index), name="register-lists"),
    re_path(rf"^registry/lists{_SUFFIX}", door(registry.lists_as), name="register-lists-as"),
    path(
        "registry/lists/new", door(registry.take_in, registry.do_take_in), name="register-take-in"
    ),
    path(f"registry/lists/{_ID}/", door(registry.one_list), name="register-list"),
    re_path(rf"{_LIST}/rows{_SUFFIX}", door(registry.rows_as), name="register-rows-as"),
    path(f"registry/lists/{_ID}/promote", door(post=registry.do_promote), name="register-promote"),
    path(
        f"registry/lists/{_ID}/withdraw", door(post=registry.do_withdraw), name="register-withdraw"
    ),
    path("registry/pairs/", door(registry.pair_index), name="pairs"),
    re_path(rf"^registry/pairs{_SUFFIX}", door(registry.pairs_as), name="pairs-as"),
    path("registry/pairs/compare", door(post=registry.do_compare), name="pairs-compare"),
    path(f"registry/pairs/{_ID}/", door(registry.pair), name="pair"),
    path(f"registry/pairs/{_ID}/decide", door(post=registry.do_decide), name="pair-decide"),
    path("registry/figures", door(figures.show), name="figures"),
    re_path(rf"^registry/figures{_SUFFIX}", door(figures.show_as), name="figures-as"),
    path("registry/figures/persons", door(figures.behind), name="figures-behind"),
    path("registry/editions/", door(reports.index, reports.do_make), name="editions"),
    re_path(rf"^registry/editions{_SUFFIX}", door(reports.index_as), name="editions-as"),
    path(f"registry/editions/{_ID}/", door(reports.edition), name="edition"),
    re_path(
        r"^registry/editions/(?P<identifier>[^/]+)/report-(?P<language>[a-z]{2})"
        r"\.(?P<suffix>html|pdf|docx|xlsx|json)$",
        door(reports.edition_as),
        name="edition-as",
    ),
    re_path(
        r"^registry/editions/(?P<identifier>[^/]+)/(?P<paper>memo|campaign)-"
        r"(?P<language>[a-z]{2})\.(?P<suffix>pdf|docx)$",
        door(reports.paper_as),
        name="paper-as",
    ),
    path("registry/publish", door(reports.publish, reports.do_publish), name="publish"),
    path("registry/site", door(post=reports.do_site), name="site"),
    path(f"registry/persons/{_ID}/unpublish", door(post=reports.do_unpublish), name="unpublish"),
    path("registry/measures/", door(measures.index), name="measures"),
    re_path(rf"^registry/measures{_SUFFIX}", door(measures.index_as), name="measures-as"),
    path("registry/measures/times", door(measures.times), name="measure-times"),
    path("registry/measures/new", door(measures.new, measures.do_new), name="measure-new"),
    path(
        f"registry/measures/{_ID}/step", door(measures.step, measures.do_step), name="measure-step"
    ),
    path(
        f"registry/measures/{_ID}/withdraw",
        door(post=measures.do_withdraw),
        name="measure-withdraw",
    ),
    path("registry/map", door(browse.world), name="register-map"),
    path("registry/timeline", door(browse.timeline), name="timeline"),
    path("registry/saved", door(browse.saved, browse.do_save), name="saved"),
    path(f"registry/saved/{_ID}/drop", door(post=browse.do_drop), name="saved-drop"),
    path(
        f"registry/persons/{_ID}/relations",
        door(browse.relations, browse.do_relate),
        name="relations",
    ),
    re_path(
        rf"^registry/persons/(?P<identifier>[^/]+)/relations{_SUFFIX}",
        door(browse.relations_as),
        name="relations-as",
    ),
    path(
        f"registry/relations/{_ID}/withdraw",
        door(post=browse.do_unrelate),
        name="relation-withdraw",
    ),
    path("registry/acts/", door(acts.index), name="acts"),
    re_path(rf"^registry/acts{_SUFFIX}", door(acts.index_as), name="acts-as"),
    path(f"registry/persons/{_ID}/involved", door(acts.new, acts.do_new), name="involvement-new"),
    path(f"registry/involvements/{_ID}/", door(acts.one), name="involvement"),
    path(
        f"registry/involvements/{_ID}/answer", door(post=acts.do_answer), name="involvement-answer"
    ),
    path(f"registry/involvements/{_ID}/agree", door(post=acts.do_agree), name="involvement-agree"),
    path(
        f"registry/persons/{_ID}/recognise",
        door(measures.recognise, measures.do_recognise),
        name="recognise",
    ),
    path(
        f"registry/recognitions/{_ID}/decide",
        door(post=measures.do_decide),
        name="recognition-decide",
    ),
    path("help/", door(measures.help_index), name="help"),
    re_path(rf"^help{_SUFFIX}", door(measures.help_as), name="help-as"),
    path("help/new", door(measures.help_new, measures.do_help_new), name="help-new"),
    path(f"help/{_ID}/", door(measures.help_case), name="help-case"),
    path(f"help/{_ID}/step", door(post=measures.do_help_step), name="help-step"),
    path(f"help/{_ID}/expiry", door(post=measures.do_help_expiry), name="help-expiry"),
]
_PEOPLE = [
    path("people/", door(people.index, people.do_invite), name="people"),
    re_path(rf"^people{_SUFFIX}", door(people.index_as), name="people-as"),
    path(f"people/{_ID}/again", door(post=people.do_let_in_again), name="person-again"),
    path(f"people/{_ID}", door(post=people.do_change), name="person-change"),
    path("settings/", door(people.settings), name="settings"),
    path("settings/preferences", door(post=people.do_preferences), name="preferences"),
    path("settings/password", door(post=people.do_password), name="password"),
    path("settings/confirm", door(confirm.confirm, confirm.do_confirm), name="confirm"),
    path("settings/sessions/<str:mark>", door(post=people.do_end_session), name="session-end"),
    path("settings/sign-out", door(post=people.do_sign_out_everywhere), name="sign-out-all"),
    path("settings/tokens", door(post=people.do_token), name="token-new"),
    path(f"settings/tokens/{_ID}", door(post=people.do_revoke), name="token-revoke"),
]
_OTHERS = [
    path("search", door(search.search), name="search"),
    path("search.json", door(search.search_json), name="search-json"),
    path("keys", door(operations.keys), name="keys"),
    path("accessibility", door(operations.accessibility), name="accessibility"),
    path("health", door(operations.alive), name="health"),
    path("metrics", door(operations.metrics), name="metrics"),
    path("robots.txt", door(operations.robots), name="robots"),
    path(".well-known/security.txt", door(operations.security_txt), name="security-txt"),
    path("api/v1/", include("standwith.web.api.urls")),
]

urlpatterns = [
    *_ENTRY,
    *_PASSKEYS,
    *_SITUATIONS,
    *_CHOOSE,
    *_ACT,
    *_ACCOUNT,
    *_REGISTRY,
    *_PEOPLE,
    *_OTHERS,
]
handler400 = "standwith.web.views.faults.refused"
handler403 = "standwith.web.views.faults.refused"
handler404 = "standwith.web.views.faults.missing"
handler500 = "standwith.web.views.faults.broken"
