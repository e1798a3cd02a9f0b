"""Reads the table.

A line is `route | method | states | answers`; an empty route repeats the one above, an empty state is the one called "usual".
Answers are `status people; status people`, where a group may stand for its members and "rest" for whoever is not named.
Whoever is shut out (not logged in, deactivated) gets "login" unless the line says otherwise. A method that a route has no
line for is answered 405, after the login page where the route is not public.
"""

from dataclasses import dataclass

from tests.permissions.people import EVERYONE, GROUPS, SHUT_OUT

METHODS = ("GET", "POST", "PUT", "DELETE")
USUAL = "usual"
LOGIN = "login"


@dataclass(frozen=True)
class Case:
    """One question: what does `person` get from this route, asked this way, in this state of the world."""

    route: str
    method: str
    state: str
    person: str
    answer: str
    # Follows from the rule on wrong methods instead of being written in a line.
    implied: bool = False

    def __str__(self):
        return f"{self.method} {self.route} ({self.state}) by {self.person}: {self.answer} expected"


def read(table: str) -> dict[str, list[Case]]:
    """Route name → every case of it, the implied ones too. Raises ValueError, naming the line, for what it cannot read."""
    lines: dict[str, list[tuple[str, str, dict[str, str]]]] = {}
    route = ""
    for number, line in enumerate(table.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            name, method, states, answers = (cell.strip() for cell in line.split("|"))
            if name and name in lines:
                raise ValueError(f"{name} has its lines in two places")
            route = name or route
            if method != "ANY" and method not in METHODS:
                raise ValueError(f"unknown method {method}")
            given = _answers(answers)
        except ValueError as error:
            raise ValueError(f"line {number} of the table: {error}\n{line}") from error
        for state in states.split() or [USUAL]:
            for each in METHODS if method == "ANY" else [method]:
                lines.setdefault(route, []).append((each, state, given))
    return {route: _cases(route, rows) for route, rows in lines.items()}


def _answers(text: str) -> dict[str, str]:
    """Person → answer, everybody named once."""
    given: dict[str, str] = {}
    rest = LOGIN
    for clause in text.split(";"):
        answer, *names = clause.split()
        if not (answer == LOGIN or (answer.isdigit() and len(answer) == 3)) or not names:
            raise ValueError(f"{clause.strip()!r} is not a status and people")
        for name in names:
            if name == "rest":
                rest = answer
                continue
            for person in GROUPS.get(name, (name,)):
                if person not in EVERYONE:
                    raise ValueError(f"nobody is called {person}")
                if person in given:
                    raise ValueError(f"{person} is named twice")
                given[person] = answer
    for person in EVERYONE:
        if person not in given:
            if rest == LOGIN and person not in SHUT_OUT:
                raise ValueError(f"{person} is not named")
            given[person] = LOGIN if person in SHUT_OUT else rest
    return given


def _cases(route: str, rows: list[tuple[str, str, dict[str, str]]]) -> list[Case]:
    if len({(method, state) for method, state, _ in rows}) != len(rows):
        raise ValueError(f"{route}: a method and state has two lines")
    public = any(given[person] != LOGIN for _, _, given in rows for person in SHUT_OUT)
    cases = [
        Case(route, method, state, person, answer) for method, state, given in rows for person, answer in given.items()
    ]
    missing = [method for method in METHODS if method not in {method for method, _, _ in rows}]
    cases += [
        Case(route, method, rows[0][1], person, LOGIN if person in SHUT_OUT and not public else "405", implied=True)
        for method in missing
        for person in EVERYONE
    ]
    return cases
