"""How is something moved, and how is asked for motions, agendas, who is present, and the rules of the house?"""

_SHOW_ID = ("lihat", "tampilkan", "tunjukkan", "minta", "buka", "cek")
_SHOW_EN = ("show", "show me", "list", "see", "open", "view")

COLONS_ID = dict.fromkeys(("usul", "usulan", "mosi", "usul saya", "saya usul", "saya mengusulkan"), "move")
OPENERS_ID = dict.fromkeys(
    tuple(f"{i} {verb}" for i in ("saya mengusulkan", "saya usul", "kami mengusulkan") for verb in ("agar", "supaya")),
    "move",
)
WHOLE_ID = {
    **dict.fromkeys(("daftar mosi", "mosi", "daftar usul", "daftar usulan", "usulan"), "ask_motions"),
    **dict.fromkeys(tuple(f"{show} {what}" for show in _SHOW_ID for what in ("mosi", "usulan")), "ask_motions"),
    **dict.fromkeys(("agenda rapat", "daftar agenda", "agendanya apa", "apa agendanya"), "ask_agenda"),
    **dict.fromkeys(tuple(f"{show} {what}" for show in _SHOW_ID for what in ("agenda", "agenda rapat")), "ask_agenda"),
    **dict.fromkeys(("daftar hadir", "presensi", "kehadiran", "lihat daftar hadir", "buka daftar hadir"), "attendance"),
    **dict.fromkeys(("aturan", "aturan suara", "aturan rapat", "lihat aturan", "tata tertib"), "ask_bylaws"),
}

COLONS_EN = dict.fromkeys(("motion", "i move", "proposal", "i propose"), "move")
OPENERS_EN = dict.fromkeys(("i move that", "i move to", "i hereby move that", "i'd like to move that"), "move")
WHOLE_EN = {
    **dict.fromkeys(("motions", "open motions", "the motions", "pending motions"), "ask_motions"),
    **dict.fromkeys(tuple(f"{show} {a}motions" for show in _SHOW_EN for a in ("", "the ", "open ")), "ask_motions"),
    **dict.fromkeys(("the agenda", "what's on the agenda", "what is on the agenda"), "ask_agenda"),
    **dict.fromkeys(tuple(f"{show} {a}agenda" for show in _SHOW_EN for a in ("", "the ")), "ask_agenda"),
    **dict.fromkeys(("attendance", "attendance list", "roll call", "show attendance", "who is here"), "attendance"),
    **dict.fromkeys(("bylaws", "the bylaws", "voting rules", "show the rules", "show bylaws", "rules"), "ask_bylaws"),
}
