"""``sightline clocks``: raise what ought to be there by now: missing duties, updates that come again, reviews whose day has come.

It also takes away the files of papers that were brought into a form which nobody sent, and the addresses of the public
to which nothing is to go any more.

Meant for the server's own clock, once a night; it does no harm to run it more often. A line for cron:

    15 5 * * *  sightline clocks run
"""

from __future__ import annotations

import argparse
import json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the one thing that can be asked, and how to answer."""
    parser.add_argument("ask", choices=["run"], help="run: raise what is missing; what is there already stays as it is")
    parser.add_argument("--json", action="store_true", help="answer in JSON, for a machine")


def handle(arguments: argparse.Namespace) -> int:
    """This function will run the clocks and say what they brought about."""
    from dataclasses import asdict

    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.actions.operations import remind_of_actions
    from sightline.cli.migrate import ready_database
    from sightline.escalation.operations import raise_what_is_missing
    from sightline.groups.operations import tell_of_terms_reviews
    from sightline.meetings.operations import lapse_questions, remind_of_meetings, sweep_papers
    from sightline.publication.operations import forget_followers
    from sightline.risks.operations import tell_of_risk_reviews
    from sightline.web.wording import plural

    ready_database()
    by, at = operator(), timezone.now()
    found = raise_what_is_missing(by=by, at=at)
    told = {
        "risk_reviews": tell_of_risk_reviews(by=by, at=at),
        "terms_reviews": tell_of_terms_reviews(by=by, at=at),
        "actions_due": remind_of_actions(by=by, at=at),
        "meetings_soon": remind_of_meetings(by=by, at=at),
        "questions_lapsed": lapse_questions(by=by, at=at),
        "files_taken_away": sweep_papers(by=by, at=at),
        "addresses_deleted": forget_followers(by=by, at=at),
    }
    if arguments.json:
        print(json.dumps(asdict(found) | told, allow_nan=False))
    else:
        print(
            f"{plural(found.missing, 'duty was missing and is', 'duties were missing and are')} there now, and "
            f"{plural(found.coming, 'update')} came due again. Messages went about {plural(found.reviews, 'review')} of "
            f"levels, {told['risk_reviews']} of risks and {told['terms_reviews']} of terms of reference, about "
            f"{plural(told['actions_due'], 'action')}, and {plural(told['meetings_soon'], 'reminder')} of meetings. "
            f"{plural(told['questions_lapsed'], 'question')} in writing lapsed. "
            f"{plural(told['files_taken_away'], 'file')} of forms that nobody sent went, and "
            f"{plural(told['addresses_deleted'], 'address', 'addresses')} of the public to which nothing more is to go."
        )
    return 0
