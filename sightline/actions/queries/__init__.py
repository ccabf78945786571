"""Reads of actions, for this stage's own pages and for the stages above: the log of a group, one's own, what is due."""

from sightline.actions.queries.asked import Asked, Sort, State
from sightline.actions.queries.impact import ImpactLine, ImpactsAsked, page_of_impacts
from sightline.actions.queries.lines import Comment, LogLine, lines_of, log_line
from sightline.actions.queries.log import (
    LogPage,
    actions_about,
    actions_of_group,
    log_lines,
    log_page,
    my_open_actions,
    pressing_of_group,
)
from sightline.actions.queries.one import ActionView, action_of_form, action_view, one_action

__all__ = [
    "ActionView",
    "Asked",
    "Comment",
    "ImpactLine",
    "ImpactsAsked",
    "LogLine",
    "LogPage",
    "Sort",
    "State",
    "action_of_form",
    "action_view",
    "actions_about",
    "actions_of_group",
    "lines_of",
    "log_line",
    "log_lines",
    "log_page",
    "my_open_actions",
    "one_action",
    "page_of_impacts",
    "pressing_of_group",
]
