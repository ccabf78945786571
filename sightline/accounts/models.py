"""Records of people and of the roles they hold: a role begins as one row and ends as another."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from sightline.core.access import Actor, Grant, Permission, Role, may

# The operator's role belongs to whoever sits at the server, the public's to who has no account: nobody is granted either.
GRANTABLE = tuple(role for role in Role if role not in {Role.OPERATOR, Role.PUBLIC})


class PersonQuerySet(models.QuerySet["Person"]):
    """Reads of people."""

    def visible_to(self, actor: Actor, on: date) -> PersonQuerySet:
        """This function will keep everybody for who keeps people, and only oneself for all others."""
        if may(actor, Permission.KEEP_PEOPLE, on):
            return self
        return self.filter(pk=actor.pk) if isinstance(actor, Person) else self.none()


class PersonManager(BaseUserManager["Person"]):
    """The way to people; e-mail addresses are compared without regard to case."""

    def get_queryset(self) -> PersonQuerySet:
        """This function will give the QuerySet with our own verbs."""
        return PersonQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> Person:
        """This function will find the person with an e-mail address, as Django's sign-in asks."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody who was invited; an Actor, as rules and the event log know them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)  # kept in small letters, so that unique means unique in any case
    display_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    private_fields: tuple[str, ...] = ("email", "display_name", "password")

    objects = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_email_in_small_letters"),
            models.CheckConstraint(condition=~Q(display_name=""), name="accounts_person_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def actor_id(self) -> str:
        """This function will give an id that says nothing about the person."""
        return f"person:{self.pk}"

    @cached_property
    def grants(self) -> Sequence[Grant]:
        """This function will give every grant, past ones included, with one query for each request.

        A person who left holds none, so that work begun for them earlier is refused too.
        """
        if not self.is_active:
            return ()
        return tuple(held.as_grant() for held in self.role_grants.select_related("ending"))

    @cached_property
    def has_second_factor(self) -> bool:
        """This function will say whether sign-in asks for more than a password."""
        from allauth.mfa.models import Authenticator

        strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return bool(Authenticator.objects.filter(user_id=self.pk, type__in=strong).exists())

    def forget_cached(self) -> None:
        """This function will have grants and second factor read again after an operation changed them."""
        for name in ("grants", "has_second_factor"):
            self.__dict__.pop(name, None)


class RoleGrant(models.Model):
    """A role that a person holds from a day on; a row of RoleEnding ends it earlier than was foreseen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20)
    system = models.CharField(max_length=20, blank=True)  # directory codes; empty means every one
    organisation = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it no longer holds
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["valid_from", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in GRANTABLE]), name="accounts_role_can_be_granted"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="accounts_grant_lasts"
            ),
            # PER-10: a provider sees its own organisation, so a grant must say which that is.
            models.CheckConstraint(
                condition=~Q(role=Role.PROVIDER.value) | ~Q(organisation=""), name="accounts_provider_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} from {self.valid_from}"

    @property
    def ends_on(self) -> date | None:
        """This function will give the first day on which the role no longer holds, early endings counted."""
        ends = [day for day in (self.valid_to, self._ended_on) if day is not None]
        return min(ends, default=None)

    @property
    def _ended_on(self) -> date | None:
        ending = getattr(self, "ending", None)
        return ending.ends_on if ending is not None else None

    def as_grant(self) -> Grant:
        """This function will give the grant as the rules of access know it."""
        return Grant(Role(self.role), self.system, self.organisation, self.valid_from, self.ends_on)


class RoleEnding(models.Model):
    """The ending of a role before its foreseen last day, as a row of its own: history is added to."""

    grant = models.OneToOneField(RoleGrant, on_delete=models.PROTECT, related_name="ending")
    ends_on = models.DateField()  # the first day on which it no longer holds
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"ended on {self.ends_on}"
