"""How are times and requests said in Indonesian?"""

# ruff: noqa: E501, SIM905 -- tables of words are read as tables, lists of words as text

from governor.understanding.lexicon import Language, Sort, Span, Unit, listed

_PARTS = {
    "pagi": "pagi", "siang": "siang", "sore": "afternoon", "petang": "dusk", "malam": "malam", "malem": "malam", "mlm": "malam", "subuh": "dawn",
}  # fmt: skip

WORDS: dict[Sort, dict[str, object]] = {
    Sort.NUMBER: {
        "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
        "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000, "sejuta": 1000000, "kosong": 0,
    },
    Sort.TEEN: {"belas": 10},
    Sort.TEN: {"puluh": 10},
    Sort.SCALE: {"ratus": 100, "ribu": 1000, "rb": 1000, "juta": 1000000, "jt": 1000000, "miliar": 1000000000, "milyar": 1000000000, "m": 1000000000},
    Sort.ORDINAL: {
        "pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "terakhir": -1, "ke": 0,
    },
    Sort.HALF: {"½": 1, "setengah": 1, "stengah": 1, "setenga": 1, "stgh": 1, "stngah": 1, "setgh": 1, "separuh": 1},
    Sort.QUARTER: {"seperempat": 1, "seprempat": 1},
    Sort.FEW: {"beberapa": 3},
    Sort.WEEKDAY: {
        "senin": 0, "sen": 0, "senen": 0, "snin": 0, "selasa": 1, "sel": 1, "slasa": 1, "rabu": 2, "rab": 2, "rebo": 2, "rbu": 2,
        "kamis": 3, "kam": 3, "kemis": 3, "kms": 3, "jumat": 4, "jum'at": 4, "jum": 4, "jumaat": 4, "jmt": 4, "jmat": 4, "jumat'at": 4,
        "sabtu": 5, "malming": 6, "saptu": 5, "sab": 5, "sbtu": 5, "sbt": 5, "setu": 5, "minggu": 6, "ahad": 6, "min": 6, "mgg": 6,
    },
    Sort.MONTH: {
        "januari": 1, "jan": 1, "februari": 2, "pebruari": 2, "feb": 2, "peb": 2, "maret": 3, "mar": 3, "mrt": 3, "april": 4, "apr": 4,
        "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "agustus": 8, "agu": 8, "ags": 8, "agst": 8, "agt": 8,
        "september": 9, "sep": 9, "sept": 9, "oktober": 10, "okt": 10, "november": 11, "nopember": 11, "nov": 11, "nop": 11,
        "desember": 12, "des": 12,
    },
    Sort.UNIT: {
        "detik": Unit.SECOND, "dtk": Unit.SECOND, "menit": Unit.MINUTE, "mnt": Unit.MINUTE, "menitan": Unit.MINUTE,
        "jam": Unit.HOUR, "jaman": Unit.HOUR, "hari": Unit.DAY, "hr": Unit.DAY, "minggunya": Unit.WEEK, "pekannya": Unit.WEEK, "bulannya": Unit.MONTH, "tahunnya": Unit.YEAR, "minggu": Unit.WEEK, "mggu": Unit.WEEK, "mgg": Unit.WEEK, "pekan": Unit.WEEK,
        "bulan": Unit.MONTH, "bln": Unit.MONTH, "triwulan": Unit.QUARTER, "kuartal": Unit.QUARTER, "kwartal": Unit.QUARTER,
        "tahun": Unit.YEAR, "thn": Unit.YEAR, "th": Unit.YEAR,
    },
    Sort.LENGTH: {
        "sedetik": Span(1, Unit.SECOND), "semenit": Span(1, Unit.MINUTE), "sejam": Span(1, Unit.HOUR), "sehari": Span(1, Unit.DAY),
        "seminggu": Span(1, Unit.WEEK), "sepekan": Span(1, Unit.WEEK),
        "sebulan": Span(1, Unit.MONTH), "setahun": Span(1, Unit.YEAR), "semester": Span(6, Unit.MONTH),
    },
    Sort.RELATIVE: {
        "hari ini": 0, "hr ini": 0, "hri ini": 0, "besok": 1, "bsk": 1, "bsok": 1, "besuk": 1, "esok": 1, "besok hari": 1, "esok hari": 1, "keesokan hari": 1, "keesokan harinya": 1,
        "lusa": 2, "lusanya": 2, "sesuk": 1, "mben": 2, "isukan": 1, "pageto": 2, "tulat": 3, "kemarin": -1, "kmrn": -1, "kemaren": -1, "kmarin": -1, "nanti": 0, "ntar": 0, "entar": 0, "kemarin lusa": -2, "kemarin dulu": -2,
    },
    Sort.NOW: {"sekarang": 1, "skrg": 1, "skrng": 1, "sekarang juga": 1, "skrg juga": 1, "saat ini": 1, "saat ini juga": 1},
    Sort.TODAY_PART: {
        **{f"{soon} {said}": part for said, part in _PARTS.items() for soon in ("nanti", "ntar", "entar", "nti", "ntr", "tar", "nnti")},
        **{f"{said} {this}": part for said, part in _PARTS.items() for this in ("ini", "nanti", "ntar")},
        "tadi pagi": "past", "tadi siang": "past", "tadi sore": "past", "tadi malam": "past", "semalam": "past", "tadi": "past",
    },
    Sort.PART: {
        "pagi": "pagi", "pgi": "pagi", "pg": "pagi", "pagi hari": "pagi", "pagi-pagi": "pagi",
        "bengi": "malam", "mbengi": "malam", "wengi": "malam", "peuting": "malam", "esuk": "pagi", "isuk": "pagi", "awan": "siang", "siang": "siang", "siang hari": "siang", "siang-siang": "siang", "sore": "afternoon", "sore hari": "afternoon", "sorean": "afternoon", "petang": "dusk", "petang hari": "dusk", "senja": "dusk",
        "malam": "malam", "malem": "malam", "mlm": "malam", "mlem": "malam", "malam hari": "malam", "mlm hari": "malam",
        "subuh": "dawn", "shubuh": "dawn", "dini hari": "small-hours", "dinihari": "small-hours", "fajar": "dawn", "tengah malam": "midnight", "tengah hari": "midday", "jam kerja": "work",
    },
    Sort.EDGE: {"awal": -1, "pertengahan": 0, "tengah": 0, "akhir": 1, "penghujung": 1, "ujung": 1, "permulaan": -1},
    Sort.NEXT: {
        "depan": 1, "dpn": 1, "dpan": 1, "berikutnya": 1, "brikutnya": 1, "selanjutnya": 1, "mendatang": 1, "yang akan datang": 1, "yg akan datang": 1, "yad": 1, "kemudian": 1, "besoknya": 1, "berikut": 1, "depannya": 1,
    },
    Sort.THIS: {"ini": 1, "sekarang ini": 1, "besok ini": 1},
    Sort.LAST: {"lalu": 1, "kemarin": 1, "kemaren": 1, "kmrn": 1, "yang lalu": 1, "yg lalu": 1, "lepas": 1, "silam": 1},
    Sort.AFTER_NEXT: {"depannya lagi": 1, "depan lagi": 1},
    Sort.LATER: {
        "lagi": 1, "lg": 1, "lgi": 1, "dari sekarang": 1, "ke depan": 1, "kedepan": 1, "kemudian": 1, "setelah ini": 1, "sesudah ini": 1, "dari hari ini": 1, "setelahnya": 1,
    },
    Sort.IN: {"dalam": 1, "dlm": 1},
    Sort.DAY: {"hari": 1, "hr": 1, "hri": 1},
    Sort.DATE: {"tanggal": 1, "tgl": 1, "tg": 1, "tgal": 1, "tggl": 1},
    Sort.CLOCK: {"jam": 1, "pkl.": 1, "pk.": 1, "pukul": 1, "pkl": 1, "pk": 1, "jm": 1, "pkul": 1, "pukl": 1},
    Sort.NAMED_TIME: {"tengah hari": (12, 0), "tengah malam": (0, 0), "akhir hari ini": (23, 59)},
    Sort.NTH_QUARTER: {"semester": 0},
    Sort.PASARAN: {"legi": 0, "manis": 0, "pahing": 1, "paing": 1, "pon": 2, "wage": 3, "kliwon": 4},
    Sort.PAST: {"lewat": 1, "lebih": 1, "lwt": 1, "liwat": 1},
    Sort.TO_GO: {"kurang": 1, "krg": 1, "krang": 1},
    Sort.UNTIL: {"sampai": 1, "sampe": 1, "smp": 1, "smpe": 1, "smpai": 1, "nyampe": 1, "ampe": 1, "ampek": 1, "ampai": 1, "sampek": 1, "smpi": 1, "sampai dengan": 1, "s.d.": 1, "s.d": 1, "s/d": 1, "sd": 1, "hingga": 1, "hgg": 1, "dan berakhir pada": 1, "berakhir": 1, "selesai": 1},
    Sort.BEGINS: {"mulainya": 1, "dibuka": 1, "buka": 1, "mulai": 1, "dimulai": 1, "berangkat": 1},
    Sort.ENDS: {
        "ditutup": 1, "tutup": 1, "berakhir": 1, "selesai": 1, "kelar": 1, "beres": 1, "bubar": 1, "pulang": 1, "rampung": 1, "selesainya": 1, "berakhirnya": 1,
    },
    Sort.OPEN_END: {
        "sampai selesai": 1, "sampe selesai": 1, "s.d. selesai": 1, "s.d selesai": 1, "s/d selesai": 1, "sd selesai": 1, "hingga selesai": 1, "smp selesai": 1, "- selesai": 1, "sampai kelar": 1, "sampe kelar": 1, "sampai beres": 1, "sampe beres": 1,
    },
    Sort.FROM: {"dari": 1, "dr": 1, "mulai": 1, "sejak": 1, "mulai dari": 1, "mulai dr": 1, "mulainya": 1, "dimulai": 1, "terhitung": 1},
    Sort.BETWEEN: {"antara": 1},
    Sort.AND: {"dan": 1, "&": 1, "serta": 1, "dn": 1, "sama": 1, "sm": 1, "ama": 1},
    Sort.FOR: {"selama": 1, "slm": 1, "durasi": 1, "berdurasi": 1, "slma": 1, "durasinya": 1, "waktunya": 1, "lamanya": 1},
    Sort.EVERY: {"setiap": 1, "tiap": 1, "stiap": 1, "tiap-tiap": 1, "setiap-tiap": 1, "stp": 1, "saben": 1, "saban": 1},
    Sort.PER: {"per": 1},
    Sort.FREQUENCY: {
        "harian": (Unit.DAY, 1), "mingguan": (Unit.WEEK, 1), "bulanan": (Unit.MONTH, 1), "tahunan": (Unit.YEAR, 1), "triwulanan": (Unit.MONTH, 3), "dwimingguan": (Unit.WEEK, 2), "dwibulanan": (Unit.MONTH, 2), "semesteran": (Unit.MONTH, 6),
    },
    Sort.TIMES: {"kali": 1, "x": 1, "kali pertemuan": 1},
    Sort.ONCE: {"sekali": 1, "skali": 1, "1x": 1},
    Sort.OR: {"atau": 1, "ato": 1, "atw": 1},
    Sort.OTHER: {"selang seling": 1, "selang-seling": 1, "selang": 1, "berselang": 1},
    Sort.EXCEPT: {"kecuali": 1, "kec": 1, "terkecuali": 1, "selain": 1, "kcuali": 1, "tanpa": 1},
    Sort.ALSO: {"juga": 1, "plus": 1, "ditambah": 1},
    Sort.HOLIDAYS: {"hari libur": 1, "libur": 1, "tanggal merah": 1, "libur nasional": 1, "hari libur nasional": 1},
    Sort.WORKDAYS: {"hari kerja": 1, "hari-hari kerja": 1},
    Sort.WEEKEND: {"akhir pekan": 1, "weekend": 1, "akhir minggu": 1, "ujung minggu": 1},
    Sort.ON: {"pada": 1, "pd": 1, "di": 2, "tepatnya": 1, "untuk": 2, "utk": 2, "ke": 2, "menjadi": 2, "jadi": 2, "yaitu": 1, "yakni": 1},
    Sort.ABOUT: {"sekitar": 1, "kira-kira": 1, "kurang lebih": 1, "sekitaran": 1, "kisaran": 1, "skitar": 1, "kira kira": 1, "kurleb": 1, "tepat": 1, "teng": 1},
    Sort.ZONE: {
        "wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura", "waktu indonesia barat": "Asia/Jakarta", "waktu indonesia tengah": "Asia/Makassar",
        "waktu indonesia timur": "Asia/Jayapura", "waktu setempat": "",
    },
    Sort.FEAST: {
        "takbiran": "eid-al-fitr", "takbir": "eid-al-fitr", "may day": "labour-day", "mayday": "labour-day", "natal": "christmas", "hari natal": "christmas", "malam natal": "christmas-eve", "tahun baru": "new-year", "hari kemerdekaan": "independence", "hut ri": "independence", "17an": "independence", "17-an": "independence", "hari kartini": "kartini",
        "idul fitri": "eid-al-fitr", "idulfitri": "eid-al-fitr", "lebaran": "eid-al-fitr", "hari raya idul fitri": "eid-al-fitr", "idul adha": "eid-al-adha", "iduladha": "eid-al-adha", "lebaran haji": "eid-al-adha", "hari raya kurban": "eid-al-adha", "idul kurban": "eid-al-adha",
        "waisak": "vesak", "hari raya waisak": "vesak", "nyepi": "nyepi", "hari raya nyepi": "nyepi", "imlek": "lunar-new-year", "tahun baru imlek": "lunar-new-year", "maulid nabi": "mawlid", "maulid": "mawlid", "isra miraj": "isra-miraj", "isra mi'raj": "isra-miraj",
        "tahun baru islam": "islamic-new-year", "1 muharram": "islamic-new-year", "jumat agung": "good-friday", "wafat isa almasih": "good-friday", "paskah": "easter", "kenaikan isa almasih": "ascension", "kenaikan yesus kristus": "ascension", "hari buruh": "labour-day",
        "hari lahir pancasila": "pancasila", "hari pancasila": "pancasila", "malam tahun baru": "new-year-eve", "hari pahlawan": "heroes-day", "sumpah pemuda": "youth-pledge", "hari sumpah pemuda": "youth-pledge", "hari ibu": "mothers-day-id", "hari guru": "teachers-day-id", "hari guru nasional": "teachers-day-id", "hari pendidikan nasional": "education-day", "hardiknas": "education-day", "hari kesaktian pancasila": "pancasila-sanctity",
    },
    Sort.PRAYER: {
        **{f"{after} {friday}": "after-jumuah" for after in ("ba'da", "bakda", "bada", "ba'dha", "bakdo", "badha") for friday in ("jumat", "jum'at", "jumuah", "jum'ah")},
        "dhuha": "dhuha", "duha": "dhuha", "salat dhuha": "dhuha", "sholat dhuha": "dhuha", **{f"{salat} {eid}": "eid" for salat in ("salat", "sholat", "shalat", "solat") for eid in ("ied", "id", "eid")},
        "subuh": "fajr", "shubuh": "fajr", "salat subuh": "fajr", "sholat subuh": "fajr", "shalat subuh": "fajr", "dzuhur": "dhuhr", "zuhur": "dhuhr", "dhuhur": "dhuhr", "zhuhur": "dhuhr", "duhur": "dhuhr", "lohor": "dhuhr", "luhur": "dhuhr", "asar": "asr", "ashar": "asr", "asr": "asr", "ashr": "asr",
        "maghrib": "maghrib", "magrib": "maghrib", "mahgrib": "maghrib", "isya": "isha", "isya'": "isha", "isyak": "isha", "isa": "isha", "jumatan": "jumuah", "jum'atan": "jumuah", "salat jumat": "jumuah", "sholat jumat": "jumuah", "shalat jumat": "jumuah", "solat jumat": "jumuah", "sholat jum'at": "jumuah", "shalat jum'at": "jumuah",
        "tarawih": "tarawih", "taraweh": "tarawih", "salat isya": "isha", "sholat isya": "isha", "shalat isya": "isha", "salat maghrib": "maghrib", "sholat maghrib": "maghrib", "sholat magrib": "maghrib", "salat asar": "asr", "sholat ashar": "asr", "sholat asar": "asr", "salat zuhur": "dhuhr", "sholat dzuhur": "dhuhr", "sholat zuhur": "dhuhr", "buka puasa": "maghrib", "berbuka": "maghrib", "bukber": "maghrib",
    },
    Sort.BEFORE: {"sebelum": 1, "sblm": 1, "sblum": 1, "menjelang": 1, "jelang": 1, "sebelom": 1},
    Sort.AFTER: {
        "hbs": 1, "hbis": 1, "sesudah": 1, "setelah": 1, "stlh": 1, "ssdh": 1, "habis": 1, "abis": 1, "ba'da": 1, "bakda": 1, "bada": 1, "ba'dha": 1, "selepas": 1, "lepas": 1, "seusai": 1, "usai": 1, "stelah": 1, "sehabis": 1, "bakdo": 1, "badha": 1, "ba' da": 1, "selesai": 1,
    },
    Sort.LATEST: {**dict.fromkeys(("maks", "maksimal", "maksimum", "max", "mentok", "paling lambat", "paling telat", "paling lama", "paling akhir", "selambatnya", "selambat-lambatnya", "sebelum atau pada"), 1)},
    Sort.PRELUDE: dict.fromkeys(("registrasi", "registrasi ulang", "registrasi dibuka", "registrasi mulai", "daftar ulang", "open gate", "pintu dibuka"), 1),
    Sort.NOT: dict.fromkeys(("jangan", "jgn", "jngn", "jangan pas", "bukan", "bkn", "bukannya", "ketimbang", "daripada", "gak jadi", "ga jadi", "nggak jadi", "ngga jadi", "tidak jadi", "tdk jadi", "gajadi"), 1),
    Sort.SOON: dict.fromkeys(("secepatnya", "secepat mungkin", "sesegera mungkin", "segera mungkin", "secepetnya", "asap"), 1),
    Sort.ALL_DAY: dict.fromkeys(("seharian", "seharian penuh", "sehari penuh", "sepanjang hari", "full seharian"), 1),
    Sort.EVE: {"malam": 1, "malem": 1, "mlm": 1, "malming": 2},
    Sort.NO_TIME: {"pengurus harian": 1, "buku harian": 1, "upah harian": 1, **{f"{what} {often}": 1 for what in ("laporan", "iuran", "kas", "anggaran", "rencana", "program", "rekap", "target", "simpanan", "buletin", "tagihan", "evaluasi kas") for often in ("harian", "mingguan", "bulanan", "tahunan", "triwulanan")}, "makan siang": 1, "makan malam": 1, "makan pagi": 1, "makan sore": 1, "selamat pagi": 1, "selamat siang": 1, "selamat sore": 1, "selamat malam": 1, "met malam": 1, "met pagi": 1, "tengah jalan": 1, "kerja malam": 1, "akhir kata": 1, "hari raya": 1, "jam tangan": 1, "jadwal ronda malam": 1, "petugas ronda malam": 1, "lagi pula": 1, "sekali lagi": 1, "satu lagi": 1, "jalan depan": 1},
    Sort.REGION: {"asia": "Asia", "europe": "Europe", "america": "America", "australia": "Australia", "africa": "Africa", "pacific": "Pacific"},
    Sort.REST: {"sisa": 1},
    Sort.MONEY: {"rp": "IDR", "rupiah": "IDR", "idr": "IDR", "rp.": "IDR", "dolar": "USD", "dolar as": "USD", "dolar singapura": "SGD", "ringgit": "MYR"},
}  # fmt: skip

