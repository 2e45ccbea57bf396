"""Events, relations and statements: who did what to whom."""

from datetime import date

import pytest

from service.extraction.confidence import confidence_of, table
from service.extraction.gazetteer import Gazetteer, KnownEntity
from service.extraction.protocol import ClaimCandidate, Document
from service.extraction.rules import RulesExtractor

EXTRACTOR = RulesExtractor(
    Gazetteer((KnownEntity("northern-alliance", "Northern Treaty Organization", "organization"),))
)

# sentence → predicate: subject > object > complement ("-" where there is none; parts of the words are enough)
SAID = [
    (
        "President Maria Lopez dismissed Juan Perez as head of the central bank.",
        "removed_from_office: Maria Lopez > Juan Perez > head of the central bank",
    ),
    (
        "Juan Perez was removed from the post of defence minister by President Maria Lopez.",
        "removed_from_office: Maria Lopez > Juan Perez > defence minister",
    ),
    (
        "The king sacked the interior minister, Karim Haddad.",
        "removed_from_office: - > Karim Haddad > interior minister",
    ),
    ("The president dissolved the government on Friday.", "government_dismissed: - > the government > -"),
    ("The cabinet resigned after the vote.", "government_dismissed: - > The cabinet > -"),
    (
        "Prime Minister Ana Novak formed a new government.",
        "government_formed: Ana Novak > a new government > -",
    ),
    (
        "The board appointed Sara Lind as chief executive.",
        "appointed_to_office: - > Sara Lind > chief executive",
    ),
    ("John Mensah was elected president on Sunday.", "appointed_to_office: - > John Mensah > president"),
    ("Finance Minister Paul Weber resigned on Tuesday.", "resigned: Paul Weber > - > -"),
    ("Sara Lind stepped down as chairwoman.", "resigned: Sara Lind > - > chairwoman"),
    ("Police arrested opposition leader Ivan Petrov in Minsk.", "detention: Police > Ivan Petrov > -"),
    ("Ivan Petrov was detained on charges of fraud.", "detention: - > Ivan Petrov > fraud"),
    ("Prosecutors charged Maria Gomez with bribery.", "charge: Prosecutors > Maria Gomez > bribery"),
    (
        "Prosecutors charged the head of the agency, Maria Gomez, with bribery.",
        "charge: Prosecutors > Maria Gomez > bribery",
    ),
    ("They may ally with the Greens, who won the election.", "election: Greens > the election > -"),
    (
        "Critics blamed illegal logging for the landslides.",
        "reported_cause: Critics > the landslides > illegal logging",
    ),
    ("They went on trial for the 2019 bombing of a market in Basra.", "attack: - > a market > -"),
    ("A court convicted Ahmed Ali of murder.", "charge: A court > Ahmed Ali > murder"),
    (
        "Foreign minister Ana Costa said that the US had asked the cabinet to resign.",
        "request: US > the cabinet > to resign",
    ),
    ("The governor declared a state of emergency in the province.", "state_of_emergency: - > - > -"),
    ("Authorities imposed a curfew in Dakar.", "state_of_emergency: - > - > -"),
    ("The government announced three days of national mourning.", "mourning_declared: - > - > -"),
    ("The internet was cut off across the country.", "internet_shutdown: - > - > -"),
    ("Mobile internet has been restored in Tehran.", "internet_restored: - > - > -"),
    ("The troops will begin their withdrawal on Thursday.", "withdrawal_start: - > - > -"),
    ("Russia deployed warships to the Black Sea.", "deployment: Russia > warships > -"),
    ("The peacekeeping mission has been completed.", "mission_completed: - > - > -"),
    ("Chancellor Anna Berg met President Paul Mbeki in Nairobi.", "meeting: Anna Berg > Paul Mbeki > -"),
    ("A summit will be held in Geneva on Monday.", "meeting: - > summit > -"),
    ("France and Mali signed an agreement on mining.", "agreement: - > - > an agreement"),
    ("The parties reached a ceasefire.", "agreement: The parties > - > a ceasefire"),
    ("Her party won the parliamentary election.", "election: - > election > -"),
    ("Protests erupted in Khartoum against bread prices.", "protest: - > - > -"),
    ("Riots broke out in the suburbs.", "riot: - > - > -"),
    ("Demonstrators clashed with police near parliament.", "clash: Demonstrators > police > -"),
    ("Gunmen stormed a police station in Kano.", "attack: Gunmen > a police station > -"),
    ("Militants attacked the airport in Karachi.", "attack: Militants > the airport > -"),
    ("Rebels seized the town of Goma.", "occupation: Rebels > Goma > -"),
    ("Troops dispersed the protesters with tear gas.", "crackdown: Troops > the protesters > -"),
    ("An earthquake struck central Italy.", "disaster: - > - > -"),
    ("A train derailed near Pune.", "disaster: A train > - > -"),
    ("Mali asked France for military help.", "support_requested: Mali > France > help"),
    ("The president sought support from neighbours.", "support_requested: - > - > support"),
    ("The minister blamed militants for the blast.", "accusation: The minister > militants > the blast"),
    ("The mayor accused the company of negligence.", "accusation: The mayor > the company > negligence"),
    ("The White House condemned the attack on the embassy.", "condemnation: White House > the attack > -"),
    ("Brussels welcomed the truce.", "welcome: Brussels > the truce > -"),
    ("Aid groups are concerned about the children.", "concern: Aid groups > the children > -"),
    ("He described the vote as a farce.", "characterization: He > the vote > a farce"),
    ("It is unclear who fired the shots.", "information_unclear: - > who fired the shots > -"),
    ("The agency later retracted the report.", "statement_withdrawn: The agency > the report > -"),
    ("The fire was caused by faulty wiring.", "reported_cause: - > The fire > faulty wiring"),
    ("Unrest sparked by the killing spread to the north.", "reported_cause: - > Unrest > the killing"),
    (
        "The United Nations urged all sides to show restraint.",
        "demand: United Nations > all sides > to show restraint",
    ),
    ("The opposition demanded new elections.", "demand: The opposition > - > new elections"),
    ("The envoy is pressing the rebels to disarm.", "demand: The envoy > the rebels > to disarm"),
    ("Farmers clamoured for a lower toll.", "demand: Farmers > - > a lower toll"),
    ("The mayor voiced outrage at the verdict.", "condemnation: The mayor > the verdict > -"),
    ("Owners rejoiced at the settlement.", "welcome: Owners > the settlement > -"),
    ("Dealers had misgivings about the levy.", "concern: Dealers > the levy > -"),
    ("Senator Ana Costa implicated the treasurer.", "accusation: Ana Costa > the treasurer > -"),
    ("Senator Ana Costa had lunch with Carl Sand on Monday.", "meeting: Ana Costa > Carl Sand > -"),
    ("Three coaches piled up near Lima on Monday.", "disaster: Three coaches > - > -"),
    ("The ministry warned that food could run out.", "warning: The ministry > food could run out > -"),
    (
        "Analysts said the move was aimed at investors.",
        "assessment: Analysts > the move > aimed at investors",
    ),
    ("The airline announced a new route to Lagos.", "announcement: The airline > a new route to Lagos > -"),
    (
        "The bloc, the Northern Treaty Organization, consists of Norway, Sweden and Finland.",
        "member_of: Sweden > Northern Treaty Organization > -",
    ),
    ("Chad, which borders Libya and Sudan, closed its airspace.", "borders: Chad > Sudan > -"),
    ("Almaty, the country's largest city, was calm.", "largest_city: Almaty > - > -"),
    (
        "Anna Berg, director of the institute, spoke next.",
        "holds_office: Anna Berg > - > director of the institute",
    ),
    (
        "The indicator agency's director, Marta Quispe, spoke.",
        "holds_office: Marta Quispe > agency > director",
    ),
    (
        "The head of the port authority, Lena Brandt, resigned.",
        "holds_office: Lena Brandt > the port authority > head of the port authority",
    ),
    (
        "Omar Farid, chief economist at Delta Bank, expects a cut.",
        "holds_office: Omar Farid > Delta Bank > chief economist",
    ),
    (
        "Lena Brandt, who heads the Coast Guard, spoke next.",
        "holds_office: Lena Brandt > Coast Guard > -",
    ),
    ("Lena Brandt was governor of Tambora until 2019.", "holds_office: Lena Brandt > Tambora > governor"),
    (
        "Lena Brandt chaired the Labour Party from 2001.",
        "holds_office: Lena Brandt > Labour Party > -",
    ),
    (
        "The miners' union, whose president, Capt. Omar Farid, was absent, refused.",
        "holds_office: Omar Farid > union > president",
    ),
    (
        "It was signed by the teachers' union president, Omar Farid.",
        "holds_office: Omar Farid > union > president",
    ),
    (
        "Omar Farid, who served as finance minister, is dead.",
        "holds_office: Omar Farid > - > finance minister",
    ),
    ("Norland signed a pact with the Mari Union.", "agreement: Norland > Mari Union > a pact"),
    ("A truce was signed between Norland and Sudmark.", "agreement: Norland > Sudmark > A truce"),
    ("Arrested in May, Omar Farid denies everything.", "detention: - > Omar Farid > -"),
    ("Judges found two former members of the council guilty.", "charge: Judges > members of the council > -"),
    ("A court convicted a former minister of mines of theft.", "charge: A court > minister of mines > theft"),
    ("Troops loyal to Omar Farid toppled the president.", "removed_from_office: Troops > president > -"),
    ("Gunmen killed eleven villagers near the lake.", "attack: Gunmen > villagers > -"),
    ("A bus accident in Tambora left ten people hurt.", "disaster: - > - > -"),
    ("She was hurt during Tuesday's protests in Tambora.", "protest: - > - > -"),
    ("Fighters loyal to President Omar Farid fled.", "ally_of: Fighters > Omar Farid > -"),
    ("A close ally of Norland, Lena Brandt was re-elected.", "ally_of: Lena Brandt > Norland > -"),
    ("Kenya shares a border with Somalia.", "borders: Kenya > Somalia > -"),
    ("Uganda and Kenya, which border Tanzania, agreed.", "borders: Uganda > Tanzania > -"),
    ("Uganda, a neighbour of Kenya, agreed.", "borders: Uganda > Kenya > -"),
    ("Omar Farid won a disputed election in 2018.", "election: Omar Farid > election > -"),
    ("Lena Brandt was re-elected in March.", "election: Lena Brandt > - > -"),
    ("She was hurt in unrest after the May 4 election.", "election: - > - > -"),
    ("Omar Farid flew to Vienna for talks with Lena Brandt.", "meeting: Omar Farid > Lena Brandt > -"),
    ("Lena Brandt resigned after a meeting with union leaders.", "meeting: - > union leaders > -"),
    ("Officers fired tear gas at marchers.", "crackdown: Officers > marchers > tear gas"),
    ("A strong earthquake hit Tambora city on Monday.", "disaster: earthquake > Tambora > -"),
    ("Cyclone Lena flattened villages on the coast.", "disaster: Cyclone Lena > villages > -"),
    ("The convoy came under attack near the bridge.", "attack: - > The convoy > -"),
    ("The court jailed a poet, prompting the union to call a strike.", "protest: union > - > -"),
    ("The army has been fighting the rebels since May.", "clash: The army > the rebels > -"),
    ("Shareholders will meet on Monday.", "meeting: Shareholders > - > -"),
    ("The cut was decided in an online meeting.", "meeting: - > meeting > -"),
    ("Drivers blocked the road in a protest against the toll.", "protest: Drivers > - > -"),
    ("Omar Farid, whose arrest led to riots, was freed.", "detention: - > Omar Farid > -"),
    ("Omar Farid himself was detained in May.", "detention: - > Omar Farid > -"),
    ("Her successor is Omar Farid, a judge.", "succeeded: Omar Farid > Her > -"),
    ("Under a truce reached on Thursday, fighting stops.", "agreement: - > - > a truce"),
    ("Water cannon was used to disperse the crowd.", "crackdown: - > the crowd > Water cannon"),
    ("Gunmen killed at least 25 people in Tambora.", "attack: Gunmen > 25 people > -"),
    ("A court sentenced the mayor, Omar Farid, to two years.", "charge: - > Omar Farid > two years"),
    ("Growers picketed the ministry for days.", "protest: - > the ministry > -"),
    ("The protests against that law went on.", "protest: - > law > -"),
    ("The cabinet will resume talks with trade unions.", "meeting: - > trade unions > -"),
    ("Fighting broke out between the mainly young Reds and the Blues.", "clash: Reds > Blues > -"),
    ("The town fell under the control of the rebels.", "occupation: - > The town > -"),
    ("Fighting between the army and the rebels has raged for weeks.", "clash: the army > the rebels > -"),
    ("Miners ended their strike on Friday.", "protest: Miners > - > -"),
    (
        "The generals who toppled the president had demanded an apology.",
        "demand: The generals > - > an apology",
    ),
    ("The army denies having attacked the village.", "attack: The army > the village > -"),
    (
        "Residents blame years of neglect for the collapse.",
        "reported_cause: Residents > the collapse > neglect",
    ),
    ("The mayor called the ruling unjust and left.", "characterization: The mayor > the ruling > unjust"),
    ("The drug maker agreed to buy its rival.", "agreement: The drug maker > its rival > -"),
    ("Lawmakers voted the premier, Ivan Kolar, out of office.", "removed_from_office: - > Ivan Kolar > -"),
    ("Mutineers forced President Moussa Keita from office.", "removed_from_office: - > Moussa Keita > -"),
    (
        "Jan Vos becomes the youngest prime minister in history.",
        "appointed_to_office: - > Jan Vos > prime minister",
    ),
    ("Three died after an avalanche on the north face.", "disaster: - > - > -"),
    ("Two rockets landed near the airport.", "attack: Two rockets > the airport > -"),
    ("The foreign ministers of the bloc will gather on Sunday.", "meeting: foreign ministers > - > -"),
    ("Casablanca is the largest city in Morocco.", "largest_city: Casablanca > Morocco > -"),
    # who threw what at whom
    ("Militants launched rockets at the town of Sderot.", "attack: Militants > Sderot > rockets"),
    ("Protesters hurled petrol bombs at police officers.", "attack: Protesters > officers > petrol bombs"),
    ("The Taliban claimed responsibility for the bombing.", "attack: Taliban > - > -"),
    ("Rioters looted shops in the old town.", "riot: Rioters > shops > -"),
    ("Police used water cannon to disperse the crowd.", "crackdown: Police > the crowd > -"),
    ("Farmers blocked motorways around Paris.", "protest: Farmers > - > -"),
    ("A jury found John Miller guilty of murder.", "charge: A jury > John Miller > murder"),
    ("Karim Haddad was acquitted of corruption.", "charge: - > Karim Haddad > corruption"),
    ("President Paul Mbeki will travel to Nairobi next week.", "meeting: Paul Mbeki > Nairobi > -"),
    ("The ceasefire came into effect at midnight.", "agreement: - > - > -"),
    ("Parliament will elect a new president.", "election: Parliament > a new president > -"),
    ("Ghana will join the alliance in May.", "member_of: Ghana > the alliance > -"),
    ("Ghana gained independence from Britain in 1957.", "independence: Ghana > Britain > -"),
    # what is said in free wording
    ("The firm plans to open a plant in Ghana.", "announcement: The firm > to open a plant > -"),
    ("The mayor vowed to rebuild the city.", "announcement: The mayor > to rebuild the city > -"),
    ("Ghana said it would respond to the attack.", "announcement: Ghana > it would respond > -"),
    ("Parliament imposed new sanctions on the firm.", "announcement: Parliament > new sanctions > -"),
    ("The mayor told residents to leave.", "demand: The mayor > residents > to leave"),
    ("The opposition called on Thursday for new elections.", "demand: The opposition > - > new elections"),
    ("Forecasters warned of heavy snow.", "warning: Forecasters > of heavy snow > -"),
    ("Officials issued a tsunami warning for the coast.", "warning: Officials > a tsunami warning > -"),
    ("Residents fear the dam could burst.", "concern: Residents > the dam could burst > -"),
    ("The ministry expressed deep concern over the arrests.", "concern: The ministry > the arrests > -"),
    ("Police believe the fire was started on purpose.", "assessment: Police > the fire > on purpose"),
    ("The opposition alleged that the vote was rigged.", "accusation: The opposition > the vote > rigged"),
    ("“This is a calamity,” Governor Sara Lind said.", "characterization: Sara Lind > - > a calamity"),
    ("“Ghana is a beacon for us all,” said Sara Lind.", "characterization: Sara Lind > Ghana > a beacon"),
    ("Observers called the vote “free and fair”.", "characterization: Observers > the vote > free and fair"),
    ("The ruling drew criticism from lawyers.", "condemnation: lawyers > The ruling > -"),
    ("The cause of the crash was engine failure.", "reported_cause: - > the crash > engine failure"),
    # the words around a name say who it is
    ("Critics of Paul Weber have slammed the decision.", "condemnation: Critics > the decision > -"),
    ("Militants claiming to hold two engineers attacked a base.", "attack: Militants > a base > -"),
    ("GAZA (Wire) - The mayor condemned the killing of Jane Doe.", "condemnation: mayor > the killing > -"),
    (
        "Nora Falk will make way for Emil Dahl in the spring.",
        "succeeded: Emil Dahl > Nora Falk > -",
    ),
    (
        "Emil Dahl, her successor as mayor, froze the plan.",
        "succeeded: Emil Dahl > her > -",
    ),
    (
        "Nora Falk was voted out in March and jailed.",
        "detention: - > Nora Falk > -",
    ),
    (
        "The council named the head of the port, Emil Dahl, to run the city.",
        "appointed_to_office: The council > Emil Dahl > run the city",
    ),
    (
        "Emil Dahl, a former pilot who came to power in 2009, kept silent.",
        "appointed_to_office: - > Emil Dahl > -",
    ),
    (
        "The members elected Nora Falk leader of the party.",
        "appointed_to_office: members > Nora Falk > leader",
    ),
    (
        "The couple were each sentenced to six years for theft.",
        "charge: - > The couple > -",
    ),
    (
        "Two ministers handed in their resignations, citing the vote.",
        "resigned: ministers > - > -",
    ),
    (
        "Brass mills stand near Karsava, a town in eastern Latvia.",
        "located_in: Karsava > Latvia > -",
    ),
    (
        "Gunmen fled towards Mirpur, in the north of Pakistan.",
        "located_in: Mirpur > Pakistan > -",
    ),
    (
        "Hasaka, a hill district bordering Iraq, was quiet.",
        "borders: Hasaka > Iraq > -",
    ),
    (
        "Lesotho is surrounded by South Africa.",
        "borders: Lesotho > South Africa > -",
    ),
    (
        "Norway is one of the founding members of NATO.",
        "member_of: Norway > NATO > -",
    ),
    (
        "Insurgents backed by Eritrea crossed the river.",
        "ally_of: Insurgents > Eritrea > -",
    ),
    (
        "Chad, independent from France since 1960, votes in May.",
        "independence: Chad > France > -",
    ),
    (
        "A ferry with more than 200 people on board sank off Leyte.",
        "disaster: A ferry > - > -",
    ),
    (
        "Fighting broke out between marines, police and smugglers in the port.",
        "clash: marines > smugglers > -",
    ),
    (
        "Ruria accused the militia of prolonging the war by shelling Tarsus.",
        "attack: the militia > Tarsus > -",
    ),
    (
        "The mayor was charged last year with bribery.",
        "charge: - > The mayor > bribery",
    ),
    # who holds an office
    ("Rosa Hill is now dean of the faculty of law.", "holds_office: Rosa Hill > - > dean"),
    ("It may fall, said Emil Dahl, an analyst with ING Vos.",
     "holds_office: Emil Dahl > ING Vos > analyst"),
    ("Ana Vos won. Vos campaign manager Emil Dahl was glad.",
     "holds_office: Emil Dahl > Vos > campaign manager"),
    ("Ana Vos, a doctor who is chairman of the club, resigned.", "holds_office: Ana Vos > club > chairman"),
    ("Emil Dahl, legal and safety editor at Radio Lima, said so.",
     "holds_office: Emil Dahl > Radio Lima > legal and safety editor"),
    ("The firm's counsel, Emil Dahl of Oslo, said so.", "holds_office: Emil Dahl > firm > counsel"),
    ("Ana Vos, the firm's chairwoman and chief executive, left.",
     "holds_office: Ana Vos > firm > chairwoman and chief executive"),
    ("It fell, said economist Emil Dahl of Lima Bank.", "holds_office: Emil Dahl > Lima Bank > economist"),
    ("Ana Vos MP, the party's secretary, agreed.", "holds_office: Ana Vos > party > secretary"),
    ("Emil Dahl, an executive at Lima Bank, agreed.", "holds_office: Emil Dahl > Lima Bank > executive"),
    # agreements by their nouns
    ("Under an accord with Norway the fishermen stay ashore.", "agreement: - > Norway > an accord"),
    ("The truce between the army and the rebels held.", "agreement: army > rebels > truce"),
    ("Dahl Corp will sell its mine to Vos Ltd in a £3bn deal.", "agreement: Dahl Corp > - > deal"),
    ("Dahl Corp has won the contract to build the bridge.", "agreement: Dahl Corp > - > contract"),
    # a time between a verb and its preposition; words between "'s" and its noun
    ("The minister met on Friday with union leaders.", "meeting: minister > union leaders > -"),
    ("They argued about Ana Vos's unusual 2012 trip to Oslo.", "meeting: Ana Vos > Oslo > -"),
    ("He said that during Ana Vos's visit to Oslo it rained.", "meeting: Ana Vos > Oslo > -"),
    ("Dahl Corp is in talks to sell its mine.", "meeting: Dahl Corp > - > -"),
    ("The town is suing the railway company over the noise.", "charge: town > company > noise"),
    ("The state filed a lawsuit against Dahl Corp.", "charge: state > Dahl Corp > -"),
    ("Ana Vos was first elected in 2008.", "election: Ana Vos > - > -"),
]  # fmt: skip


