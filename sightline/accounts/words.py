"""Roles in words, for forms and pages alike."""

from sightline.core.access import Role


def role_words(role: Role) -> str:
    """This function will write a role for readers."""
    return "FOI officer" if role is Role.FOI_OFFICER else role.value.replace("_", " ").capitalize()