COMMON = frozenset(
    """ada adalah agar aja akan aku anda anggaran anggota apa atau ayo bagi bagaimana bahas bahwa baik baiklah bapak banyak baru batal batalkan belum
    bendahara berapa bersama bisa boleh buat bu bukti buatkan catat catatan dapat dengan deh dgn di dia diundang dong donk gak ga ganti geser gimana gw
    gue hadir halo harap harus ibu ikut ingatkan itu iya izin jadi jadikan jadwal jadwalkan jadwalin juga kah kalau kami kan kapan karena kas kasih kau
    kayaknya ke kegiatan kepada keputusan kerja kerjabakti ketua kita kok kumpul laporan lewat lho lokasi lupa maaf maju majukan mari mau membahas
    memutuskan menit mohon mungkin musyawarah nanti nggak notulen oke olahraga orang pak panitia pengurus perlu pertemuan pindah pindahkan pindahin pas
    penting rapat rapatnya rakor raker saja sama sampaikan saran sarana saya sekretaris sekretariat semua seperti setuju setujui siap siapa sih simpan
    soal sudah supaya tadi tampilkan tambah tapi tempat tentang terima tetap tidak tolong tugas tunda ubah udah undang undur untuk usul usulan utk yang ya
    yg yuk yak warga tak tdk gk ngga enggak nih nya kasih terimakasih makasih makan minta mintakan mulai lapangan balai aula gedung ruang kantor rumah
    masjid mushola musholla sekolah desa kelurahan kecamatan agenda dipindah dipindahkan diundur dimajukan dibatalkan ditunda bahasan mengenai perihal
    menyetujui penanggung jawab tenggat paling lambat bagian bidang seksi divisi lihat cek daftar arisan pengajian posyandu ronda kerja bakti telat
    terlambat waktu nyusul absen berhalangan wakil diwakili mewakili iuran evaluasi koordinasi persiapan pembahasan tahunan pleno luar biasa bantuan""".split()
)

