"""What is held without the name of a meeting, and which words only tell of something?"""


def _listed(words: str) -> frozenset[str]:
    """Return the words and phrases of a text, parted by commas."""
    return frozenset(" ".join(said.split()) for said in words.split(","))


EVENTS_EN = _listed("""
    carol singing, carols, plant sale, bake sale, jumble sale, car boot, boot sale, swap meet, raffle, bingo, darts,
    dance, ceilidh, disco, karaoke, open mic, talk, guided walk, litter pick, beach clean, working bee, sports day,
    first aid training, first-aid training, safety drill, fire drill, band practice, football match, netball, cricket,
    choir rehearsal, dress rehearsal, sound check, soundcheck, stocktake, stock take, handover, walkthrough, play
    reading, story time, storytime, playgroup, toddler group, youth group, bible study, prayer meeting, vespers, mass,
    evensong, communion, baptism, christening, wedding, memorial, planning day, away day, awayday, offsite, all-hands,
    all hands, sprint planning, grooming, one to one, appraisal, surgery, mentoring, tasting, cook-off, cookout,
    car wash, blood drive, food drive, voter registration, phone bank, canvass, picket, rally, strike vote,
    club, review, social, match, walk, quiz, cleanup, council, committee, commitee, cttee, potluck, supper,
    picnic, barbecue, bbq, brunch, friendsgiving, service, yoga, birdwatching, tutoring, rehearsal, practice,
    association, meetup, catchup, huddle, debrief, interview, interviews, sale, orientation, townhall, panel,
    maintenance, concert, recital, performance, fair, fete, fundraiser, gala, ceremony, celebration, webinar,
    course, drill, audit, inspection, tour, hike, tournament, chat, induction, forum, roundtable, clinic,
    exhibition, screening, demo, presentation, lecture, hackathon, choir, parade, vigil, mixer, reunion, drinks,
    hustings, meets, clean-up, catch-up, catch up, kick-off, egg hunt, stock check, site visit, treasurer's
    report, open day, drop-in, town hall, coffee morning, quiz night, quiz nite, bridge night, social evening,
    check-in, 1:1, one-on-one, one on one, work party, field trip, film night, games night, game night, movie
    night, prayer service, street party, tea party
""")

TELLS_EN = _listed("""
    i, be, he, me, is, am, i'm, i'll, i've, i'd, im, we're, she, they, you, you're, you'll, my, mine, him, them,
    his, her, their, your, are, was, were, been, isn't, aren't, has, had, do, does, did, would, don't, didn't,
    won't, can't, go, got, get, gets, going, went, leave, leaves, arrives, closes, said, says, told, think,
    heard, watched, missed, wish, love, hate, want, if, because, but, who, why, how, what, no, nobody,
    neighbour, neighbour's, neighbor's, neighbor, neighbours, neighbors, dentist, doctor, not
""")

EVENTS_ID = _listed("""
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
    kas, makan siang, makan malam, kunjungan kerja, acara, acara malam, lomba, aksi damai
""")

TELLS_ID = _listed("""
    ga, mau, dia, ane, kata, saya, aku, gue, gw, gua, kamu, kalian, mereka, sy, kami, istri, anak, udah, sudah,
    masih, nonton, beli, pulang, pergi, berangkat, katanya, bilang, kalau, kalo, karena, soalnya, tapi, tp,
    ternyata, pengen, gak, nggak, ngga, tidak, bukan, belum, telat, macet, libur, cuti, kuliah, sakit, capek,
    males, batal, prei
""")
