"""The words of the rule book, in English; the catalogues hold the other languages. No rule is written here."""

from django.utils.translation import gettext_noop, ngettext_lazy

# Parameters, by key; those that every kind of council has stand below.
RULES = {
    "call.min_open_days": gettext_noop("Least time a call stays open"),
    "call.closing_hour": gettext_noop("Usual closing hour of a call"),
    "call.postmark_counts": gettext_noop("The postmark counts as the day of receipt"),
    "call.continuous": gettext_noop("Proposals may be made all year"),
    "selection_call.min_open_days": gettext_noop("Least time a selection call stays open"),
    "proposal.screening_days": gettext_noop("Time to screen a proposal"),
    "proposal.return_days": gettext_noop("Time to complete a returned proposal"),
    "proposal.council_days": gettext_noop("Time to bring a screened proposal to the council"),
    "order.list_decision_days": gettext_noop("Time to decide on the list of orders"),
    "dossier.invitation_days": gettext_noop("Time to answer an invitation for direct assignment"),
    "dossier.opening_days": gettext_noop("Time to open the dossiers after the closing"),
    "dossier.revision_days": gettext_noop("Time to revise a dossier after the council"),
    "selection.council_days": gettext_noop("Time to hold the selection council after the opening"),
    "appraisal.days": gettext_noop("Time to appraise the budget"),
    "approval.decision_days": gettext_noop("Time to decide on a task after the appraisal"),
    "task.max_months": gettext_noop("Longest duration of a task"),
    "workflow.backdating_days": gettext_noop("How far back an officer may date what happened outside the system"),
    "council.identification.pass_share": gettext_noop("Share of the members present that must agree to recommend"),
    "council.secretaries": gettext_noop("Administrative secretaries whom the decision names"),
    "council.identification.pass_strictly": gettext_noop("More than that share is needed, not just as much"),
    "council.appraisal.council_members_min": gettext_noop("Members who come from the scientific council"),
    "council.acceptance.experts_min": gettext_noop("Fewest experts in the acceptance council"),
    "council.acceptance.representatives_min": gettext_noop(
        "Fewest representatives of users and managers in the acceptance council"
    ),
    "council.acceptance.former_members_min": gettext_noop("Members who sat in the identification or selection council"),
    "council.acceptance.sitting_days": gettext_noop("Time to hold the acceptance council after it is set up"),
    "council.vote_counters": gettext_noop("Members of the group that counts the votes"),
    "council.investigator_leaves": gettext_noop("The principal investigator leaves before the discussion"),
    "council.barred": gettext_noop("Who may not sit in a council"),
    "scoring.default": gettext_noop("Score sheet: general"),
    "scoring.basic_research": gettext_noop("Score sheet: basic research"),
    "scoring.applied_research": gettext_noop("Score sheet: applied research"),
    "scoring.technology_development": gettext_noop("Score sheet: technology development"),
    "scoring.social_solution": gettext_noop("Score sheet: social solutions"),
    "eligibility.organisation.legal_entity": gettext_noop("The host is a legal entity"),
    "eligibility.organisation.unpaid_recovery": gettext_noop("A host that still owes recovered money is refused"),
    "eligibility.organisation.late_acceptance_days": gettext_noop(
        "A host that files an acceptance dossier later than this is refused"
    ),
    "eligibility.organisation.unregistered_results": gettext_noop("A host with unregistered results is refused"),
    "eligibility.organisation.violation_ban_years": gettext_noop("A host is barred after a violation"),
    "eligibility.investigator.concurrent_tasks_max": gettext_noop(
        "Most tasks that one principal investigator leads at a time"
    ),
    "eligibility.investigator.late_from_days": gettext_noop(
        "Lateness of an acceptance dossier that bars the investigator, from"
    ),
    "eligibility.investigator.late_ban_years": gettext_noop("An investigator is barred after filing late"),
    "eligibility.investigator.failed_ban_years": gettext_noop("An investigator is barred after a failed task"),
    "eligibility.counted_levels": gettext_noop("Levels of tasks that count"),
    "contract.signing_days": gettext_noop("Time to sign the contract after the approval"),
    "contract.advance_percent_max": gettext_noop("Greatest advance at signing, of the contract value"),
    "contract.advance_threshold_vnd": gettext_noop("Contract value above which the advance is capped"),
    "contract.instalment_percents": gettext_noop("Usual instalments"),
    "contract.final_percent_min": gettext_noop("Least part kept for the final instalment"),
    "contract.cleared_percent_min": gettext_noop("Part of an advance to be cleared before the next instalment"),
    "report.dates": gettext_noop("Days on which progress reports are due"),
    "report.review_days": gettext_noop("Time to review a progress report"),
    "report.completion_days": gettext_noop("Time to complete a returned progress report"),
    "inspection.notice_days": gettext_noop("Notice before an unplanned inspection"),
    "extension.times_max": gettext_noop("How often a task may be extended"),
    "extension.long_task_months": gettext_noop("A task is long from this duration"),
    "extension.months_max_long": gettext_noop("Longest extension of a long task"),
    "extension.months_max_short": gettext_noop("Longest extension of a shorter task"),
    "extension.before_expiry": gettext_noop("An extension is asked for before the contract ends"),
    "amendment.decision_days": gettext_noop("Time to decide on an amendment"),
    "suspension.months_max": gettext_noop("Longest suspension"),
    "suspension.end_moves_percent_max": gettext_noop("How far a resumption moves the end: part of the time suspended"),
    "termination.decision_days": gettext_noop("Time to decide on a termination"),
    "recovery.risk_acceptance": gettext_noop("Accepted risk: no refund when procedures were followed"),
    "recovery.subjective_percent_min": gettext_noop("Least part recovered when the cause is the host's"),
    "recovery.objective_percent_max": gettext_noop("Greatest part recovered when the cause is not the host's"),
    "recovery.payment_days": gettext_noop("Time to pay back recovered money"),
    "acceptance.dossier_days": gettext_noop("Time to file the acceptance dossier after the contract ends"),
    "acceptance.return_days": gettext_noop("Time to complete a returned acceptance dossier"),
    "acceptance.grassroots": gettext_noop("The host accepts first (grassroots acceptance)"),
    "acceptance.contribution_record": gettext_noop("A record of each member's contribution is required"),
    "acceptance.quantity_share": gettext_noop("Share of the quantity criteria that must pass"),
    "acceptance.quantity_floor": gettext_noop("Part of the order that a missed quantity must still reach"),
    "acceptance.excellent_share": gettext_noop("Share of the members present for the grade Excellent"),
    "acceptance.excellent_fails_max": gettext_noop("Fail votes allowed for the grade Excellent"),
    "acceptance.fail_share": gettext_noop("More than this share of Fail votes fails the task"),
    "acceptance.late_fail_days": gettext_noop("A dossier later than this fails"),
    "acceptance.repeat_max": gettext_noop("How often a failed task may be evaluated again"),
    "acceptance.repeat_months": gettext_noop("Time to evaluate a failed task again"),
    "registration.days": gettext_noop("Time to register the results after acceptance"),
    "registration.filing_days": gettext_noop(
        "Time to register after an application for intellectual property filed after acceptance"
    ),
    "registration.filing_max_days": gettext_noop("The same at the longest, counted from the acceptance"),
    "recognition.decision_days": gettext_noop("Time to decide on recognition"),
    "recognition.needs_certificate": gettext_noop("The certificate comes before recognition"),
    "recognition.names_owner": gettext_noop("The decision recognising the results says who owns them"),
    "settlement.check_days": gettext_noop("Time to check a settlement"),
    "settlement.verify_days": gettext_noop("Time to verify a checked settlement"),
    "settlement.days": gettext_noop("Time to file the settlement"),
    "liquidation.days": gettext_noop("Time to liquidate the contract"),
    "archive.years": gettext_noop("Time to hand the file to the archive"),
    "fund.other_source_allowed": gettext_noop("The fund may finance what another budget source finances"),
    "disbursement.check_days": gettext_noop("Time to check a request for payment"),
    "disbursement.verify_days": gettext_noop("Time to verify a checked request for payment"),
    "disbursement.approval_days": gettext_noop("Time to approve a verified request for payment"),
    "disbursement.payment_days": gettext_noop("Time to pay an approved request"),
    "disbursement.needs_inspection": gettext_noop("Further instalments need a positive inspection"),
    "disbursement.final_after": gettext_noop("The final instalment is paid after"),
    "budget.year_end": gettext_noop("Unspent money at the end of the year"),
    "lump_sum.partial_excludes": gettext_noop("What a partial lump sum leaves out"),
    "lump_sum.final_needs_vouchers": gettext_noop("A lump sum to the final product needs vouchers"),
}