WHOLE = {
    **{f"{form.format(name)}{end}": f"language-{code}" for code, name in (("id", "bahasa indonesia"), ("en", "bahasa inggris"), ("en", "english"), ("id", "indonesia"), ("en", "inggris")) for form in ("{}", "ganti ke {}", "ganti bahasa ke {}", "ganti ke bahasa {}", "ubah bahasa ke {}", "pindah ke {}", "{} untuk saya", "{} buat saya", "pakai {}", "pake {}", "gunakan {}", "bicara {}", "bicara {} dengan saya", "saya mau {}", "saya pilih {}", "tulis ke saya dalam {}", "jawab saya dalam {}") for end in ("", " saja", " aja") if form != "{}" or name.startswith("bahasa")},
    "bahasa saya indonesia": "language-id", "bahasa saya inggris": "language-en", "bahasa saya bahasa indonesia": "language-id", "bahasa saya bahasa inggris": "language-en",
    "lihat notulen rapat": "minutes", "mana notulennya": "minutes", "mana notulen": "minutes", "tampilkan risalah rapat": "minutes", "tampilkan risalah": "minutes", "tampilkan notulen rapat": "minutes", "minta minutes rapat": "minutes", "minta minutes": "minutes", "minutes rapat": "minutes", "notulennya disimpan": "save_minutes", "save notulennya": "save_minutes", "simpan notulen rapat ini": "save_minutes", "bisa apa saja kamu": "help", "kamu bisa apa": "help", "bisa apa": "help", "bisa apa aja": "help", "bisa apa aja kamu": "help", "kamu bisa apa aja": "help", "kamu bisa apa saja": "help", "gimana cara pakainya": "help", "bagaimana cara pakainya": "help", "cara pakainya": "help", "cara pakainya gimana": "help",
    "save notulen": "save_minutes", "show notulen": "minutes",
    **dict.fromkeys(("kalender saya", "alamat kalender", "alamat kalender saya", "minta alamat kalender", "tautan kalender", "link kalender", "langganan kalender", "berlangganan kalender", "kalender"), "feed"),
    **{f"{verb} {what}": "revoke_feed" for verb in ("cabut", "hapus", "batalkan") for what in ("alamat kalender", "alamat kalender saya", "kalender saya", "langganan kalender", "tautan kalender", "link kalender")},
    "bukti": "prove", "buktikan": "prove", "bantuan": "help", "tolong": "help", "bantu": "help", "cara pakai": "help", "apa yang bisa kamu lakukan": "help", "bisa apa saja": "help", "perintah": "help", "menu": "help", "panduan": "help",
    "notulen": "minutes", "notulensi": "minutes", "risalah": "minutes", "risalah rapat": "minutes", "notulen rapat": "minutes", "lihat notulen": "minutes", "tampilkan notulen": "minutes",
    "minta notulen": "minutes", "baca notulen": "minutes", "kirim notulen": "minutes", "notulennya": "minutes", "lihat risalah": "minutes", "minta notulennya": "minutes",
    "notulen rapat ini": "minutes", "buka notulen": "minutes", "notulen simpan": "save_minutes", "simpan notulen": "save_minutes", "simpan notulensi": "save_minutes",
    "simpan risalah": "save_minutes", "notulen disimpan": "save_minutes", "notulensi simpan": "save_minutes", "simpan notulen rapat": "save_minutes", "unduh notulen": "save_minutes",
    "ekspor notulen": "save_minutes", "simpan notulennya": "save_minutes", "cetak notulen": "save_minutes", "batalkan": "cancel", "batal": "cancel", "batalin": "cancel",
    "daftar keputusan": "ask_decisions", "semua keputusan": "ask_decisions?", "jadwal": "ask_meetings", "jadwal rapat": "ask_meetings", "agenda rapat apa": "ask_meetings",
    "keputusan": "ask_decisions", "rapat berikutnya": "ask_meetings",
}  # fmt: skip

