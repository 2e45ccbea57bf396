"""Word lists that the comparison of names reads: data only, folded as `sounds.fold` writes words.

Countries and their adjectives are general knowledge, kept here as a table because a name must be comparable
without a database, a network or a gazetteer. Adding a row changes scores, never the stored keys.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _groups(text: str) -> dict[str, str]:
    """One group a line, the first word names it: every word of the line → the first word."""
    return {word: line.split()[0] for line in text.strip().splitlines() for word in line.split()}


HONORIFICS = _words(
    "mr mrs ms miss dr prof professor sir dame lord lady president premier chancellor minister king "
    "queen prince princess emir sheikh sheik shaikh sultan sayyid ayatollah imam mullah pope bishop "
    "archbishop cardinal patriarch rabbi saint general gen colonel col major maj captain capt "
    "lieutenant lt sergeant sgt admiral marshal senator sen congressman representative rep governor gov "
    "mayor ambassador judge justice secretary director chairman spokesman spokeswoman spokesperson "
    "deputy vice prime foreign interior defence defense acting former ex then herr frau monsieur madame "
    "mme senor senora comrade hon honourable honorable"
)

# Dropped from a person's name when two other words stay, so `Van Dang` keeps its `Van`.
PARTICLES = _words(
    "al el ul an ad as ash bin ibn ben bint abu de da do dos das del della di du la le van von vom zu der "
    "den ter ten und"
)
# What follows these is the father's name: `Salman` alone is not `Mohammed bin Salman`.
FATHER_PARTICLES = _words("bin ibn ben bint")

_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii"
ROMAN = {numeral: str(number) for number, numeral in enumerate(_NUMERALS.split(), start=1)}
GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", **ROMAN}

# Given names (and a few family names) that are one name in several languages, or a usual short form.
SAME_NAMES = _groups("""
alexander aleksandr alexandr oleksandr alyaksandr aliaksandr alejandro alexandre alessandro sasha alex
alexei aleksey aleksei alexey alexej oleksiy oleksii alexis
andrew andrei andrey andrej andriy andrii andreas andre andres
anthony antony anton antonio antoine tony
benjamin ben benny
charles carlos karl carl carlo charlie
christopher chris christoph kristofer
daniel dan danny danylo danil
david dave davyd
dmitry dmitri dmytro dimitri dmitriy dmitrij dmitrii
donald don
edward eduard eduardo ed eddie ted
elizabeth elisabeth liz isabel yelizaveta elizaveta
eugene yevgeny evgeny yevgeni evgeni evgeniy yevhen jewgeni jewgenij
francis francisco francois francesco frank franz
frederick fred friedrich frederic
george georg georgy georgi georgiy georges jorge giorgi heorhiy yuri yury iurii yuriy juri
gregory grigory grigori hryhoriy greg
henry heinrich henri enrique harry
ilya ilia illia
james jim jimmy jaime
john johannes jon johnny ivan juan jean giovanni
joseph joe josef jose iosif osip giuseppe yosef
kenneth ken
lawrence larry laurent lorenzo
louis luis ludwig luigi
margaret maggie
mark marc marcus marco
matthew matt matthias mateo
michael mike mikhail mykhailo michail michel miguel mikheil mikael
nicholas nikolai nikolay mykola nicolas nick nikolaus
pamela pam
patrick pat
paul pavel pavlo pablo paolo
peter petro pyotr petr pedro pierre pietro pete
philip philippe felipe phil filipp
richard rick ricardo dick
robert bob bobby roberto rob
ronald ron
samuel sam
sergei sergey serhiy serhii sergej serge sergio
stephen steven steve stefan stepan esteban stephane
susan sue susanna
thomas tom tommy tomas
timothy tim
vladimir volodymyr uladzimir wolodymyr wladimir
walter walt
william bill will billy wilhelm guillermo guillaume
yekaterina ekaterina kateryna catherine katharina
yelena elena olena helen helena
muhammad mohammed mohamed mohammad muhammed mukhammed magomed mehmet
ibrahim ebrahim
lee yi rhee
park pak bak
kim gim
choi choe
roh noh
""")

# Family names that stand first: a first word from here is what the person is called by.
FAMILY_FIRST = _words(
    "xi hu li wang zhang liu chen yang zhao huang zhou wu xu sun zhu ma gao lin guo luo liang song zheng "
    "xie han tang feng deng cao peng zeng xiao tian dong pan yuan cai jiang du cheng lu wei yu ye mao wen "
    "kim lee yi rhee park pak choi jung jeong kang cho yoon jang lim shin moon roh ban nguyen tran pham"
)

# Words of an organisation's name that carry nothing, and what is written in place of what.
STOP_WORDS = _words(
    "of the for and in on at to a an de la le les du des del der die das fur und el y e et d s by der von "
    "di do da"
)
WEAK_WORDS = _words(
    "inc incorporated corp corporation co company companies ltd limited pte llc llp plc ag gmbh "
    "aktiengesellschaft sa se nv bv oao ooo pao zao ao too jsc pjsc ojsc oyj ab asa spa srl spzoo kk pty "
    "holding holdings group republic city town capital municipality"
)
SYNONYMS = _groups("""
organization organisation organizacion organisations org
defence defense
center centre zentrum
labor labour
program programme
committee cmte
department dept
government govt
ministry minister ministerium
university univ universitat
international intl
association assn assoc
company companies
cooperation kooperation
federal fed
saint st sankt sainte
region oblast oblys province wilayat vilayat governorate
district raion rayon
brothers bros
agency agentur
""")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_CARDINALS = "one two three four five six seven eight nine ten"
NUMBERS = {
    name: str(number)
    for names in (_ORDINALS, _CARDINALS)
    for number, name in enumerate(names.split(), start=1)
}
# Several words that stand for one, applied before words are looked at singly; longest first.
PHRASES = {
    "ministry of internal affairs": "ministry interior",
    "ministry of foreign affairs": "ministry foreign",
    "internal affairs ministry": "interior ministry",
    "foreign affairs ministry": "foreign ministry",
    "department of state": "department state",
    "public joint stock company": "pjsc",
    "open joint stock company": "ojsc",
    "closed joint stock company": "jsc",
    "joint stock company": "jsc",
    "limited liability company": "llc",
    "limited liability partnership": "llp",
    "public limited company": "plc",
    "private limited": "ltd",
    "sp z o o": "spzoo",
    "russian federation": "russia",
    "united states of america": "unitedstates",
    "united states": "unitedstates",
    "united kingdom": "unitedkingdom",
    "great britain": "unitedkingdom",
    "united arab emirates": "emirates",
    "south korean": "southkorea",
    "south korea": "southkorea",
    "republic of korea": "southkorea",
    "north korean": "northkorea",
    "north korea": "northkorea",
    "democratic people s republic of korea": "northkorea",
    "democratic peoples republic of korea": "northkorea",
    "people s republic of china": "china",
    "peoples republic of china": "china",
    "people republic of china": "china",
    "republic of china": "taiwan",
    "saudi arabia": "saudi",
    "new zealand": "newzealand",
    "south african": "southafrica",
    "south africa": "southafrica",
    "south sudanese": "southsudan",
    "south sudan": "southsudan",
    "papua new guinea": "papuanewguinea",
    "equatorial guinea": "equatorialguinea",
    "guinea bissau": "guineabissau",
    "northern ireland": "northernireland",
    "north macedonia": "northmacedonia",
    "czech republic": "czechia",
    "dominican republic": "dominicanrepublic",
    "central african republic": "centralafricanrepublic",
    "democratic republic of congo": "drcongo",
    "democratic republic of the congo": "drcongo",
    "sri lankan": "srilanka",
    "sri lanka": "srilanka",
    "costa rica": "costarica",
    "el salvador": "elsalvador",
    "sierra leone": "sierraleone",
    "ivory coast": "ivorycoast",
    "cote d ivoire": "ivorycoast",
    "cote divoire": "ivorycoast",
    "burkina faso": "burkinafaso",
    "east timor": "timorleste",
    "timor leste": "timorleste",
}

# country, then its adjectives and the words for its people.
COUNTRIES = _groups("""
afghanistan afghan afghans
albania albanian albanians
algeria algerian algerians
angola angolan
argentina argentine argentinian
armenia armenian armenians
australia australian australians
austria austrian austrians
azerbaijan azerbaijani azeri azerbaijanis
bahrain bahraini
bangladesh bangladeshi
belarus belarusian belarusians belarussian
belgium belgian
benin beninese
bolivia bolivian
bosnia bosnian
botswana
brazil brazilian brazilians
brunei
bulgaria bulgarian bulgarians
burundi
cambodia cambodian
cameroon cameroonian
canada canadian canadians
chad chadian
chile chilean
china chinese
colombia colombian
congo congolese
costarica
croatia croatian
cuba cuban
cyprus cypriot
czechia czech
denmark danish
djibouti
dominica
dominicanrepublic
drcongo
ecuador ecuadorian
egypt egyptian egyptians
elsalvador salvadoran
equatorialguinea
eritrea eritrean
estonia estonian
ethiopia ethiopian
fiji
finland finnish
france french
gabon gabonese
gambia gambian
georgia georgian georgians
germany german germans
ghana ghanaian
greece greek
guatemala guatemalan
guinea guinean
guineabissau
guyana
haiti haitian
honduras honduran
hungary hungarian
iceland icelandic
india indian indians
indonesia indonesian
iran iranian iranians
iraq iraqi iraqis
ireland irish
israel israeli israelis
italy italian
ivorycoast ivorian
jamaica jamaican
japan japanese
jordan jordanian
kazakhstan kazakh kazakhs kazakhstani kazakstan kazak
kenya kenyan
kosovo
kuwait kuwaiti
kyrgyzstan kyrgyz kirgiz kirghiz
laos
latvia latvian
lebanon lebanese
lesotho
liberia liberian
libya libyan libyans
liechtenstein
lithuania lithuanian
luxembourg
madagascar
malawi
malaysia malaysian
maldives
mali malian
malta maltese
mauritania mauritanian
mauritius mauritian
mexico mexican mexicans
moldova moldovan
monaco
mongolia mongolian
montenegro montenegrin
morocco moroccan
mozambique
myanmar burma burmese
namibia
nepal nepalese
netherlands dutch
newzealand
nicaragua nicaraguan
niger nigerien
nigeria nigerian
northernireland
northkorea
northmacedonia
norway norwegian
oman omani
pakistan pakistani pakistanis
palestine palestinian palestinians
panama
papuanewguinea
paraguay
peru peruvian
philippines philippine filipino
poland polish
portugal portuguese
qatar qatari
romania romanian
russia russian russians
rwanda rwandan
samoa
saudi saudis
senegal senegalese
serbia serbian
sierraleone
singapore
slovakia slovak
slovenia slovenian slovene
somalia somali
southafrica
southkorea
southsudan
spain spanish
srilanka
sudan sudanese
suriname
sweden swedish
switzerland swiss
syria syrian syrians
taiwan taiwanese
tajikistan tajik tajiks
tanzania
thailand thai
timorleste
togo
tunisia tunisian
turkey turkish turkiye
turkmenistan turkmen
uganda ugandan
ukraine ukrainian ukrainians
emirates emirati uae
unitedkingdom british britain uk
unitedstates us usa american americans
uruguay
uzbekistan uzbek uzbeks
vatican
venezuela venezuelan
vietnam vietnamese
yemen yemeni
zambia zambian
zimbabwe zimbabwean
""")
COUNTRY_NAMES = frozenset(COUNTRIES.values())
# Of these, the ones that are names of the country itself, not adjectives.
COUNTRY_SPELLINGS = _words("us usa uk uae britain burma turkiye kazakstan") | COUNTRY_NAMES

# Ordinary words of names: two different ones are never a misspelling of each other.
KNOWN_WORDS = COUNTRY_NAMES | _words(
    "academy administration affairs agency agriculture airlines airways alliance army assembly "
    "association authority bank board broadcasting brigade bureau cabinet center central chamber club "
    "commission committee commonwealth conference congress constitutional cooperation council court "
    "criminal culture customs defence democracy democratic department development division duma economic "
    "economy education election electric electoral embassy emergency energy environment european exchange "
    "federal federation finance financial force forces foreign forum foundation front fund general "
    "government guard health high house human independent industry information institute interior "
    "intelligence international investigation justice labor liberal media military ministry movement "
    "museum national nations naval navy news office oil organization parliament party peace people police "
    "press prison prosecutor protection regional republican revenue rights safety science secret security "
    "senate service social society staff state states station supreme television trade transport treasury "
    "treaty tribunal union united university war wealth welfare world"
)

# Words that make another place of the same name.
DIRECTIONS = _words(
    "north south east west northern southern eastern western northeast northwest southeast southwest "
    "central upper lower new old inner outer greater little equatorial"
)
REGION_WORDS = _words(
    "region district state county canton prefecture territory island islands river lake mountain sea "
    "delta airport square street"
)