# The kinds of council, as in council.KIND.RULE.
COUNCILS = {
    "identification": gettext_noop("Identification council"),
    "selection": gettext_noop("Selection council"),
    "appraisal": gettext_noop("Budget appraisal team"),
    "acceptance": gettext_noop("Acceptance council"),
}

# The rules that several kinds of council have.
COUNCIL_RULES = {
    "sizes": gettext_noop("allowed sizes"),
    "parts": gettext_noop("parts that must be filled"),
    "reviewers": gettext_noop("reviewers"),
    "quorum": gettext_noop("share of the members that must be present"),
    "quorum_roles": gettext_noop("who must be present"),
    "documents_lead_days": gettext_noop("papers reach the members before the meeting"),
    "setup_days": gettext_noop("time to set it up"),
    "pass_points": gettext_noop("points needed to pass"),
    "zero_share": gettext_noop("more than this share of zero points on a criterion refuses the dossier"),
    "tie_rule": gettext_noop("who decides between equal scores"),
    "outlier_points": gettext_noop("distance from the mean that must be explained"),
    "host_members_max": gettext_noop("most members from the applicant organisation"),
    "barred": gettext_noop("who may not sit"),
}

# The criteria of the scoring sheets.
CRITERIA = {
    "overview": gettext_noop("Overview of research"),
    "contents": gettext_noop("Contents, people and methods"),
    "products": gettext_noop("Scientific and technological products"),
    "impact": gettext_noop("Application and impact"),
    "plan_and_budget": gettext_noop("Plan and budget"),
    "capacity": gettext_noop("Capacity of the organisation and the people"),
}

