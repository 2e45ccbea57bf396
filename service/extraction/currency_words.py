"""Currencies: signs, codes and names, and the hundredths of some, whose unit is "EUR_CENT". Data only."""

from service.extraction.word_lists import word_set

CURRENCY_SIGNS = {
    "US$": "USD", "USD$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "NT$": "TWD", "MX$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY",
    "₽": "RUB",
    "₸": "KZT", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₦": "NGN", "₫": "VND",
    "₱": "PHP",
    "฿": "THB", "₼": "AZN", "₾": "GEL", "֏": "AMD", "zł": "PLN", "J$": "JMD", "TT$": "TTD", "N$": "NAD",
    "EC$": "XCD", "₵": "GHS", "₡": "CRC", "৳": "BDT", "៛": "KHR", "₲": "PYG", "₮": "MNT", "₭": "LAK",
    "FJ$": "FJD", "RD$": "DOP", "B$": "BSD", "L$": "LRD", "G$": "GYD", "Z$": "ZWL", "BZ$": "BZD",
    # as Australian papers write
    "$US": "USD", "$A": "AUD", "$NZ": "NZD", "$HK": "HKD",
}  # fmt: skip
# Letters that are a sign where an amount follows at once: "R26.74", "Rs 500 crore", "N27,000".
LETTER_SIGNS = {
    "Rs": "INR", "Rs.": "INR", "R": "ZAR", "N": "NGN", "RM": "MYR", "Rp": "IDR", "Tk": "BDT", "KSh": "KES",
    "Ksh": "KES", "KES": "KES", "Sh": "KES", "P": "PHP", "GHS": "GHS", "GH₵": "GHS", "GH¢": "GHS",
    "SR": "SAR", "QR": "QAR", "Dh": "AED", "Dhs": "AED", "USh": "UGX", "TSh": "TZS", "SFr": "CHF",
    "Sh.": "KES", "Shs": "KES", "Kshs": "KES", "Ushs": "UGX", "Tshs": "TZS",
}  # fmt: skip
CURRENCY_CODES = word_set(
    """
    USD EUR GBP JPY CHF CNY RMB RUB RUR KZT KGS UZS TJS TMT UAH BYN INR PKR AUD CAD NZD HKD SGD SEK NOK
    DKK PLN CZK HUF RON BGN TRY ILS EGP ZAR NGN KES BRL MXN ARS CLP COP KRW TWD THB IDR MYR PHP VND SAR
    AED QAR KWD IRR IQD GEL AMD AZN XOF XAF UGX TZS RWF ETB ZMW DZD TND JOD LBP SYP LKR NPR BDT PEN UYU
    OMR BHD ISK MDL RSD AOA MZN MUR AFN AWG BBD BIF BND BSD BTN BWP BZD CDF CRC DJF DOP ERN FJD GMD GNF
    GTQ GYD HNL HRK HTG JMD KHR KMF LAK LRD LSL LYD MGA MKD MMK MNT MRU MVR MWK NAD NIO PGK PYG SBD SLE
    SLL SRD SSP SZL TTD VES VUV WST XCD XPF YER ZWL
    """
)
_NAMES = {
    "dollar": "USD", "dlr": "USD", "buck": "USD", "cent": "US_CENT", "pence": "GBX", "euro": "EUR",
    "pound sterling": "GBP", "pounds sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "ruble": "RUB", "rouble": "RUB", "tenge": "KZT", "hryvnia": "UAH", "rupee": "INR", "shekel": "ILS",
    "lira": "TRY", "franc": "CHF", "dirham": "AED", "riyal": "SAR", "rial": "IRR", "peso": "MXN",
    "zloty": "PLN", "naira": "NGN", "baht": "THB", "rupiah": "IDR", "ringgit": "MYR", "rand": "ZAR",
    "krona": "SEK", "kronor": "SEK", "som": "KGS", "lari": "GEL", "manat": "AZN", "dram": "AMD",
    "forint": "HUF", "krone": "NOK", "kroner": "NOK", "real": "BRL", "reais": "BRL", "won": "KRW",
    "dinar": "IQD", "taka": "BDT", "crown": "SEK", "koruna": "CZK", "cedi": "GHS", "birr": "ETB",
    "denar": "MKD", "kwacha": "ZMW", "pula": "BWP", "dong": "VND", "kip": "LAK", "riel": "KHR",
    "tugrik": "MNT", "togrog": "MNT", "somoni": "TJS", "lek": "ALL", "leke": "ALL", "guarani": "PYG",
    "quetzal": "GTQ", "lempira": "HNL", "bolivar": "VES", "boliviano": "BOB", "gourde": "HTG",
    "dalasi": "GMD", "leone": "SLE", "metical": "MZN", "meticais": "MZN", "rufiyaa": "MVR", "nakfa": "ERN",
    "pataca": "MOP", "shilling": "KES", "lei": "RON", "leva": "BGN", "kyat": "MMK", "afghani": "AFN",
    "tala": "WST", "vatu": "VUV", "paanga": "TOP", "pa'anga": "TOP", "kwanza": "AOA", "loti": "LSL",
    "maloti": "LSL", "lilangeni": "SZL", "emalangeni": "SZL", "ouguiya": "MRU", "ariary": "MGA",
    "ngultrum": "BTN", "cordoba": "NIO", "sol": "PEN", "colon": "CRC", "kronur": "ISK", "fcfa": "XOF",
    "korunas": "CZK", "koruny": "CZK", "korun": "CZK", "leu": "RON", "lev": "BGN", "sum": "UZS",
    "soum": "UZS", "kuna": "HRK", "kune": "HRK", "balboa": "PAB", "escudo": "CVE", "marka": "BAM",
    "convertible mark": "BAM", "kina": "PGK", "toman": "IRT", "bolívar": "VES", "córdoba": "NIO",
    "guaraníe": "PYG", "nuevo sol": "PEN", "hryvna": "UAH", "hryven": "UAH", "zlotych": "PLN",
    "zlotye": "PLN", "colone": "CRC", "sterling": "GBP", "greenback": "USD", "deutschmark": "DEM",
    "deutsche mark": "DEM", "deutschemark": "DEM", "d-mark": "DEM", "lire": "ITL", "peseta": "ESP",
    "schilling": "ATS", "markka": "FIM", "markkaa": "FIM", "drachma": "GRD", "punt": "IEP",
    "guilder": "NLG", "tolar": "SIT", "kroon": "EEK", "lats": "LVL", "litas": "LTL", "florin": "AWG",
    "bitcoin": "BTC", "francs cfa": "XOF", "quetzale": "GTQ", "dobra": "STN", "marks": "DEM",
    "new shekel": "ILS", "livre": "LBP", "new lira": "TRY", "litai": "LTL", "eurocent": "EUR_CENT",
    "kopeck": "RUB_CENT", "kopek": "RUB_CENT", "paise": "INR_CENT", "paisa": "INR_CENT",
    "piastre": "EGP_CENT", "piaster": "EGP_CENT", "pesewa": "GHS_CENT", "kobo": "NGN_CENT",
    "groszy": "PLN_CENT", "stotinki": "BGN_CENT", "halala": "SAR_CENT", "agorot": "ILS_CENT",
    "pfennig": "DEM_CENT", "tiyn": "KZT_CENT", "centime": "FRF_CENT", "sen": "MYR_CENT",
}  # fmt: skip
# Whose it is before the name: "450 million Egyptian pounds"; "_" stands for a blank.
_NATIONAL = {
    "dollar": (
        "USD us u.s. american|AUD australian australia aussie|CAD canadian canada|NZD new_zealand nz|"
        "HKD hong_kong|SGD singapore singaporean sing|TWD taiwan taiwanese new_taiwan|"
        "JMD jamaican jamaica|TTD trinidad trinidadian tt trinidad_and_tobago|BBD barbados barbadian|"
        "BSD bahamian bahamas|BZD belize belizean|BMD bermuda bermudian|BND brunei bruneian|"
        "FJD fiji fijian|GYD guyana guyanese|KYD cayman|LRD liberian liberia|NAD namibian namibia|"
        "SBD solomon_islands|SRD suriname surinamese|XCD east_caribbean eastern_caribbean|"
        "ZWL zimbabwe zimbabwean"
    ),
    "pound": (
        "GBP british uk|EGP egyptian egypt|LBP lebanese lebanon|SYP syrian|SDG sudanese sudan|"
        "SSP south_sudanese south_sudan|IEP irish|CYP cypriot cyprus|GIP gibraltar|FKP falkland|"
        "SHP st_helena|MTL maltese"
    ),
    "peso": (
        "MXN mexican mexico|ARS argentine argentinian argentinean|CLP chilean|COP colombian|"
        "CUP cuban|DOP dominican|PHP philippine philippines filipino|UYU uruguayan"
    ),
    "franc": (
        "CHF swiss|FRF french|BEF belgian|LUF luxembourg|XOF cfa west_african_cfa|"
        "XAF central_african_cfa|XPF cfp pacific|BIF burundi burundian|CDF congolese congo|"
        "DJF djibouti djiboutian|GNF guinean guinea|KMF comorian comoran|RWF rwandan rwanda|"
        "MGA malagasy"
    ),
    "dinar": (
        "IQD iraqi|DZD algerian|BHD bahraini bahrain|JOD jordanian jordan|KWD kuwaiti kuwait|"
        "LYD libyan|RSD serbian|TND tunisian|YUM yugoslav|MKD macedonian"
    ),
    "rupee": (
        "INR indian|PKR pakistani pakistan|LKR sri_lankan sri_lanka|NPR nepalese nepali nepal|"
        "MUR mauritian mauritius|SCR seychelles seychellois"
    ),
    "shilling": "KES kenyan kenya|UGX ugandan uganda|TZS tanzanian tanzania|SOS somali somalia",
    "schilling": "ATS austrian",
    "rial": "IRR iranian iran|OMR omani|YER yemeni yemen|QAR qatari|SAR saudi",
    "riyal": "SAR saudi saudi_arabian|QAR qatari qatar|OMR omani oman|YER yemeni yemen",
    "dirham": "AED uae u.a.e. emirati emirates|MAD moroccan morocco",
    "crown": "SEK swedish|NOK norwegian|DKK danish|CZK czech|ISK icelandic|SKK slovak|EEK estonian",
    "krona": "SEK swedish|ISK icelandic",
    "kronor": "SEK swedish",
    "kronur": "ISK icelandic",
    "krone": "NOK norwegian|DKK danish",
    "kroner": "NOK norwegian|DKK danish",
    "koruna": "CZK czech|SKK slovak",
    "koruny": "CZK czech|SKK slovak",
    "ruble": "RUB russian|BYN belarusian belarussian|BYN belarus|RUP transnistrian",
    "rouble": "RUB russian|BYN belarusian belarussian belarus|SUR soviet",
    "lira": "TRY turkish new_turkish|ITL italian|LBP lebanese|SYP syrian|MTL maltese",
    "lire": "ITL italian",
    "mark": "DEM german west_german deutsche|DDM east_german|BAM bosnian convertible|FIM finnish",
    "markka": "FIM finnish",
    "escudo": "PTE portuguese|CVE cape_verdean cape_verde",
    "peseta": "ESP spanish",
    "drachma": "GRD greek",
    "guilder": "NLG dutch|ANG antillean|SRG surinamese",
    "florin": "AWG aruban",
    "won": "KRW south_korean korean|KPW north_korean",
    "yuan": "CNY chinese offshore",
    "yen": "JPY japanese",
    "baht": "THB thai",
    "dong": "VND vietnamese",
    "rupiah": "IDR indonesian",
    "ringgit": "MYR malaysian malaysia",
    "rand": "ZAR south_african",
    "real": "BRL brazilian brazil",
    "reais": "BRL brazilian",
    "sol": "PEN peruvian",
    "colon": "CRC costa_rican|SVC salvadoran",
    "colone": "CRC costa_rican|SVC salvadoran",
    "zloty": "PLN polish",
    "forint": "HUF hungarian",
    "leu": "RON romanian|MDL moldovan",
    "lei": "RON romanian|MDL moldovan",
    "lev": "BGN bulgarian",
    "leva": "BGN bulgarian",
    "lek": "ALL albanian",
    "leke": "ALL albanian",
    "kuna": "HRK croatian",
    "denar": "MKD macedonian",
    "hryvnia": "UAH ukrainian",
    "hryvna": "UAH ukrainian",
    "tenge": "KZT kazakh kazakhstani",
    "som": "KGS kyrgyz|UZS uzbek",
    "sum": "UZS uzbek",
    "soum": "UZS uzbek",
    "somoni": "TJS tajik",
    "manat": "AZN azerbaijani azeri|TMT turkmen turkmenistani",
    "lari": "GEL georgian",
    "dram": "AMD armenian",
    "shekel": "ILS israeli new_israeli",
    "taka": "BDT bangladeshi bangladesh",
    "afghani": "AFN afghan",
    "kyat": "MMK myanmar burmese",
    "kip": "LAK lao laotian",
    "riel": "KHR cambodian",
    "tugrik": "MNT mongolian",
    "naira": "NGN nigerian nigeria",
    "cedi": "GHS ghana ghanaian",
    "birr": "ETB ethiopian ethiopia",
    "kwacha": "ZMW zambian zambia|MWK malawian malawi",
    "kwanza": "AOA angolan",
    "metical": "MZN mozambican",
    "meticais": "MZN mozambican",
    "pula": "BWP botswana",
    "ariary": "MGA malagasy",
    "leone": "SLE sierra_leone",
    "dalasi": "GMD gambian",
    "quetzal": "GTQ guatemalan",
    "lempira": "HNL honduran",
    "cordoba": "NIO nicaraguan",
    "bolivar": "VES venezuelan sovereign|VEF strong",
    "guarani": "PYG paraguayan",
    "boliviano": "BOB bolivian",
    "gourde": "HTG haitian",
    "balboa": "PAB panamanian",
    "cent": (
        "US_CENT us u.s. american|EUR_CENT euro|CAD_CENT canadian|AUD_CENT australian|"
        "NZD_CENT new_zealand|ZAR_CENT south_african|SGD_CENT singapore|HKD_CENT hong_kong|"
        "KES_CENT kenyan"
    ),
}  # fmt: skip
CURRENCY_WORDS = dict(_NAMES)
for _name, _owners in _NATIONAL.items():
    for _one in _owners.split("|"):
        _code, *_whose = _one.split()
        for _owner in _whose:
            CURRENCY_WORDS[f"{_owner.replace('_', ' ')} {_name}"] = _code
# Read as money though the country is not said, or though the word has a second sense.
UNCLEAR_CURRENCIES = frozenset(
    (
        "$",
        "dollar",
        "crown",
        "shilling",
        "rupee",
        "franc",
        "peso",
        "rial",
        "riyal",
        "dirham",
        "dinar",
        "krona",
        "krone",
        "Rs",
        "Rs.",
        "Sh",
        "¥",
        "cent",
        "marks",
        "escudo",
        "piastre",
        "centime",
        "kopeck",
    )
)
