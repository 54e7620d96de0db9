"""Which addresses can be written to?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governor.domain.addresses import address, without_addresses
from governor.errors import Refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("budi@example.org", "budi@example.org"),
        (" Budi.Santoso+rapat@Example.ORG ", "Budi.Santoso+rapat@example.org"),
        ("o'neill/x=y@mail.example.co.id", "o'neill/x=y@mail.example.co.id"),
        ("sari@bücher.example", "sari@xn--bcher-kva.example"),
        ("a@xn--p1ai.example", "a@xn--p1ai.example"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ],
)
def test_address_is_accepted(text: str, expected: str) -> None:
    assert address(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "budi", "@example.org", "budi@", "budi@example", "budi@@example.org", "a b@example.org"),
        *(".budi@example.org", "budi.@example.org", "bu..di@example.org", '"bu di"@example.org', "büdi@example.org"),
        *("budi@-example.org", "budi@exa_mple.org", "budi@example..org", "budi@127.0.0.1", "budi@[127.0.0.1]"),
        *("budi@example.org\r\nBcc: x@example.org", "budi\x00@example.org", "budi@example.org\u202e", "<a@b.example>"),
        *(
            "budi@example.org, sari@example.org",
            "budi@example.org.",
            f"{'a' * 65}@example.org",
            "a@" + "b." * 130 + "c",
        ),
        *("mailto:budi@example.org", "Budi <budi@example.org>", "budi@exam\nple.org", "a@\ud800.example"),
    ],
)
def test_address_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="email-invalid"):
        address(text)


@settings(deadline=None)
@given(st.text(max_size=40) | st.emails() | st.builds("{}@{}".format, st.text(max_size=9), st.text(max_size=9)))
def test_an_accepted_address_is_plain_ascii_and_its_own_form(text: str) -> None:
    try:
        found = address(text)
    except Refused:
        return

    assert found.isascii()
    assert found.isprintable()
    assert not set(found) & set(' <>",:;()[]\\')
    assert address(found) == found


def test_addresses_are_taken_out_of_what_is_kept() -> None:
    said = "550 5.1.1 <budi@example.org>: no such user, ask postmaster@example.org"

    assert without_addresses(said) == "550 5.1.1 … no such user, ask …"