def claims(text: str) -> list[ClaimCandidate]:
    return EXTRACTOR.extract(Document(text, published=date(2024, 5, 15)))


def _fits(words: str, wanted: str) -> bool:
    return wanted == "-" or wanted.lower() in words.lower()


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_roles_of_an_event(text: str, expected: str) -> None:
    predicate, roles = expected.split(": ", 1)
    subject, target, complement = roles.split(" > ")
    found = [claim for claim in claims(text) if claim.predicate == predicate]
    assert any(
        _fits(claim.subject or "", subject)
        and _fits(claim.object or "", target)
        and _fits(claim.complement or "", complement)
        for claim in found
    ), [(claim.predicate, claim.subject, claim.object, claim.complement) for claim in claims(text)]
    assert all(text[claim.start or 0 :].startswith(claim.quote) for claim in found)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("He fired a shot into the air.", "removed_from_office"),
        ("The striker was dismissed in the second half.", "government_dismissed"),
        ("She suffered a heart attack.", "attack"),
        ("A ceasefire held for a week.", "disaster"),
        ("He has been fighting cancer for years.", "clash"),
        ("The camera captured images of the comet.", "detention"),
        ("The flight is due to arrive at noon.", "reported_cause"),
        ("The street was named after a poet.", "appointed_to_office"),
        ("Markets closed higher on Friday.", "occupation"),
        ("She met her future husband there.", "meeting"),
        ("Riot police stood by.", "riot"),
        ("Earthquake victims received food.", "disaster"),
        ("Unknown assailants fled.", "information_unclear"),
        ("We want to thank our teams.", "announcement"),
        ("The house of Jann Wenner of Rolling Stone was sold.", "attack"),
        ("Several men were arrested after the match.", "detention"),
        ("Residents fear attacks by rebels.", "attack"),
        ("The council spoke after Friday's vote.", "election"),
        ("The firm is in talks about a loan.", "meeting"),
        ("She was relieved and went home.", "removed_from_office"),
        ("The mayor, speaking to Lima Television, said little.", "meeting"),
        ("Two cabinet ministers resigned over the affair.", "government_dismissed"),
        ("The agency dismissed three of them as not credible.", "removed_from_office"),
        ("Protesters used tear gas against police.", "crackdown"),
        ("She grew up before the war.", "clash"),
        ("The opposition demanded the minister's resignation.", "resigned"),
        ("Lawmakers urged the cabinet to declare a state of emergency.", "state_of_emergency"),
        # asked for, tried or supposed, not done
        ("The union urged the king to dismiss the minister, Jan Vos.", "removed_from_office"),
        ("The officers plotted to overthrow President Jan Vos.", "removed_from_office"),
        ("The crowd demanded the resignation of Jan Vos.", "resigned"),
        ("It would act if rebels attacked the city.", "attack"),
        # nouns and adjectives that look like verbs
        ("Overnight air attacks killed five people in the city.", "condemnation"),
        ("A security guard of ousted President Jan Vos spoke.", "removed_from_office"),
        ("Fire service spokesman Jan Vos said the roof was safe.", "removed_from_office"),
        ("Gunmen stormed the school on March 7.", "protest"),
        ("Surgical strikes on military targets continue.", "protest"),
        ("Mr Vos attacked the Labour plans.", "attack"),
        ("The court called an emergency session Monday.", "characterization"),
        ("Prosecutors have opened a case into alleged war crimes.", "accusation"),
        ("A fire would be a catastrophe for the archive.", "disaster"),
        ("The talks failed to clear the air, and the team lost its battle for the title.", "clash"),
        ("The miners died of smoke poisoning at the clinic.", "attack"),
        ("The party lost a no-confidence vote.", "election"),
        ("A police source named him as Emil Dahl.", "appointed_to_office"),
        ("The raid was claimed by the Sons of Anbar.", "accusation"),
        ("He climbed near Athens, in Greece's worst summer.", "located_in"),
        ("The bank has a director on the board, Emil Dahl said.", "holds_office"),
        ("The bond is priced at par, lead manager Dahl Capital said.", "holds_office"),
        ("Emil Dahl, an Oslo lawyer, agreed.", "holds_office"),
        ("Even if Mr. Vos steps down, the vote stands.", "resigned"),
        ("Emil Dahl praised the roads that his predecessor had built.", "succeeded"),
        ("The jet flew over a close ally of France, said Ana Vos.", "ally_of"),
        ("Rain fell in Utah, western Iowa and Ohio.", "located_in"),
        ("Ana Vos was poised to become mayor.", "appointed_to_office"),
        ("She spoke of the pains of being president of the club.", "holds_office"),
        ("The two firms are close to a deal with Norway.", "agreement"),
        ("A merger with Dahl Corp would cost jobs.", "agreement"),
        ("The nurses deal with Norway's sick.", "agreement"),
        ("Ana Vos's charges about the budget were false.", "charge"),
        ("The children of the primary school were set free.", "election"),
        ("Ana Vos defended her vote for the war.", "election"),
    ],
)
def test_other_senses_make_no_claim(text: str, predicate: str) -> None:
    assert predicate not in [claim.predicate for claim in claims(text)]


