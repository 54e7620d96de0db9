"""Where can a regular expression take the same sign in two ways? What cannot never goes back over what it has read."""

import re
from collections.abc import Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

ALPHABET = frozenset(map(chr, range(0x20, 0x7F))) | set("\n\té½٣中")
CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
Node = tuple[object, object]
Signs = frozenset[str]


def ambiguities(pattern: str) -> Iterator[str]:
    """Yield the signs that an unbounded repeat of *pattern* may take, and what stands behind it as well."""
    yield from _walk(list(parser.parse(pattern)), frozenset())


def _walk(nodes: Sequence[Node], after: Signs) -> Iterator[str]:
    for place, (kind, what) in enumerate(nodes):
        follows = _first(nodes[place + 1 :], after)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            _, most, body = what  # type: ignore[misc]
            again = _first(list(body), frozenset()) if most == op.MAXREPEAT else frozenset()
            if most == op.MAXREPEAT and again & follows:
                yield "".join(sorted(again & follows))
            yield from _walk(list(body), follows | again)
        for inner in _inner(kind, what):
            yield from _walk(inner, follows)


def _inner(kind: object, what: object) -> list[list[Node]]:
    if kind is op.SUBPATTERN:
        return [list(what[3])]  # type: ignore[index]
    return [list(branch) for branch in what[1]] if kind is op.BRANCH else []  # type: ignore[index]


def _first(nodes: Sequence[Node], after: Signs) -> Signs:
    """Return the signs with which *nodes* may begin; *after*, where they may be empty."""
    if not nodes:
        return after
    (kind, what), rest = nodes[0], nodes[1:]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, _, body = what  # type: ignore[misc]
        begins = _first(list(body), frozenset())
        return begins if least else begins | _first(rest, after)
    if inner := _inner(kind, what):
        return frozenset().union(*(_first(one, _first(rest, after)) for one in inner))
    signs = _signs(kind, what)
    return _first(rest, after) if signs is None else signs


def _signs(kind: object, what: object) -> Signs | None:
    """Return the signs of one place; None where it takes none: an edge, a look ahead."""
    if kind is op.ANY:
        return ALPHABET
    if kind is op.LITERAL:
        return frozenset({chr(what).lower(), chr(what).upper()})  # type: ignore[arg-type]
    if kind is not op.IN:
        return None
    signs: set[str] = set()
    for one, value in what:  # type: ignore[attr-defined]
        if one is op.LITERAL:
            signs |= {chr(value).lower(), chr(value).upper()}
        elif one is op.RANGE:
            signs |= {sign for sign in ALPHABET if value[0] <= ord(sign) <= value[1]}
        elif one is op.CATEGORY:
            signs |= {sign for sign in ALPHABET if re.match(CATEGORIES[value], sign)}
    return ALPHABET - signs if what[0][0] is op.NEGATE else frozenset(signs)  # type: ignore[index]
