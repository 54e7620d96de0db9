"""A person asks for their calendar's address, and takes it back."""

from tests.journeys.rooms import Room


def flat(shown: str) -> str:
    return " ".join(shown.split())


def test_address_is_asked_for_and_revoked_in_indonesian(room: Room) -> None:
    assert "Alamat kalender rapat Anda" in flat(room.say("alamat kalender saya"))
    assert "dicabut dan tidak berlaku lagi" in flat(room.say("cabut alamat kalender"))
    assert "tidak memiliki alamat kalender" in flat(room.say("cabut alamat kalender"))


def test_address_is_asked_for_and_revoked_in_english(english_room: Room) -> None:
    assert "The address of your meetings" in flat(english_room.say("my calendar address"))
    assert "leads nowhere any more" in flat(english_room.say("revoke my calendar address"))
    assert "You have no calendar address" in flat(english_room.say("revoke my calendar address"))


def test_address_is_told_to_the_one_who_asks_alone_and_is_no_entry(room: Room) -> None:
    before = room.entries
    (reply,) = room.call("alamat kalender saya")
    assert reply.is_private
    assert room.entries == before


def test_same_call_twice_shows_the_same_address(room: Room) -> None:
    first, second = (room.call("alamat kalender saya", call_id="same") for _ in range(2))
    assert first == second