# What choices and lists name.
WORDS = {
    "chair": gettext_noop("chair"),
    "vice_chair": gettext_noop("vice-chair"),
    "chair_or_vice_chair": gettext_noop("chair or vice-chair"),
    "scientific_secretary": gettext_noop("scientific secretary"),
    "reviewer": gettext_noop("reviewer"),
    "applicant": gettext_noop("a person who applies"),
    "namesake": gettext_noop("bears the name of somebody in the team: to be looked into"),
    "host_member": gettext_noop("a member of the host"),
    "partner_member": gettext_noop("a member of a partner"),
    "partial": gettext_noop("a person shown to be partial"),
    "relative": gettext_noop("a spouse, parent, child or sibling"),
    "sanctioned": gettext_noop("a person under sanction, prosecution or conviction"),
    "national": gettext_noop("national"),
    "ministry": gettext_noop("ministry"),
    "provincial": gettext_noop("provincial"),
    "grassroots": gettext_noop("grassroots"),
    "registration": gettext_noop("registration of the results"),
    "acceptance": gettext_noop("acceptance of the results"),
    "recognition": gettext_noop("recognition of the results"),
    "carry_over": gettext_noop("carried over"),
    "lapse": gettext_noop("lapsed"),
    "assets": gettext_noop("purchase of assets"),
    "unnormed_services": gettext_noop("outsourced services without norms"),
    "trips_abroad": gettext_noop("trips abroad"),
}

# Units that are counted.
COUNTED = {
    "working_days": ngettext_lazy("%(number)s working day", "%(number)s working days", "number"),
    "days": ngettext_lazy("%(number)s day", "%(number)s days", "number"),
    "months": ngettext_lazy("%(number)s month", "%(number)s months", "number"),
    "years": ngettext_lazy("%(number)s year", "%(number)s years", "number"),
    "points": ngettext_lazy("%(number)s point", "%(number)s points", "number"),
}
STATUSES = {
    "confirmed": gettext_noop("Confirmed"),
    "to_confirm": gettext_noop("To be confirmed"),
}
ANCHORS = {
    "call_closing": gettext_noop("Closing of the call"),
    "sitting_date": gettext_noop("Sitting of the council"),
    "approval_date": gettext_noop("Approval of the task"),
    "event_date": gettext_noop("Day of the event"),
}
# The chapters of the book: the files of a version.
CHAPTERS = {
    "before_award": gettext_noop("Before the award: calls, proposals, the list, dossiers"),
    "councils": gettext_noop("Councils: sizes, quorum, votes"),
    "scoring": gettext_noop("Score sheets"),
    "eligibility": gettext_noop("Eligibility of hosts and investigators"),
    "running": gettext_noop("Contract, reports, inspections, amendments"),
    "closing": gettext_noop("Acceptance, registration, settlement, archive"),
    "money": gettext_noop("Money of the State"),
}