OPENERS = {
    **{f"kapan {who} {can}": "find_time" for who in ("semua", "semuanya", "kita semua", "kalian", "kalian semua", "pada") for can in ("bisa", "bs", "sempat", "kosong", "free")},
    **{f"siapa{all} {who} {do}": "ask_meetings" for all in ("", " aja", " saja") for who in ("yang", "yg") for do in ("ikut", "hadir", "datang", "dateng", "bisa", "sudah konfirmasi")},
    **dict.fromkeys(("jam berapa sekarang", "sekarang jam berapa", "jam berapa ini", "aku ada meeting", "gue ada meeting", "gw ada meeting", "aku ada rapat", "gue ada rapat", "gw ada rapat", "gua ada rapat", "rapatku", "meetingku"), "none"),
    **dict.fromkeys(("masukkan", "masukin", "masukan", "selipkan", "taruh"), "agenda-put"),
    **{f"{verb} ke {what}": "note" for verb in ("masukkan", "masukin", "dimasukkan", "tulis", "tambahkan") for what in ("notulensi", "notulen", "risalah", "catatan rapat")},
    **{f"{verb} ke {what}": "agenda" for verb in ("masukkan", "masukin", "dimasukkan") for what in ("pembahasan", "agenda", "pembahasan rapat", "agenda rapat")}, "usul bahas": "agenda", "usul dibahas": "agenda",
    **{f"{verb} {what}": "action" for verb in ("catat", "beri", "kasih") for what in ("tugas",)},
    "sepakat ya": "decide", "sudah sepakat": "decide", "deal ya": "decide", "fix deal ya": "decide", "ketok palu": "decide", "palu diketok": "decide", "mufakat ,": "decide", "sepakat ,": "decide",
    "caranya": "help", "gimana caranya": "help", "bagaimana cara": "help", "gimana cara": "help", "cara bikin": "help", "cara buat": "help", "bot bisa": "help",
    "hasil rapat": "ask_decisions?", "kemarin keputusannya": "ask_decisions", "keputusannya apa": "ask_decisions", "apa keputusannya": "ask_decisions", "jadwal bulan": "ask_meetings", "jadwal minggu": "ask_meetings", "siapa aja yg ikut": "ask_meetings", "siapa aja yang ikut": "ask_meetings", "siapa saja yang ikut": "ask_meetings", "siapa aja yg hadir": "ask_meetings",
    "rapat terus": "none", "rapat melulu": "none", "rapat mulu": "none",
    **{f"{verb} {what}{link}": "find_time" for verb in ("cari", "carikan", "cariin", "tolong cari") for what in ("waktu", "jadwal", "hari", "tanggal") for link in ("", " untuk", " utk", " buat")},
    "tanpa": "change-remove",
    "tugas buat": "action", "tugas untuk": "action", "buka keputusan": "ask_decisions", "meetingnya": "meeting-the", "meeting nya": "meeting-the",
    "notulennya mana": "minutes", "notulen mana": "minutes",
    **{f"{what}nya {verb}": "change" for what in ("jam", "waktu", "hari", "tanggal") for verb in ("ganti", "ganti jadi", "ganti ke", "diganti", "diganti jadi", "jadi", "pindah ke", "pindah jadi", "digeser ke", "geser ke", "diubah jadi", "berubah jadi")},
    **{f"{what}nya {verb}": "change-place" for what in ("tempat", "lokasi") for verb in ("ganti", "ganti jadi", "ganti ke", "ganti di", "diganti", "diganti jadi", "diganti ke", "jadi", "jadi di", "pindah ke", "pindah di", "dipindah ke", "diubah jadi")},
    "ralat": "change", "koreksi": "change", "durasinya": "change", "durasi": "change", "ubah durasi": "change", "ganti durasi": "change", "ganti link": "change", "tempat diganti": "change-place", "lokasi diganti": "change-place", "jamnya": "change", "jamnya jadi": "change", "tempat pindah": "change-place", "lihat dong keputusan": "ask_decisions", "carikan keputusan": "ask_decisions", "tampilkan decision": "ask_decisions", "tambahkan anggota baru": "enrol", "tambah anggota baru": "enrol",
    "latihan": "event", "yasinan": "event", "tahlilan": "event", "istighosah": "event", "kenduri": "event", "selamatan": "event", "syukuran": "event", "bukber": "event", "baksos": "event", "senam": "event", "outbound": "event", "rembukan": "event", "rapimnas": "event", "munas": "event", "muscab": "event", "temu": "event", "reuni": "event", "penyuluhan": "event", "webinar": "event", "pelantikan": "event", "upacara": "event", "piket": "event", "rat": "event", "lpj": "event", "halal bihalal": "event", "buka bersama": "event", "bakti sosial": "event", "gotong royong": "event", "doa bersama": "event", "jalan sehat": "event", "donor darah": "event",
    **{f"{verb} {what} {link}": "remind" for verb in ("setel", "set", "buat", "buatkan", "tambahkan", "tambah", "pasang", "beri saya", "berikan saya", "kasih", "bikin") for what in ("pengingat", "sebuah pengingat", "alarm", "sebuah alarm", "reminder") for link in ("untuk", "buat", "utk", "ke", "soal", "tentang", "agar", "supaya")},
    **{f"{verb} {who} {link}": "remind" for verb in ("ingatkan", "ingetin") for who in ("saya", "kami", "kita", "aku") for link in ("untuk", "buat", "utk", "soal", "tentang", "bahwa", "agar", "supaya", "kalau")}, "ingatkan saya": "remind", "ingatkan aku": "remind", "ingatkan kami": "remind", "ingatkan kita": "remind", "ingatkan untuk": "remind",
    "ronda": "meeting", "show keputusan": "ask_decisions", "list keputusan": "ask_decisions", "tambah member": "enrol", "add anggota": "enrol", "jadwal meeting": "ask_meetings", "jadwal acara": "ask_meetings", "undang juga": "change-add",
    "brainstorming": "meeting", "kick off": "meeting", "kickoff": "meeting", "lunch meeting": "meeting", "workshop": "meeting", "seminar": "meeting",
    **dict.fromkeys(("rpt", "rapt", "rpat", "rapaat", "rapatt", "rappat", "raapt", "rapta"), "meeting"), "anggota tambah": "enrol", "tambah anggota": "enrol", "tambahkan anggota": "enrol", "anggota baru": "enrol", "daftarkan anggota": "enrol", "tambahin anggota": "enrol", "daftarkan": "enrol",
    "masukkan anggota": "enrol", "anggota daftar": "enrol", "daftar anggota baru": "enrol", "rapat": "meeting", "rapatnya": "meeting-the", "rapat itu": "meeting-the", "rapat ini": "meeting-the",
    "rakor": "meeting", "raker": "meeting", "rapim": "meeting", "pertemuan": "meeting", "musyawarah": "meeting", "musda": "meeting", "kumpul": "meeting", "kumpulan": "meeting", "arisan": "meeting",
    "diskusi": "meeting", "sarasehan": "meeting", "rembug": "meeting", "rembuk": "meeting", "pengajian": "meeting", "kerja bakti": "meeting", "sosialisasi": "meeting", "pleno": "meeting",
    "sidang": "meeting", "briefing": "meeting", "konsolidasi": "meeting", "evaluasi": "meeting", "gladi": "meeting", "pelatihan": "meeting", "muktamar": "meeting", "kongres": "meeting",
    "jadwalkan": "call", "jadwalin": "call", "agendakan": "call", "agendain": "call", "adakan": "call", "adain": "call", "buat": "call", "buatkan": "call", "bikin": "call", "bikinin": "call",
    "buatin": "call", "panggil": "call", "gelar": "call", "selenggarakan": "call", "undang": "call-invite", "undangan": "call", "set": "call", "setel": "call", "rencanakan": "call", "atur": "call",
    "siapkan": "call", "kita rapat": "call", "kita kumpul": "call", "ingatkan": "remind", "tambahkan pengingat": "remind", "pasang": "call", "setting": "call", "tetapkan": "call", "minta": "call",
    "pesan": "call", "booking": "call", "ingetin": "remind", "undur": "change-later", "undurkan": "change-later", "mundurkan": "change-later", "mundurin": "change-later", "undurin": "change-later",
    "mundur": "change-later", "tunda": "change-later", "tundakan": "change-later", "majukan": "change-earlier", "majuin": "change-earlier", "maju": "change-earlier", "percepat": "change-earlier",
    "pindah": "change", "pindahkan": "change", "pindahin": "change", "geser": "change-shift", "geserin": "change-shift", "ubah": "change", "ganti": "change", "rubah": "change", "gantiin": "change",
    "ubah jadi": "change", "jadwal ulang": "change", "jadwalkan ulang": "change", "reschedule": "change", "alihkan": "change", "perbaiki": "change", "revisi": "change",
    "ganti judul": "change-title", "ubah judul": "change-title", "judul": "change-title", "ganti nama": "change-title", "ubah nama": "change-title", "judulnya": "change-title",
    "ganti judulnya": "change-title", "ganti judul rapat": "change-title", "ubah judul rapat": "change-title", "namai": "change-title", "ganti tempat": "change-place", "ubah tempat": "change-place",
    "pindah tempat": "change-place", "ganti lokasi": "change-place", "ubah lokasi": "change-place", "pindah lokasi": "change-place", "tempatnya": "change-place", "lokasinya": "change-place",
    "perpanjang": "change-longer", "panjangkan": "change-longer", "tambah waktu": "change-longer", "perpendek": "change-shorter", "persingkat": "change-shorter", "pendekkan": "change-shorter",
    "tambah": "change-add", "tambahkan": "change-add", "tambahin": "change-add", "ajak": "change-add", "ikutkan": "change-add", "ajak juga": "change-add",
    "keluarkan": "change-remove", "coret": "change-remove", "hapus peserta": "change-remove", "batalkan": "cancel", "batalin": "cancel", "batal": "cancel", "batalkan rapat": "cancel",
    "hapus rapat": "cancel", "rapat batal": "cancel", "rapat dibatalkan": "cancel", "tiadakan": "cancel", "hentikan": "cancel", "urungkan": "cancel", "cancel": "cancel", "hapus": "cancel",
    "keputusan": "decide?", "putusan": "decide?", "memutuskan": "decide", "diputuskan": "decide", "putuskan": "decide", "kami memutuskan": "decide", "rapat memutuskan": "decide",
    "rapat menyetujui": "decide-verb", "rapat menetapkan": "decide-verb", "rapat sepakat": "decide", "kita sepakat": "decide", "kami sepakat": "decide", "disepakati": "decide",
    "catat keputusan": "decide", "disetujui": "decide-verb", "ditetapkan": "decide-verb", "telah diputuskan": "decide", "sudah diputuskan": "decide", "forum memutuskan": "decide",
    "forum menyepakati": "decide", "hasil keputusan": "decide?", "kita putuskan": "decide", "sudah disepakati": "decide", "telah disepakati": "decide", "catat": "note", "catatkan": "note",
    "catatan": "note?", "tulis": "note", "catetin": "note", "tolong catat": "note", "dicatat": "note", "notulensikan": "note", "catat di notulen": "note", "tulis di notulen": "note",
    "masukkan ke notulen": "note", "masukkan di notulen": "note", "tambahkan ke notulen": "note", "tambah ke notulen": "note", "catat bahwa": "note", "mohon dicatat": "note", "catet": "note",
    "catat dalam notulen": "note", "tugas": "action?", "tindak lanjut": "action?", "tugaskan": "action", "pr": "action?", "aksi": "action?", "tindaklanjut": "action?", "menugaskan": "action",
    "beri tugas": "action", "agenda": "agenda?", **{f"{who}{how} {verb}": "agenda" for who in ("", "saya ", "aku ") for how in ("usul kita", "usul", "usulkan kita") for verb in ("bahas", "membahas", "bahas soal", "bahas tentang", "membahas soal", "bicarakan")}, "tambah agenda": "agenda", "tambahkan agenda": "agenda", "agenda tambahan": "agenda?", "masukkan agenda": "agenda", "masukkan ke agenda": "agenda",
    "tambah ke agenda": "agenda", "tambahkan ke agenda": "agenda", "usul agenda": "agenda", "usulan agenda": "agenda?", "tambahin agenda": "agenda", "mata acara": "agenda?",
    "usulkan agenda": "agenda", "agendanya": "agenda?", "tampilkan keputusan": "ask_decisions", "lihat keputusan": "ask_decisions", "daftar keputusan": "ask_decisions",
    "keputusan apa": "ask_decisions", "keputusan apa saja": "ask_decisions", "apa saja keputusan": "ask_decisions", "apa keputusan": "ask_decisions", "cari keputusan": "ask_decisions",
    "keputusan mana": "ask_decisions", "semua keputusan": "ask_decisions?", "cek keputusan": "ask_decisions", "tunjukkan keputusan": "ask_decisions", "berapa keputusan": "ask_decisions",
    "ada keputusan apa": "ask_decisions", "minta daftar keputusan": "ask_decisions", "tampilkan semua keputusan": "ask_decisions", "tampilkan daftar keputusan": "ask_decisions",
    "lihat semua keputusan": "ask_decisions", "lihat daftar keputusan": "ask_decisions", "apa yang diputuskan": "ask_decisions", "apa yang sudah diputuskan": "ask_decisions",
    "apa saja yang diputuskan": "ask_decisions", "kapan rapat": "ask_meetings", "kapan kita rapat": "ask_meetings", "kapan pertemuan": "ask_meetings", "kapan kumpul": "ask_meetings",
    "jadwal rapat": "ask_meetings", "rapat apa": "ask_meetings", "rapat kapan": "ask_meetings", "rapat jam berapa": "ask_meetings", "rapat berikutnya": "ask_meetings", "ada rapat": "ask_meetings?",
    "rapat selanjutnya": "ask_meetings", "tampilkan rapat": "ask_meetings", "lihat rapat": "ask_meetings", "daftar rapat": "ask_meetings", "tampilkan jadwal": "ask_meetings",
    "lihat jadwal": "ask_meetings", "apa ada rapat": "ask_meetings", "apakah ada rapat": "ask_meetings", "jam berapa rapat": "ask_meetings", "di mana rapat": "ask_meetings",
    "dimana rapat": "ask_meetings", "rapat di mana": "ask_meetings", "rapat dimana": "ask_meetings", "cek jadwal": "ask_meetings", "agenda hari ini": "ask_meetings", "acara hari ini": "ask_meetings",
    "kapan ada rapat": "ask_meetings", "siapa yang hadir": "ask_meetings", "siapa saja yang hadir": "ask_meetings", "tampilkan semua": "ask_meetings", "berapa banyak": "ask_meetings",
    "bukti": "prove", "buktikan": "prove", "bukti keputusan": "prove", "tunjukkan bukti": "prove", "lihat bukti": "prove", "minta bukti": "prove", "verifikasi": "prove", "cek bukti": "prove",
    "bukti untuk": "prove", "notulen": "minutes?", "notulensi": "note?", "simpan notulen": "save_minutes", "notulen simpan": "save_minutes",
}  # fmt: skip

