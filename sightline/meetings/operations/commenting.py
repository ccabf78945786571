"""Members comment on a draft note while it is shared, and whoever keeps it says what became of each comment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.meetings.keeping import held
from sightline.meetings.models import Meeting, NoteComment, NoteCommentAnswer, NotePassage, NoteSharing
from sightline.meetings.operations._held import held_meeting

NOT_TO_COMMENT = refused("There is no draft that you may comment on here.", "REC-04; REC-12")
AGREED = refused(
    "The group agreed this section. Ask whoever keeps the record for a correction instead.", "REC-04; QSG 2017 ¶132"
)


@operation(Permission.SHARE_INTELLIGENCE, on="meeting")
def comment_on_note(
    *, by: Actor, at: datetime, meeting: Meeting, item: UUID | None, text: str, form_key: UUID, knowingly: str = ""
) -> NoteComment:
    """This function will record what a reader says of a section of a draft that is shared (REC-04).

    The section is that of an item or, without one, of the meeting as a whole. Raises Refused where they may not read
    it, and once the group agreed it.
    """
    draft = held(meeting)
    seen = NotePassage.objects.visible_to(by, timezone.localdate(at)).filter(meeting=draft, item=item)
    newest = seen.order_by("-number").first()
    if newest is None or not NoteSharing.objects.filter(meeting=draft).exists():
        raise Refused(NOT_TO_COMMENT)
    if NoteComment.objects.filter(form_key=form_key).exists():
        raise Already("Your comment is on record already.")
    if seen.filter(agreed__isnull=False).exists():
        raise Refused(AGREED)
    if not text.strip():
        raise Invalid("Say what should be changed in this section.")
    return NoteComment.objects.create(
        passage=newest,
        text=text.strip(),
        knowingly=why_it_stays([text], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="comment")
def answer_comment(
    *, by: Actor, at: datetime, comment: NoteComment, is_taken_in: bool, says: str, knowingly: str = ""
) -> NoteCommentAnswer:
    """This function will record whether a comment was taken in, with a word to whoever made it; if not, that says why."""
    held_meeting(by, at, comment.passage.meeting)
    if not NoteComment.objects.visible_to(by, timezone.localdate(at)).filter(pk=comment.pk).exists():
        raise Refused(NOT_TO_COMMENT)
    if NoteCommentAnswer.objects.filter(comment=comment).exists():
        raise Already("This comment is answered already.")
    if not is_taken_in and not says.strip():
        raise Invalid("Say why it is not taken in: whoever made the comment reads it.")
    return NoteCommentAnswer.objects.create(
        comment=comment,
        is_taken_in=is_taken_in,
        says=says.strip(),
        knowingly=why_it_stays([says], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
