"""The commonest small words of languages, by ISO 639-1, which tell them apart. Data of `language`.

Words that stand in names all over the world (de, la, van, der, el, dos, bin) are left out, and so are single
letters: initials.
"""

from service.extraction.word_lists import word_set

ENGLISH = word_set(
    """
    the and of to that with were is are his has had been from they this which said says who would after but
    its he she it not their by as be more than about when what
    """
)
SURELY_ENGLISH = word_set(
    "the and of that with were from which his this they who had been would about their said after"
)
LATIN = {
    "de": word_set(
        """
        und die das ist nicht mit auf für sich dem des ein eine einen einer im zu auch als wurde wurden nach
        bei aus am sie es haben hat wird sind durch über noch vor zum zur wie oder aber sagte waren seit
        dass
        """
    ),
    "nl": word_set(
        """
        het een en dat niet met op zijn voor aan bij ook naar uit door heeft werd wordt maar er hij ze als
        nog deze worden hebben meer tot om geen zal zich volgens waren
        """
    ),
    "fr": word_set(
        """
        et les des est dans que qui une pour par sur pas plus au aux avec son sont ont été cette ce il elle
        mais ses leur après selon aussi où se ne nous un ils
        """
    ),
    "es": word_set(
        """
        que en se por con una un para su como más pero sus fue fueron han este esta entre cuando también
        según desde ya muy sin sobre hasta lo ha es
        """
    ),
    "pt": word_set(
        """
        que em não uma um para com os na por mais das ao aos foi foram são pelo pela também como mas segundo
        seu sua após está até nos se
        """
    ),
    "it": word_set(
        """
        che il non una un sono con della delle dei nel nella anche più dal dalla alla come stato stati ha
        gli è dopo si ma lo questo hanno tra sul secondo
        """
    ),
    "ro": word_set(
        "și în din care pentru cu pe nu mai au fost este sunt după prin dar că ce sau ale lui acest un prin"
    ),
    "ca": word_set(
        "els les amb per una un que són dels ha més també però aquest aquesta des com va han molt seva"
    ),
    "da": word_set(
        """
        og det af til på er som med ikke har blev et en var fra ved om efter også men han havde kan skal
        bliver være mod siger
        """
    ),
    "no": word_set(
        """
        og det av til på er som med ikke har ble et en var fra ved om etter også men han hadde kan skal blir
        være mot sier
        """
    ),
    "sv": word_set(
        """
        och det av till på är som med inte har blev ett en var från vid om efter också men han hade kan ska
        att för mot säger
        """
    ),
    "fi": word_set(
        """
        ja ei että se oli ovat hän mutta kun myös mukaan kuin joka jotka sekä ole vain tai tämä olivat oli
        ollut on
        """
    ),
    "et": word_set("ja ei et ka oli see mis kui aga ning olid kes oma on ta pärast"),
    "lv": word_set("un ir ka uz par ar kas bija pēc tika arī bet no tā lai gan"),
    "lt": word_set("ir kad yra iš su tai kaip bet buvo apie dėl po taip pat nuo už"),
    "pl": word_set(
        "się nie to że jest na do po za od przez dla jak przy został oraz ale był było jego tym może są"
    ),
    "cs": word_set("se je že na do který byl byli podle jsou také pro po od jeho ale při by jako nebo ve ze"),
    "sk": word_set("sa je že na do ktorý bol boli podľa sú aj pre po od jeho ale pri by ako alebo vo zo"),
    "sl": word_set("je na se da za so ki ni bi kot pri tudi po iz pa ter bil bilo med"),
    "hr": word_set("je na se da za su od koji nije bi kao iz ali koje koja bio što nakon te će"),
    "hu": word_set("az és hogy nem is egy volt meg már csak ez azt mint szerint után még vagy pedig el ki"),
    "tr": word_set(
        "ve bir bu için ile olarak olan çok daha gibi sonra kadar ise ancak göre var en oldu dedi"
    ),
    "az": word_set("və bir bu üçün ilə ki olan edib çox daha sonra görə deyib isə olub"),
    "id": word_set(
        "yang dan dengan untuk pada dari dalam tidak ini itu akan oleh juga telah ke karena adalah mereka"
    ),
    "vi": word_set("và của là có trong các cho với được không người những này đã một từ khi để tại"),
    "sw": word_set("na ya wa kwa katika ni za kuwa hiyo huo pia watu alisema hii cha baada lakini vya"),
    "tl": word_set("ang ng sa mga na ay ni si para hindi kay ito mula kanyang siya noong"),
    "so": word_set("iyo ka oo ku waxaa ee soo ah laga waxa kale uu ay la inuu sheegay"),
    "sq": word_set("dhe në të për që nga një është se ka janë më si duke kanë"),
}
CYRILLIC = {
    "ru": word_set("и в не на что с по как это из за от к его но был для также при было который о были"),
    "uk": word_set("і в не на що з до та як це від за але його був для також у про які під були й"),
    "bg": word_set("и в на не да се за от с че е по са като до си след при"),
    "sr": word_set("и је у на се да за су од који није са као из те"),
    "mk": word_set("и во на да се за од со не дека е што од ги"),
    "kk": word_set("мен және бұл үшін деп бойынша болды бар да де қазақстан туралы"),
}
ARABIC = {
    "ar": word_set("في من على أن إلى عن التي الذي هذا مع كان بعد قال ما"),
    "fa": word_set("و در به از که این را با است برای آن تا شد کرد"),
    "ur": word_set("کے میں کی ہے اور سے کا کو نے پر ہیں کہ اس"),
}
# By the word that begins the name that Unicode gives a script's letters: its languages by their words, or the
# one that writes it, or most of what is written in it.
SCRIPTS: dict[str, dict[str, frozenset[str]] | str] = {
    "CYRILLIC": CYRILLIC, "ARABIC": ARABIC, "GREEK": "el", "HEBREW": "he", "ARMENIAN": "hy", "GEORGIAN": "ka",
    "DEVANAGARI": "hi", "BENGALI": "bn", "GURMUKHI": "pa", "GUJARATI": "gu", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "THAI": "th", "LAO": "lo", "MYANMAR": "my",
    "KHMER": "km", "TIBETAN": "bo", "ETHIOPIC": "am", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "CJK": "zh",
}  # fmt: skip
