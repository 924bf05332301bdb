"""Who writes and reviews."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest

from articles.accounts import (
    LINKS,
    held_from,
    link_account,
    refuse_another,
    refuse_leaving,
    save_person,
)
from articles.models import Contributor
from directory.admin.made_up import made_up
from directory.admin.shared_admin import SharedAdmin
from directory.admin.shared_form import SharedForm
from directory.admin.signed_in import signed_in
from directory.admin.slug_form import SlugForm

NOT_YOURS = "With which they sign off. The editor-in-chief says whose it is."
SAME_PERSON = (
    "Readers see it beside all that this person has signed: add somebody else as a new "
    "contributor."
)
SAME_DAY = (
    "What was signed keeps the one of its day. If that was wrong, have the text signed "
    "again."
)


class ContributorForm(SharedForm, SlugForm):
    """A person, with a statement on conflicts of interest and its day."""

    by: ClassVar[User]  # whose form it is

    user = forms.ModelChoiceField(
        User.objects.all(),
        label="Account",
        required=False,
        to_field_name="username",
        widget=forms.TextInput,
        help_text="The name with which they log in, to sign off under this one.",
        error_messages={
            "invalid_choice": "Nobody logs in with this name.",
            "unique": "Somebody else here has this account already.",
        },
    )

    class Meta:
        model = Contributor
        fields = "__all__"
        help_texts: ClassVar = {
            "slug": "The address of their page. It stays once readers can open that."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.user:
            self.initial["user"] = self.instance.user  # by name: who knows its number?
        if "user" in self.fields and not self.by.has_perm(LINKS):
            self.fields["user"].disabled = True
            self.fields["user"].help_text = NOT_YOURS
        if self.instance.pk and self.instance.is_vouched_for():
            self._hold()

    def _hold(self) -> None:
        """Say what hangs on who this is, and leave it to who may change it."""
        if self.by.has_perm(LINKS):
            for name, words in (("name", SAME_PERSON), ("credential", SAME_DAY)):
                if field := self.fields.get(name):  # none for who may only look
                    field.help_text = words
            return
        for name, why in held_from(person=self.instance, by=self.by).items():
            if field := self.fields.get(name):
                # a page that was opened before it was held says so instead
                field.disabled = self.add_prefix(name) not in self.data
                field.help_text = why

    def clean_user(self) -> User | None:
        """Say it where nobody may give up the account that they have."""
        account: User | None = self.cleaned_data["user"]
        if "user" in self.changed_data:
            refuse_leaving(person=self.instance, by=self.by)
        return account

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a statement that is new or was changed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stated, day = (
            cleaned.get("conflicts_of_interest"),
            cleaned.get("conflicts_declared_on"),
        )
        if day and not stated:
            self.add_error("conflicts_of_interest", "Say what was stated on that day.")
        if stated and not day and "conflicts_of_interest" in self.changed_data:
            self.add_error("conflicts_declared_on", "Say on which day it was stated.")
        if self.instance.pk:
            refuse_another(person=self.instance, values=cleaned, by=self.by)
        return cleaned


@admin.register(Contributor)
class ContributorAdmin(SharedAdmin):
    """Authors and reviewers."""

    form = ContributorForm
    list_display = ["name", "credential", "role", "conflicts_declared_on", made_up]
    search_fields = ["name", "slug"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Contributor | None = None
    ) -> list[str]:
        """Keep the address that readers have: no other would lead on from it."""
        public = Contributor.objects.published()
        return ["slug"] if obj and public.filter(pk=obj.pk).exists() else []

    def get_form(
        self,
        request: HttpRequest,
        obj: Contributor | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ContributorForm]:
        """Let the form know whose it is."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"by": signed_in(request)})

    def save_model(
        self, request: HttpRequest, obj: Contributor, form: Any, change: bool
    ) -> None:
        """Leave to the actions that ask who may do it who it is, and whose account."""
        account, obj.user = obj.user, form.initial.get("user")
        save_person(person=obj, by=signed_in(request))
        if account != obj.user:
            link_account(person=obj, account=account, by=signed_in(request))

    def view_on_site(self, obj: Contributor) -> str | None:
        """Offer the public page where there is one."""
        public = Contributor.objects.published().filter(pk=obj.pk)
        return obj.get_absolute_url() if public.exists() else None
