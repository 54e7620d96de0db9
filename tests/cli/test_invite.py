"""Does the terminal tell where the bot of an adapter is invited from, whichever adapters there are?"""

from base64 import b64encode
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from governor.ports import Account, Call, Join
from tests.cli.conftest import Govern
from tests.journeys.rooms import found, opened

TOKEN = f"{b64encode(b'1287654321098765432').decode().rstrip('=')}.GaBcDe.x"


def test_invite_tells_the_address_and_the_permissions(govern: Govern) -> None:
    done = govern("discord", "invite", GOVERNOR_DISCORD_TOKEN=TOKEN, GOVERNOR_LANGUAGE="en")
    assert done.status == 0
    url = urlsplit(next(word for word in done.out.split() if word.startswith("https://discord.com/")))
    asked = parse_qs(url.query)
    assert asked["client_id"] == ["1287654321098765432"]
    assert asked["scope"] == ["bot applications.commands"]
    assert f"(permissions {asked['permissions'][0]})" in done.out


@pytest.mark.parametrize(("token", "said"), [("", "not set"), ("nonsense", "refuses GOVERNOR_DISCORD_TOKEN")])
def test_token_that_is_none_is_told(govern: Govern, token: str, said: str) -> None:
    done = govern("discord", "invite", GOVERNOR_DISCORD_TOKEN=token, GOVERNOR_LANGUAGE="en")
    assert done.status == 2
    assert said in done.err


def test_secretary_of_the_console_gets_a_code_until_it_is_used(govern: Govern, tmp_path: Path) -> None:
    found(tmp_path / "data", "en")
    settings = {"GOVERNOR_DISCORD_TOKEN": TOKEN, "GOVERNOR_LANGUAGE": "en"}
    told = govern("discord", "invite", **settings).out
    code = told.split("The code for Dewi: ")[1].split(".")[0]
    with opened(tmp_path / "data") as room:
        account = Account(platform="discord", id="7")
        join = Call(id="join", account=account, at=room.at, request=Join(code=code), language="en")
        (reply,) = room.house.dispatcher([])(join)
    assert not reply.refused
    assert "The code for" not in govern("discord", "invite", **settings).out
