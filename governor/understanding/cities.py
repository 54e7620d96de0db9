"""Which zone is the time of this city or country?"""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from governor.understanding.lexicon import listed

REGIONS = ("Asia", "Europe", "America", "Africa", "Australia", "Pacific", "Atlantic", "Indian")
NO_CITIES = frozenset({"wake", "midway", "easter", "center", "reunion", "resolute", "christmas"})
"""Islands and towns of the IANA whose names are words."""

_OF_ZONE = {
    "Asia/Jakarta": """
        bandung, surabaya, semarang, yogyakarta, jogja, solo, malang, bogor, bekasi, depok, tangerang,
        medan, palembang, padang, pekanbaru, lampung, batam, aceh, jambi, bengkulu, jawa, java, sumatra,
        sumatera
    """,
    "Asia/Pontianak": "kalbar, kalteng, palangkaraya",
    "Asia/Makassar": """
        makasar, bali, denpasar, lombok, mataram, kupang, manado, palu, kendari, gorontalo, samarinda,
        balikpapan, banjarmasin, sulawesi, ntb, ntt
    """,
    "Asia/Jayapura": "papua, ambon, ternate, sorong, merauke, manokwari, timika, maluku",
    "Asia/Singapore": "singapura",
    "Asia/Kuala_Lumpur": "malaysia, kl, penang, johor",
    "Asia/Tokyo": "jepang, japan, osaka, kyoto",
    "Asia/Seoul": "korea",
    "Asia/Shanghai": "china, cina, tiongkok, beijing, shenzhen, guangzhou",
    "Asia/Kolkata": "india, indian, mumbai, delhi, new delhi, bangalore, bengaluru, chennai, hyderabad, pune",
    "Asia/Bangkok": "thailand, hanoi",
    "Asia/Ho_Chi_Minh": "vietnam",
    "Asia/Manila": "filipina, philippines, philippine",
    "Asia/Karachi": "pakistan, islamabad, lahore",
    "Asia/Riyadh": "arab, saudi, arab saudi, mekkah, mekah, makkah, mecca, madinah, medina, jeddah",
    "Asia/Qatar": "doha",
    "Asia/Dubai": "abu dhabi, uae",
    "Europe/Istanbul": "turki, turkey, ankara",
    "Africa/Cairo": "kairo, mesir, egypt",
    "Europe/London": """
        uk, british, britain, england, inggris, manchester, birmingham, edinburgh, glasgow, cardiff,
        bristol, oxford, cambridge
    """,
    "Europe/Dublin": "ireland, irish",
    "Europe/Amsterdam": "belanda, dutch, netherlands, rotterdam, utrecht, the hague, den haag",
    "Europe/Berlin": "jerman, germany, german, frankfurt, munich, hamburg, cologne",
    "Europe/Paris": "prancis, perancis, france, french, lyon, marseille",
    "Europe/Madrid": "spanyol, spain, barcelona",
    "Europe/Rome": "italia, italy, roma, milan",
    "Europe/Zurich": "swiss, switzerland, geneva, basel",
    "Europe/Brussels": "belgia, belgium, antwerp",
    "Europe/Vienna": "austria, wina",
    "Europe/Moscow": "rusia, russia, moskow",
    "Australia/Sydney": "canberra",
    "Pacific/Auckland": "new zealand, wellington",
    "America/New_York": "eastern, boston, washington, philadelphia, atlanta, miami, nyc",
    "America/Chicago": "central, houston, dallas, austin, minneapolis, new orleans",
    "America/Denver": "mountain, salt lake city",
    "America/Los_Angeles": "pacific, california, san francisco, seattle, san diego, las vegas, portland, san jose",
    "America/Toronto": "ottawa",
    "America/Edmonton": "calgary",
    "America/Sao_Paulo": "brazil, brasil, rio, rio de janeiro, brasilia",
    "America/Argentina/Buenos_Aires": "argentina",
    "Africa/Johannesburg": "south africa, cape town, durban",
    "Africa/Lagos": "nigeria, abuja",
    "Africa/Nairobi": "kenya",
}  # fmt: skip
CITIES = {city: zone for zone, cities in _OF_ZONE.items() for city in listed(cities)}
"""What the IANA has no zone of that name for."""


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Say whether the IANA knows a zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=256)
def zone_of_city(city: str) -> str | None:
    """Return the zone of *city* (in lower case), or None when nobody knows it: *stockholm*, *los angeles*, *mumbai*."""
    if city in CITIES or city in NO_CITIES:
        return CITIES.get(city)
    named = "_".join(word.capitalize() for word in city.split())
    return next((zone for region in REGIONS if is_zone(zone := f"{region}/{named}")), None)