COLONS = {
    **dict.fromkeys(("sepakat", "kita sepakat", "disepakati", "hasil musyawarah", "deal"), "decide"),
    "tugas buat": "action",     "keputusan": "decide", "putusan": "decide", "keputusan rapat": "decide", "hasil rapat": "decide", "keputusannya": "decide", "hasil keputusan": "decide", "kesepakatan": "decide",
    "mufakat": "decide", "diputuskan": "decide", "memutuskan": "decide", "ketetapan": "decide", "catat keputusan": "decide", "catat": "note", "catatan": "note", "notulen": "note",
    "notulensi": "note", "catatan rapat": "note", "notula": "note", "tugas": "action", "tindak lanjut": "action", "aksi": "action", "pr": "action", "tindaklanjut": "action", "todo": "action",
    "agenda": "agenda", "tambah agenda": "agenda", "agenda tambahan": "agenda", "usulan agenda": "agenda", "usul agenda": "agenda", "agendanya": "agenda", "agenda baru": "agenda",
    "judul": "change-title", "tempat": "change-place", "lokasi": "change-place",
}  # fmt: skip

VERBS = {
    **{f"{how} {what}": "change" for how in ("jadi", "menjadi", "dibuat", "dinyatakan", "itu", "ini") for what in ("tertutup", "terbuka")},
    **dict.fromkeys(("gak jd", "ga jd", "gk jd", "gk jadi", "tdk jadi", "batalin", "libur dulu", "diliburkan", "liburkan", "prei", "ditiadain", "dihentikan", "distop", "stop dulu", "off dulu", "mboten sios", "mboten sido", "ora sido", "ra sido", "di-cancel", "di cancel", "dicancel", "urung", "diurungkan"), "cancel"),
    **dict.fromkeys(("ganti hari", "ganti jam", "ganti waktu", "ganti tanggal", "ganti jadwal", "reschedule", "direschedule", "di-reschedule", "dijadwalkan ulang", "dijadwal ulang", "dirubah", "berubah", "berubah jadi", "bergeser", "dialihkan"), "change"),
    **dict.fromkeys(("pindah tempat", "ganti tempat", "pindah lokasi", "jadi online", "jadi full online", "jadi offline", "jadi daring", "jadi luring", "full online aja"), "change-place"),
    **dict.fromkeys(("dimundurin", "diundurin", "dipending", "dipostpone", "di-postpone"), "change-later"),
    "gajadi": "cancel", "gakjadi": "cancel", "kami batalkan": "cancel", "batalin": "cancel", "cancel": "cancel", "dicancel": "cancel", "jadi senin": "change", "jadi selasa": "change", "jadi rabu": "change", "jadi kamis": "change", "jadi jumat": "change", "jadi sabtu": "change", "jadi minggu": "change", "jadi besok": "change", "jadi lusa": "change", "dipercepat": "change-earlier", "ngaret": "change-later", "molor": "change-later", "diganti": "change", "aja di": "change-place",
    "jadi jam": "change", "jadi pukul": "change", "jadi hari": "change", "jadi tanggal": "change", "jadi pkl": "change", "moves": "change",
    "dibatalkan": "cancel", "batal": "cancel", "ditiadakan": "cancel", "dibatalin": "cancel", "batalkan": "cancel", "gak jadi": "cancel", "nggak jadi": "cancel", "tidak jadi": "cancel",
    "ga jadi": "cancel", "diundur": "change-later", "diundurkan": "change-later", "ditunda": "change-later", "dimundurkan": "change-later", "mundur": "change-later", "diundurin": "change-later",
    "undur": "change-later", "dimajukan": "change-earlier", "dimajuin": "change-earlier", "maju": "change-earlier", "majukan": "change-earlier", "dipindah": "change", "dipindahkan": "change",
    "dipindahin": "change", "pindah": "change", "digeser": "change-shift", "diubah": "change", "dialihkan": "change", "geser": "change-shift", "diperpanjang": "change-longer",
    "dipersingkat": "change-shorter",
}  # fmt: skip

QUESTIONS = {
    "apa": "ask_meetings", "mana": "ask_meetings", "rapat apa": "ask_meetings", "kapan": "ask_meetings", "jam berapa": "ask_meetings", "pukul berapa": "ask_meetings", "tanggal berapa": "ask_meetings", "hari apa": "ask_meetings", "apa saja": "ask_meetings",
    "berapa": "ask_meetings", "di mana": "ask_meetings", "dimana": "ask_meetings", "apakah": "ask_meetings", "siapa saja": "ask_meetings", "ada apa": "ask_meetings", "gak sih": "ask_meetings",
    "apa aja": "ask_meetings", "kpn": "ask_meetings", "dmn": "ask_meetings", "brp": "ask_meetings", "jam brp": "ask_meetings",
}  # fmt: skip