def test_what_lies_ahead_is_planned() -> None:
    (vote,) = [
        claim for claim in claims("Hungarians go to the polls on 9 June.") if claim.predicate == "election"
    ]
    assert vote.modality == "planned"
    (cuts,) = [claim for claim in claims("Orbix to cut 4,000 jobs in Spain") if claim.predicate == "job_cuts"]
    assert cuts.modality == "planned"


def test_a_day_is_nobody_who_is_attacked() -> None:
    attacks = [
        claim for claim in claims("The missiles fired on Monday fell short.") if claim.predicate == "attack"
    ]
    assert [claim.object for claim in attacks] == [None]


def test_what_was_averted_has_not_happened() -> None:
    told = ("Unions cancelled a strike planned for Friday.", "Drivers scrapped the strike in May.")
    for text in told:
        (strike,) = [claim for claim in claims(text) if claim.predicate == "protest"]
        assert strike.modality == "denied"


def test_a_name_behind_its_country_is_the_place() -> None:
    (deaths,) = [claim for claim in claims("Two died in the Turkish town of Amasra.") if claim.value]
    assert deaths.place == "Amasra"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("A barrel of Brent crude costs $91.", "A barrel of Brent crude"),
        ("Agents say the average price of a flat now stands at £163,000.", "a flat"),
        ("Orla's shares fell to a four-month low of $4.50.", "Orla's shares"),
        ("In Oslo, tickets were $30.", "tickets"),
        ("Drivers pay 95 rupees for a litre of petrol.", "a litre of petrol"),
    ],
)
def test_what_is_priced_is_its_object(text: str, thing: str) -> None:
    (price,) = [claim for claim in claims(text) if claim.predicate == "price"]
    assert price.object == thing


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The shock came with a 14% drop in the value of the krona.", "the value of the krona"),
        ("Reports of deadlocked talks sent its shares down 1.2% on Tuesday.", "its shares"),
    ],
)
def test_what_changes_its_price_is_the_object(text: str, thing: str) -> None:
    (change,) = [claim for claim in claims(text) if claim.predicate == "price_change"]
    assert change.object == thing


def test_a_rate_of_several_countries_has_no_place_that_is_only_likely() -> None:
    text = "Norway's budget was passed. Growth in the eurozone economy slowed to 1.1 percent."
    (growth,) = [claim for claim in claims(text) if claim.predicate == "economic_growth"]
    assert growth.place is None


def test_both_in_a_race_have_a_share() -> None:
    text = "Mrs. Clark leads Mr. Dole among likely voters by 10 points, 49 percent to 39 percent."
    shares = [(claim.subject, claim.value) for claim in claims(text) if claim.predicate == "vote_share"]
    assert shares == [("Clark", "49 percent"), ("Mr. Dole", "39 percent")]


def test_confidence_is_that_of_what_a_claim_was_read_from() -> None:
    (claim,) = [
        claim for claim in claims("Gunmen killed 12 people in Nairobi.") if claim.predicate == "deaths"
    ]
    assert claim.basis == "figure active"
    assert claim.confidence == table().basis["figure active"]
    assert confidence_of("event noun", ["place"]) <= confidence_of("event noun", [])
