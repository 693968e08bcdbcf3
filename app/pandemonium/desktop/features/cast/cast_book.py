"""What the writer has decided about the names of a draft, and the cast that comes of it and of what the draft says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from pandemonium.text.naming import KINDS, PRONOUNS, FoundName, Place

NO_PRONOUN = "none"
LONGEST_NAME = 80  # characters
LONGEST_NOTE = 20_000
MOST_ENTRIES = 5_000
_MEANT = 3  # mentions from which on a name is no slip of the pen


@dataclass(frozen=True)
class CastEntry:
    """The writer's decisions about one name.

    Attributes:
        name: what she calls it.
        forms: under which names it stands in the draft.
        kind: one of KINDS; empty leaves it to the draft.
        pronoun: one of PRONOUNS, or NO_PRONOUN; empty leaves it to the draft.
        note: hers.
        pinned: it is in the scene.
        hidden: it is no name, or is not to be seen.
    """

    name: str
    forms: tuple[str, ...] = ()
    kind: str = ""
    pronoun: str = ""
    note: str = ""
    pinned: bool = False
    hidden: bool = False

    @property
    def says_something(self) -> bool:
        """There is a decision in it, beside what it is called and what belongs to it."""
        return bool(self.kind or self.pronoun or self.note or self.pinned or self.hidden)


@dataclass(frozen=True)
class CastMember:
    """Somebody, some place or some thing, as it is shown.

    Attributes:
        name: what it is called in the cast; no two are called the same.
        called: what the draft mostly calls it.
        forms: under which names it stands in the draft.
        kind, pronoun: the writer's, or what the draft tells; a pronoun may be empty.
        count: how often the draft names it.
        first: where for the first time; None where it does not.
        note, pinned, hidden: as in `CastEntry`.
    """

    name: str
    called: str
    forms: tuple[str, ...]
    kind: str
    pronoun: str
    count: int = 0
    first: Place | None = None
    note: str = ""
    pinned: bool = False
    hidden: bool = False


class CastBook:
    """The cast of one document. It never changes the document.

    Attributes:
        entries: what was decided, in the order of deciding.
        members: the cast: who is in the scene first, then by kinds, the most named first.
    """

    def __init__(self, entries: Iterable[CastEntry] = ()) -> None:
        self.entries: list[CastEntry] = list(entries)
        self.members: list[CastMember] = []
        self._found: tuple[FoundName, ...] = ()
        self._gather()

    def take(self, found: Sequence[FoundName]) -> None:
        """Takes what the draft says now."""
        self._found = tuple(found)
        self._gather()

    def member(self, name: str) -> CastMember | None:
        """The one that is called so."""
        return next((each for each in self.members if each.name == name), None)

    def with_form(self, form: str) -> CastMember | None:
        """The one that stands under this name in the draft."""
        return next((each for each in self.members if form in each.forms), None)

    @property
    def pinned(self) -> list[CastMember]:
        """Who is in the scene."""
        return [each for each in self.members if each.pinned]

    @property
    def known(self) -> tuple[str, ...]:
        """Every name of the draft, in each of its forms."""
        return tuple(form for each in self.members for form in each.forms)

    @property
    def meant_words(self) -> frozenset[str]:
        """The words of names that are no slips of the pen.

        The writer has said something of them, or they come again and again.
        """
        decided = {each.name for each in self.entries}
        meant = (each for each in self.members if not each.hidden and (each.name in decided or each.count >= _MEANT))
        return frozenset(word for each in meant for form in each.forms for word in form.split())

    def add(self, name: str) -> str:
        """Adds somebody whom the draft does not name yet; gives the name under which she is found."""
        name = clean_name(name)
        if name and self.member(name) is None and len(self.entries) < MOST_ENTRIES:
            self.entries.append(CastEntry(name, (name,), kind="person"))
            self._gather()
        return name

    def rename(self, name: str, new: str) -> str:
        """Calls a member otherwise; where another one is called so already, the two become one.

        Returns:
            what it is called now: the old name where the new one is none.
        """
        new = clean_name(new)
        member = self.member(name)
        if not new or new == name or member is None:
            return name
        if self.member(new) is not None:
            return self.merge(name, new)
        self._replace(name, replace(self._entry(member), name=new))
        return new

    def merge(self, name: str, into: str) -> str:
        """Makes two members one; notes are kept, one below the other. Gives the name of the one that stays."""
        gone = self.member(name)
        stays = self.member(into)
        if gone is None or stays is None or gone == stays:
            return name
        entry = self._entry(stays)
        merged = replace(
            entry,
            forms=tuple(dict.fromkeys([*entry.forms, *gone.forms])),
            kind=entry.kind or stays.kind,
            note="\n".join(filter(None, [stays.note, gone.note]))[:LONGEST_NOTE],
            pinned=stays.pinned or gone.pinned,
            hidden=False,
        )
        self.entries = [merged, *(each for each in self.entries if each.name not in (name, into))]
        self._gather()
        return into

    def separate(self, name: str) -> None:
        """Takes apart what was merged: what the draft holds for others are others again."""
        member = self.member(name)
        if member is None or not self.can_separate(name):
            return
        groups = self._groups(member)
        own = next((group for group in groups if member.name in group.forms), groups[0])
        self._change(name, forms=own.forms)

    def can_separate(self, name: str) -> bool:
        """Tells whether several names of the draft were merged into this one."""
        member = self.member(name)
        return member is not None and len(self._groups(member)) > 1

    def set_kind(self, name: str, kind: str) -> None:
        """Says what it is: one of KINDS."""
        if kind in KINDS:
            self._change(name, kind=kind)

    def set_pronoun(self, name: str, pronoun: str) -> None:
        """Says how it is spoken of: one of PRONOUNS, or NO_PRONOUN."""
        if pronoun in (*PRONOUNS, NO_PRONOUN):
            self._change(name, pronoun=pronoun)

    def set_note(self, name: str, note: str) -> None:
        """Writes something down about it."""
        self._change(name, note=note[:LONGEST_NOTE])

    def pin(self, name: str, pinned: bool) -> None:
        """Puts it into the scene, or takes it out."""
        self._change(name, pinned=pinned)

    def hide(self, name: str, hidden: bool) -> None:
        """Takes it out of the cast, for it is no name; or brings it back."""
        self._change(name, hidden=hidden, **({"pinned": False} if hidden else {}))

    def clear_scene(self) -> None:
        """Takes everybody out of the scene."""
        self.entries = [replace(each, pinned=False) for each in self.entries]
        self._tidy()

    def _groups(self, member: CastMember) -> list[FoundName]:
        return [each for each in self._found if set(each.forms) & set(member.forms)]

    def _entry(self, member: CastMember) -> CastEntry:
        found = next((each for each in self.entries if each.name == member.name), None)
        entry = found or CastEntry(member.name)
        return replace(entry, forms=tuple(dict.fromkeys([*entry.forms, *member.forms])))

    def _change(self, name: str, **values: object) -> None:
        member = self.member(name)
        if member is not None:
            self._replace(name, replace(self._entry(member), **values))  # type: ignore[arg-type]

    def _replace(self, name: str, entry: CastEntry) -> None:
        """Puts an entry in the place of the one for `name`, where there is one."""
        places = [number for number, each in enumerate(self.entries) if each.name == name]
        if places:
            self.entries[places[0]] = entry
        elif len(self.entries) < MOST_ENTRIES:
            self.entries.append(entry)
        self._tidy()

    def _tidy(self) -> None:
        self.entries = [each for each in self.entries if each.says_something or not self._is_as_found(each)]
        self._gather()

    def _is_as_found(self, entry: CastEntry) -> bool:
        groups = [each for each in self._found if set(each.forms) & set(entry.forms)]
        return len(groups) == 1 and groups[0].name == entry.name

    def _gather(self) -> None:
        owners: dict[str, int] = {}
        for number, entry in enumerate(self.entries):
            for form in entry.forms:
                owners.setdefault(form, number)
        for number, entry in enumerate(self.entries):
            owners.setdefault(entry.name, number)
        groups: dict[int, list[FoundName]] = {}
        members: list[CastMember] = []
        settled = {owners[found.name] for found in self._found if found.name in owners}
        for found in self._found:
            # The fullest form decides where it belongs; of a surname alone, whoever is found by her own name is none.
            owner = owners.get(found.name)
            if owner is None:
                others = (owners[form] for form in found.forms if form in owners)
                owner = next((other for other in others if other not in settled), None)
            if owner is not None:
                groups.setdefault(owner, []).append(found)
            else:
                members.append(_as_found(found))
        of_others = {form for each in members for form in each.forms}
        for number, entry in enumerate(self.entries):
            members.append(_member(entry, groups.get(number, []), of_others))
        self.members = sorted(members, key=_order)


def clean_name(text: str) -> str:
    """A name on one line, as it is kept; empty where nothing can be seen of it."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line[:LONGEST_NAME].strip()


def _as_found(found: FoundName) -> CastMember:
    return CastMember(found.name, found.called, found.forms, found.kind, found.pronoun, found.count, found.first)


def _member(entry: CastEntry, groups: Sequence[FoundName], of_others: Collection[str]) -> CastMember:
    count = sum(each.count for each in groups)
    most = max(groups, key=lambda each: each.count, default=None)
    first = min((each.first for each in groups), key=lambda each: (each.paragraph, each.start), default=None)
    own = [form for form in entry.forms if form not in of_others]
    forms = tuple(dict.fromkeys([*(form for each in groups for form in each.forms), *own]))
    pronoun = entry.pronoun or (most.pronoun if most else "")
    return CastMember(
        entry.name,
        most.called if most else entry.name,
        forms or (entry.name,),
        entry.kind or (most.kind if most else "person"),
        "" if pronoun == NO_PRONOUN else pronoun,
        count,
        first,
        entry.note,
        entry.pinned,
        entry.hidden,
    )


def _order(member: CastMember) -> tuple[bool, bool, int, int, str]:
    return member.hidden, not member.pinned, KINDS.index(member.kind), -member.count, member.name.casefold()