_NOT = ("tidak", "tdk", "gak", "ga", "nggak", "ngga", "gk", "enggak", "tak", "kagak", "ngak", "belum", "gabisa")
_CAN = ("bisa", "bs", "hadir", "ikut", "datang", "dateng", "dtg", "hdr", "sempat", "menghadiri")
_CAN_DO = tuple(
    f"{can} {do}"
    for can in ("bisa", "bs", "dapat", "dpt", "akan", "jadi")
    for do in ("hadir", "hdr", "ikut", "datang", "dateng", "dtg", "gabung", "join", "menghadiri")
)
_CANS = (*_CAN, *_CAN_DO)
REPLIES = {
    "rawuh": "ACCEPTED", "sios": "ACCEPTED", "ga jadi bisa": "DECLINED", "gak jadi bisa": "DECLINED", "tidak jadi bisa": "DECLINED", "i'll hadir": "ACCEPTED", "mboten saget": "DECLINED", "mboten saged": "DECLINED", "mboten rawuh": "DECLINED",
    "ikutan": "ACCEPTED", **{f"{no} ikutan": "DECLINED" for no in _NOT}, **{f"{no} {can}": "DECLINED" for no in ("gabisa", "gakbisa", "ndak", "ndak bisa") for can in _CANS}, "belum sure": "TENTATIVE", **{f"belum {know} {can} {other} {no}": "TENTATIVE" for know in ("tau", "tahu", "tw") for can in _CANS for other in ("atau", "apa") for no in ("nggak", "ngga", "enggak", "gak", "ga", "tidak", "tdk", "g")}, "belum sure bisa ikut": "TENTATIVE", "tergantung": "TENTATIVE",
    "join": "ACCEPTED", "saya join": "ACCEPTED", "tidak jadi ikut": "DECLINED", "gak jadi ikut": "DECLINED",
    **{can: "ACCEPTED" for can in _CANS if can != "sempat"}, **{f"{no} {can}": "DECLINED" for no in _NOT for can in _CANS}, **{f"insya allah {can}": "ACCEPTED" for can in _CANS},
    **{f"insyaallah {can}": "ACCEPTED" for can in _CANS}, **{f"inshaallah {can}": "ACCEPTED" for can in _CANS},
    **{f"{may} {can}": "TENTATIVE" for may in ("mungkin", "mgkn", "barangkali", "bisa jadi") for can in _CANS},
    **{f"{may} {no} {can}": "TENTATIVE" for may in ("mungkin",) for no in _NOT for can in _CANS}, **{f"belum tentu {can}": "TENTATIVE" for can in _CANS},
    **{f"belum tahu {can}": "TENTATIVE" for can in _CANS}, **{f"{can} atau tidak": "TENTATIVE" for can in ("bisa", "hadir", "ikut", "datang")}, "siap": "ACCEPTED", "siap hadir": "ACCEPTED",
    "siap datang": "ACCEPTED", "pasti hadir": "ACCEPTED", "pasti datang": "ACCEPTED", "pasti ikut": "ACCEPTED", "otw": "ACCEPTED", "setuju hadir": "ACCEPTED", "siap ikut": "ACCEPTED",
    "siap merapat": "ACCEPTED", "merapat": "ACCEPTED", "insya allah": "ACCEPTED", "insyaallah": "ACCEPTED", "saya usahakan hadir": "TENTATIVE", "usahakan hadir": "TENTATIVE",
    "diusahakan hadir": "TENTATIVE", "diusahakan": "TENTATIVE", "absen": "DECLINED", "izin": "DECLINED-ALONE", "ijin": "DECLINED-ALONE", "izin tidak hadir": "DECLINED", "ijin tidak hadir": "DECLINED",
    "izin tdk hadir": "DECLINED", "izin absen": "DECLINED", "ijin absen": "DECLINED", "berhalangan": "DECLINED", "berhalangan hadir": "DECLINED", "halangan": "DECLINED", "skip": "DECLINED",
    "pass": "DECLINED", "tidak": "DECLINED-ALONE", "gak": "DECLINED-ALONE", "nggak": "DECLINED-ALONE", "ga": "DECLINED-ALONE", "gabisa": "DECLINED", "gabisa hadir": "DECLINED", "izin gak hadir": "DECLINED",
    "izin gak ikut": "DECLINED", "izin tidak ikut": "DECLINED", "izin tidak bisa hadir": "DECLINED", "saya absen": "DECLINED", "mungkin": "TENTATIVE", "mgkn": "TENTATIVE", "mgkin": "TENTATIVE",
    "belum pasti": "TENTATIVE", "belum tahu": "TENTATIVE", "belum tau": "TENTATIVE", "lihat nanti": "TENTATIVE", "liat nanti": "TENTATIVE", "ragu": "TENTATIVE", "masih ragu": "TENTATIVE",
    "tentatif": "TENTATIVE", "saya kabari lagi": "TENTATIVE", "nanti saya kabari": "TENTATIVE", "kayaknya bisa": "TENTATIVE", "sepertinya bisa": "TENTATIVE", "kayaknya gak bisa": "TENTATIVE",
    "sepertinya tidak bisa": "TENTATIVE", "kayaknya ikut": "TENTATIVE", "sepertinya hadir": "TENTATIVE", "belum bisa pastikan": "TENTATIVE", "belum bisa memastikan": "TENTATIVE", "telat": "LATE",
    "terlambat": "LATE", "datang telat": "LATE", "datang terlambat": "LATE", "hadir terlambat": "LATE", "agak telat": "LATE", "hadir telat": "LATE", "nyusul": "LATE", "menyusul": "LATE",
    "izin terlambat": "LATE", "izin telat": "LATE", "ijin telat": "LATE", "akan terlambat": "LATE", "bakal telat": "LATE", "hadir tapi telat": "LATE", "hadir tapi terlambat": "LATE",
    "hadir agak telat": "LATE", "telat dikit": "LATE", "ijin terlambat": "LATE", "agak terlambat": "LATE", "diwakili": "PROXY", "diwakilkan": "PROXY", "diwakilkan ke": "PROXY",
    "diwakilkan kepada": "PROXY", **{f"{give}{to}": "PROXY" for give in ("titip suara", "titip hak suara", "wakilkan", "saya wakilkan", "aku wakilkan", "diwakilkan", "kuasakan", "digantikan") for to in (" ke", " kepada", " kpd", " pada", " sama", " oleh")}, "digantikan": "PROXY", "sebagai wakil saya": "PROXY-BEFORE", "jadi wakil saya": "PROXY-BEFORE", "mewakili saya": "PROXY-BEFORE", "diwakili oleh": "PROXY", "saya wakilkan": "PROXY", "wakil saya": "PROXY", "saya wakilkan ke": "PROXY", "saya wakilkan kepada": "PROXY",
}  # fmt: skip

FILLERS = frozenset(
    """gara gua tugaskan utus kirim kulo iye ja' lg bawa org orang hadiri nomor setengah sejam seperempat rt rw lurah sekretaris bendahara gas nggih inggih alhamdulillah laksanakan undangannya bgt ngapunten nyuwun pangapunten kerjaan nggak gak confirm konfirmasi fix usahakan tepat waktu bosku duh waduh dan istri suami anak lihat dulu sedang keluarga saya aku gue gw ane kami kita aq sy maaf mohon iya ya yes ok oke baik siap insya allah insyaallah inshaallah sepertinya kayaknya kyknya pak bu bos
    bang mas mbak kak min admin rapat ke di untuk dong deh nih kok sih aja saja juga besok nanti lusa hari ini malam sore pagi siang dengan senang hati
    pasti akan bakal semoga ada acara lain keluarga karena soalnya krn sakit lagi sedang kerja lembur luar kota terima kasih terimakasih makasih semua
    semuanya teman-teman ketua izin ijin tapi rapatnya itu tepat waktu jam menit sampai dulu maap sori sorry banget kayak sebentar agak dikit sedikit
    wakil oleh yang tersebut acaranya pertemuan undangan tersebut pada senin selasa rabu kamis jumat sabtu minggu depan bisa mungkin hadir datang ikut""".split()
)

MEETINGS = frozenset(
    """rpat rapaat rapatt rappat raapt rapta rapt rpt meetingnya bakti gotong gladi raker rapat rapatnya rakor raker pertemuan musyawarah kumpul ngumpul arisan rapim pengajian sidang pleno ketemu ketemuan rembug rembuk diskusi musda
    kerjabakti gotong royong temu briefing sosialisasi pelatihan bukber halalbihalal""".split()
)

PAST = frozenset(
    """seingatku seingat waktu-itu ketiduran tadi kemarin kmrn kemaren barusan semalam udah sudah udh sdh pernah""".split()
)

MARKERS = {
    **dict.fromkeys(("mengharap kehadiran", "mengharapkan kehadiran", "mengharap kehadirannya", "mohon kehadiran", "mohon kehadirannya", "mohon kehadirannya di", "mohon kehadirannya pada", "kehadirannya di", "kehadirannya pada", "kehadirannya", "mohon hadir", "mohon hadir di", "diharap hadir", "diharap kehadirannya", "mengundang saudara", "mengundang saudara / i", "mengundang bapak ibu", "mengundang bpk / ibu", "mengundang bapak / ibu", "bapak / ibu", "bapak / ibu / saudara", "bpk / ibu", "untuk hadir dalam", "untuk hadir pada", "untuk menghadiri", "dalam acara", "pada acara", "yang akan diselenggarakan", "yang akan dilaksanakan", "yang akan diadakan", "akan dilaksanakan", "akan diadakan", "akan diselenggarakan", "insya allah", "insyaallah", "jangan telat", "jgn telat", "tepat waktu", "seperti biasa", "kayak biasa", "link menyusul", "yuk gabung", "tolong diumumkan"), "noise"),
    "tempat biasa": "location-noun", **dict.fromkeys(("titik kumpul", "titik kumpul di", "tikum", "tikum di"), "location"), **dict.fromkeys(("gor", "kedai", "kantin", "lobi", "taman", "wisma", "posko", "auditorium", "studio", "kafe", "cafe", "warkop", "alun-alun", "stadion", "sanggar", "vihara", "gereja", "pura", "musala", "musholla", "mushola", "hotel", "villa", "amphitheater", "perpus", "perpustakaan", "selasar", "basecamp", "saung", "kantor", "kelurahan", "rumah"), "location-noun"), "acara:": "title-event", "kegiatan:": "title-event", "daring": "location-noun", "secara daring": "location-noun", "online": "location-noun",
    "jam yang sama": "noise", "waktu yang sama": "noise", "tempat yang sama": "noise", "jam yg sama": "noise",
    "dengan hormat": "noise", "dengan senang hati": "noise", "ama": "attendees", "lwt": "location", "bahasannya": "agenda", "bahas:": "agenda", "waktu:": "noise", "ruang": "location-noun", "aula": "location-noun", "gedung": "location-noun", "balai": "location-noun", "sekretariat": "location-noun", "pendopo": "location-noun", "masjid": "location-noun", "lapangan": "location-noun", "📍": "location",
    "untuk mengingatkan saya": "title", "untuk mengingatkan saya untuk": "title", "untuk mengingatkan kami": "title",
    "ke kalender": "noise", "di kalender": "noise", "dalam kalender": "noise",
    "di": "location", "bertempat di": "location", "tempat di": "location", "lokasi di": "location", "lokasi": "location-label", "tempat": "location-label", "tempatnya": "location", "tempatnya di": "location",
    "lokasinya": "location", "lokasinya di": "location", "bertempat": "location", "lewat": "location", "via": "location", "melalui": "location", "dirumah": "location-at-home", "@": "location-mark",
    "ke": "to", "menjadi": "to", "jadi": "to", "dengan": "attendees", "dgn": "attendees", "dg": "attendees", "bersama": "attendees", "bareng": "attendees", "sama": "attendees",
    "bersama dengan": "attendees", "bareng sama": "attendees", "undang": "attendees", "mengundang": "attendees", "peserta": "attendees", "yang hadir": "attendees", "ajak": "attendees",
    "sm": "attendees", "dengan peserta": "attendees", "untuk": "attendees-for", "utk": "attendees-for", "bersm": "attendees", "brg": "attendees", "bareng dengan": "attendees",
    "mengajak": "attendees", "ngajak": "attendees", "plus": "attendees", "soal": "agenda", "tentang": "agenda", "membahas": "agenda", "bahas": "agenda", "mengenai": "agenda", "perihal": "agenda",
    "yg bahas": "agenda", "yg membahas": "agenda", "agenda": "agenda", "agendanya": "agenda", "untuk membahas": "agenda", "untuk bahas": "agenda", "guna membahas": "agenda", "ngebahas": "agenda", "pembahasan": "agenda-noun", "ttg": "agenda",
    "bahasan": "agenda", "topik": "agenda", "topiknya": "agenda", "hal": "agenda-noun", "untuk mendiskusikan": "agenda", "utk bahas": "agenda", "utk membahas": "agenda", "buat bahas": "agenda",
    "dengan agenda": "agenda", "dengan topik": "agenda", "terkait": "agenda", "buat ngebahas": "agenda", "agenda rapat": "agenda", "mendiskusikan": "agenda", "acara": "agenda-noun",
    "acaranya": "agenda", "untuk ngebahas": "agenda", "penanggung jawab": "owner", "penanggungjawab": "owner", "pj": "owner", "pic": "owner", "penanggung jawabnya": "owner", "ditugaskan ke": "owner",
    "ditugaskan kepada": "owner", "dikerjakan oleh": "owner", "oleh": "owner?", "pelaksana": "owner", "pelaksananya": "owner", "dilaksanakan oleh": "owner", "tanggung jawab": "owner",
    "kepada": "owner?", "ditangani oleh": "owner", "ditangani": "owner", "p.j.": "owner", "tenggat": "due", "tenggatnya": "due", "paling lambat": "due", "batas waktu": "due", "deadline": "due",
    "selambat-lambatnya": "due", "batas akhir": "due", "jatuh tempo": "due", "sebelum": "due?", "sblm": "due?", "tenggat waktu": "due", "dl": "due", "deadlinenya": "due", "selambatnya": "due",
    "sampai tanggal": "due?", "tenggat tanggal": "due", "target": "due?", "paling telat": "due", "harus selesai": "due", "selesai sebelum": "due", "maks": "due?", "maksimal": "due?",
    "judul": "title", "berjudul": "title", "dengan judul": "title", "judulnya": "title",
}  # fmt: skip

GROUPS = {
    "semua pengurus": "board", "seluruh pengurus": "board", "para pengurus": "board", "pengurus": "board?", "semua anggota": "all", "seluruh anggota": "all", "semua orang": "all", "semuanya": "all",
    "semua": "all", "seluruh warga": "all", "semua warga": "all", "anggota semua": "all", "segenap pengurus": "board", "segenap anggota": "all", "ketua": "chair", "bendahara": "treasurer",
    "sekretaris": "secretary", "bu ketua": "chair", "pak ketua": "chair", "bu bendahara": "treasurer", "pak bendahara": "treasurer", "bu sekretaris": "secretary", "pak sekretaris": "secretary",
    "sekre": "secretary", "bendum": "treasurer", "ketum": "chair", "sekum": "secretary", "pengurus inti": "board",
}  # fmt: skip

LABELS = {
    "hari": "hari", "tanggal": "tanggal", "tgl": "tanggal", "hari/tanggal": "hari", "hari / tanggal": "hari", "hari, tanggal": "hari", "hari/tgl": "hari", "jam": "jam", "pukul": "pukul", "pkl": "pukul",
    "waktu": "", "tempat": "tempat:", "lokasi": "lokasi:", "agenda": "agenda:", "acara": "acara:", "kegiatan": "acara:", "bahas": "agenda:", "bahasan": "agenda:", "topik": "agenda:", "link": "", "tautan": "", "peserta": "dengan", "durasi": "durasi", "perihal": "agenda:",
}  # fmt: skip

LOOSE = frozenset(
    """zona dijadwalkan diselenggarakan digelar berlangsung bertempat pada di ke untuk jam pukul dari hari tanggal dan tgl mulai utk buat sebuah ada yang jadi saya ya kita kami dong ah deh yuk tolong sekitar akan adalah
    dengan selama durasi nanti lalu terus kok nih aja saja selesai diadakan dilaksanakan juga lagi tiap gais rekan oke kayaknya bisa sampai antara para
    per sudah sama sekalian pas saat ketika maks maksimal cuma hanya dimulai coba yak teng jd hingga ampe gw bisa ga teman kawan gaes jadinya tepat waktu tautan linknya itu
    tersebut pukulnya jamnya yaa yaaa yaah lah lahh nya pd fix fiks full y gaess guys bre cuy ges sm dlm aj ajah doang""".split()
)

OTHERS = frozenset("""malas males mereka kata sebelah suami istri sering selalu""".split())

OBJECTS = frozenset(
    """yang yg lah itu ini rapat rapatnya jam jamnya hari harinya tanggal tanggalnya waktu waktunya tempat tempatnya lokasi lokasinya judul judulnya durasi durasinya
    jadwal jadwalnya acara acaranya nya dari lebih awal lambat dan ya dong deh lagi juga sebentar sedikit jadi saja aja kembali selama untuk sampai hingga
    pada""".split()
)

REASONS = frozenset("""gara karena krn soalnya ada lagi sedang sebab sampai""".split())

POLITE = frozenset(
    """mon nuwun sewu punten kang bpk lah gaes mau pengen pengin ingin boleh tolong mohon minta coba tlg plis pliss plz hai halo hallo hi bot min admin gan sis guys teman-teman temen-temen rekan rekan-rekan kawan kawan-kawan
    ayo yuk yok mari permisi maaf assalamualaikum assalamu'alaikum pak bu mas mbak kak bang bapak ibu oke ok baik eh nah sip selamat pagi siang sore malam
    dong ya tolonglah bisa semua semuanya kayaknya sepertinya jadi gimana kalau kalo besok-besok gini info btw""".split()
)

NOT_TYPOS = frozenset(
    """selamat selasar tunggal tinggal tanggap tanggul setia seni senior petani makam makan malang siap siaga sisa kamus kamis maret pulang julia sampah sampan sampel depot deposit tujuan delegasi sebuah sebelum semula selain semua minggir subur kamus rabun rabut market makan senang sarat malas sorak siangan seni pagar besar basok maret sabut janji""".split()
)

SMALL = frozenset("""dan di ke dari untuk yang dengan atau pada oleh per""".split())

_SHOW = ("lihat", "tampilkan", "tunjukkan", "minta", "buka", "cek")

MOTION_LABELS = dict.fromkeys(("usul", "usulan", "mosi", "usul saya", "saya usul", "saya mengusulkan"), "move")

MOTION_OPENERS = dict.fromkeys(
    tuple(f"{i} {verb}" for i in ("saya mengusulkan", "saya usul", "kami mengusulkan") for verb in ("agar", "supaya")),
    "move",
)

PROCEEDINGS = {
    **dict.fromkeys(("daftar mosi", "mosi", "daftar usul", "daftar usulan", "usulan"), "ask_motions"),
    **dict.fromkeys(tuple(f"{show} {what}" for show in _SHOW for what in ("mosi", "usulan")), "ask_motions"),
    **dict.fromkeys(("agenda rapat", "daftar agenda", "agendanya apa", "apa agendanya"), "ask_agenda"),
    **dict.fromkeys(tuple(f"{show} {what}" for show in _SHOW for what in ("agenda", "agenda rapat")), "ask_agenda"),
    **dict.fromkeys(("daftar hadir", "presensi", "kehadiran", "lihat daftar hadir", "buka daftar hadir"), "attendance"),
    **dict.fromkeys(("aturan", "aturan suara", "aturan rapat", "lihat aturan", "tata tertib"), "ask_bylaws"),
}

_HOLDERS = ("ketua", "sekretaris", "bendahara", "pengurus")

OFFICES = {
    **dict.fromkeys(("jabatan", "daftar jabatan", "daftar pengurus", "susunan pengurus", "siapa menjabat apa", "siapa pegang jabatan apa"), "ask_offices"),
    **dict.fromkeys(tuple(f"{show} {what}" for show in _SHOW for what in ("jabatan", "pengurus", "daftar pengurus", "susunan pengurus")), "ask_offices"),
    **dict.fromkeys(tuple(f"{who} {office}{end}" for who in ("siapa", "siapa saja", "siapa aja") for office in _HOLDERS for end in ("", "nya", " kita", " kami", " sekarang")), "ask_offices"),
}  # fmt: skip

ACTIONS = {
    **dict.fromkeys(("tugas", "daftar tugas", "semua tugas", "tindak lanjut", "daftar tindak lanjut", "tugas apa saja", "tugas yang belum selesai", "apa saja tugasnya"), "ask_actions"),
    **dict.fromkeys(tuple(f"{show} {what}" for show in _SHOW for what in ("tugas", "daftar tugas", "tindak lanjut", "daftar tindak lanjut")), "ask_actions"),
}  # fmt: skip

MANDATES = {
    **dict.fromkeys(("jadikan", "angkat", "tunjuk", "lantik", "pilih", "tetapkan", "sekarang", "menjadi", "terpilih", "diangkat", "dilantik", "ditunjuk"), "give_office"),
    **dict.fromkeys(("berhentikan", "copot", "bebaskan", "berhenti", "mundur", "mengundurkan diri", "diberhentikan", "bukan lagi", "tidak lagi", "selesai"), "end_office"),
}  # fmt: skip

EVENTS = listed("""
    bahtsul masail, bahtsul masa'il, rakornas, rakerda, rakerwil, rakernas, rapimda, konferda, konfercab, muswil, munaslub, mubeslub, fgd, focus group discussion, musdes,
    musdus, musrenbangdes, mudes, doa bersama, buka bersama, sahur bersama, makan bersama, kerja bakti, gotong royong, bakti sosial, jalan sehat, donor darah,
    malam keakraban, malam puncak, malam tirakatan, posyandu, pos ronda, arisan pkk, rewang, selapanan, manakib, manaqib, dzikir, dibaan, diba', barzanji, burdah,
    ngaji, mengaji, ngaos, rapatan, tadarus, tadarusan, sholawatan, hadrah, khotmil, khatmil, haul, aqiqah, akikah,
    walimatul, sekolah minggu, persekutuan, pemuda, koor, paduan suara, gladi bersih, gladi resik, seleksi, audisi,
    bedah buku, bedah film, bazaar, garage sale, kopdar, mubes, mabit, ldk, makrab, ospek, wisuda, yudisium, seminar,
    pelepasan, pembubaran, penutupan, pembukaan, peresmian, gathering, family gathering, ziarah, wisata, studi
    banding, uji coba, tes, ujian, sparing, sparring, badminton, voli, bulutangkis, tenis meja, gowes, touring,
    silaturahmi, silaturahim, silahturahmi, peringatan, kajian, apel, perayaan, ibadah, misa, kebaktian,
    audiensi, pertandingan, tanding, turnamen, les, kursus, mentoring, bimbingan, tabligh, tahlil, yasin,
    maulid, khataman, santunan, bazar, pentas, pameran, festival, karnaval, pawai, jambore, kemah, outing,
    piknik, perundingan, mediasi, negosiasi, wawancara, simulasi, rekreasi, fogging, imunisasi, vaksinasi,
    zumba, futsal, kerbak, panen, pengukuhan, sertijab, pemilihan, musrenbang, musker, diklat, bimtek,
    lokakarya, townhall, webinar, tirakatan, sarasehan, nobar, demo, try-out, serah terima, tutup buku, rekap
    kas, sekolah minggu, buka puasa bersama, kuliah umum, kuliah subuh, kuliah tamu, kelas, jumat bersih, jumat berkah, kopdar, mabar, nonton bareng, makan siang, makan malam, kunjungan kerja, acara, acara malam, lomba, aksi damai
""")

TELLS = listed("""
    ga, mau, dia, ane, kata, saya, aku, gue, gw, gua, kamu, kalian, mereka, sy, kami, istri, udah, sudah, main,
    praktek, praktik, pulang, nikah, delay, bunyi, mati, penuh, doain, selamat, lahiran, melahirkan, jemput, masak, masih, beli, pergi, katanya, bilang, kalau, kalo, karena, soalnya, tapi, tp,
    ternyata, pengen, gak, nggak, ngga, tidak, bukan, belum, telat, macet, libur, cuti, kuliah, sakit, capek,
    males, batal, prei
""")

LEADS = listed("""
    bahwa, adakan, mengadakan, ngadain, menghadiri, mengikuti, melaksanakan, menyelenggarakan, menggelar, jadwal, undangan,
    lupa, pengumuman, info, pemberitahuan, ayok, ayo, yuk, ditunggu, dikosongkan, dimohon, diharap,
    diharapkan, diundang, tetap, terkasih, mengingatkan, umumkan, mengumumkan, mengundang, bikin, mau
""")

ENDERS = listed("""
    akan, yang, yg, yaitu, dilakukan, diadakan, diadain, dilaksanakan, dilaksanain, dilangsungkan, diselenggarakan, digelar, dibuka,
    ditutup, dimulai, dibahas, dibuat, dijadwalkan, ditetapkan, dikumpulkan, disetor, disaksikan, dihadiri, dipimpin, dipandu,
    dirangkai, dilanjutkan, jatuh, oleh, setelah, sesudah, sambil, wajib, harap, dimohon, mohon, bawa, pake, pakai, gantian, paling, tapi, tp, bukan, tanpa, agak,
    seterusnya, ya, yaa, yaaa, yah, kuy, gas, gaskeun, bun, gan,
    bergilir, sebentar, bentar, cukup, berakhir, jangan, jgn, terbuka, kita, kami, hbs, habis, wkwk
""")

_HOW, _IF = ("gimana", "gmn", "bagaimana", "piye", "gmna"), ("kalau", "kalo", "klo", "kl", "jika", "klau")
_OR_NOT = ("ga", "gak", "nggak", "ngga", "gk", "tidak", "kah", "g", "enggak", "?")

PROPOSALS = frozenset(
    {f"{how} {given}" for how in _HOW for given in _IF}
    | {
        f"{can} {no}"
        for can in ("bisa", "bs", "oke", "ok", "setuju", "cocok", "gas", "sanggup", "free", "kosong")
        for no in _OR_NOT
    }
    | {f"bisa {meet}" for meet in ("rapat", "kumpul", "meeting", "ketemu", "ketemuan", "diskusi")}
    | {"berkenan", "pada bisa", "mau ga", "mau gak", "mau nggak"}
)

WISHES = listed("semoga, moga, smoga, mudah, mudahan, semangat")

BOOKS = listed("pesan, pesankan, pinjam, pinjem, pinjamkan, booking, bookingkan, book, sewa, pakai, pake, siapkan")

PLACES = listed(
    "aula, lapangan, balai, gedung, ruang, ruangan, pendopo, sekretariat, studio, lab, gor, gereja, kelas, halaman, joglo"
)

ANNOUNCES = listed("""
    umumkan, mengumumkan, beritahukan, memberitahukan, sampaikan, menyampaikan, mengundang, undang, mengharap, mengharapkan,
    harapkan, adakan, mengadakan, selenggarakan, menyelenggarakan, mohon, tunggu, pinjam
""")

STRANGERS = listed("""
    busway, indomaret, alfamart, paket, paketnya, ujian, liverpool, arsenal, chelsea, madrid, barcelona, timnas, bola, pssi, persib, persija, liga, tv, dokter, warung, toko, pasar, kereta, pesawat, bus, konser, matahari, bulan,
    harga, listrik, air, pln, pdam, sinyal, bank, sekolah, kantor, puskesmas, apotek, hujan, film, sinetron, tetangga
""")

WEAK = listed("kumpul, ngumpul, kumpulan, ketemu, ketemuan, pertemuan, temu")

INDONESIAN = Language(
    code="id",
    words=WORDS,
    common=COMMON,
    polite=POLITE,
    loose=LOOSE,
    others=OTHERS,
    objects=OBJECTS,
    reasons=REASONS,
    whole=WHOLE | PROCEEDINGS | OFFICES | ACTIONS,
    openers=OPENERS | MOTION_OPENERS,
    colons=COLONS | MOTION_LABELS,
    verbs=VERBS,
    questions=QUESTIONS,
    replies=REPLIES,
    mandates=MANDATES,
    fillers=FILLERS,
    meetings=MEETINGS,
    past=PAST,
    events=EVENTS,
    tells=TELLS,
    leads=LEADS,
    enders=ENDERS,
    weak=WEAK,
    announces=ANNOUNCES,
    strangers=STRANGERS,
    places=PLACES,
    books=BOOKS,
    wishes=WISHES,
    stands=listed("adalah"),
    own="ku",
    not_own=listed("bangku, pelaku, perilaku, berlaku, mengaku, pemangku, membaku"),
    proposals=PROPOSALS,
    markers=MARKERS,
    groups=GROUPS,
    spelled={
        **dict.fromkeys(("rpt", "rapt", "rpat", "rapaat", "rapatt", "rappat", "raapt", "rapta"), "rapat"),
        "mtg": "meeting",
    },
    labels=LABELS,
    not_typos=NOT_TYPOS,
    title_case=True,
    small_words=SMALL,
)
