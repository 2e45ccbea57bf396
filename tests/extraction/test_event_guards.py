"""What stands between a verb and its roles, and what may fill them: events in less tidy sentences."""

from datetime import date

import pytest

from service.extraction.gazetteer import Gazetteer
from service.extraction.protocol import ClaimCandidate, Document
from service.extraction.rules import RulesExtractor

EXTRACTOR = RulesExtractor(Gazetteer())


def claims(text: str) -> list[ClaimCandidate]:
    return [
        claim
        for claim in EXTRACTOR.extract(Document(text, published=date(2022, 1, 12)))
        if claim.value is None
    ]


# sentence → predicate: subject > object > complement ("-" where nothing is asked; a part of the words)
TOLD = [
    # whoever is told of by a participle, not whom it has for an object
    (
        "Two coaches carrying the dockers were attacked by a mob near Lima.",
        "attack: mob > Two coaches > -",
    ),
    # who did what a noun names, told by "by", "began" and "between"
    ("The envoy deplored looting and raids by masked men.", "attack: masked men > - > -"),
    ("The coalition began bombing in Yemen in 2015.", "attack: The coalition > - > -"),
    ("A raid by the army on a depot in Lima killed three.", "attack: army > depot > -"),
    (
        "Clashes between fighters loyal to the emir and the rebels shook Lima.",
        "clash: fighters > the rebels > -",
    ),
    ("At least 17 dockers rallying against the toll were held.", "protest: 17 dockers > toll > -"),
    ("One herder was shot dead by soldiers.", "attack: soldiers > One herder > -"),
    ("They recalled the envoy's assassination in Lima.", "attack: - > envoy > -"),
    ("The barge capsized east of Lima.", "disaster: barge > - > -"),
    ("Border guards shot and killed a shepherd on Monday.", "attack: Border guards > shepherd > -"),
    ("Hooligans vandalised three kiosks in Quito.", "attack: Hooligans > three kiosks > -"),
    # a time before the preposition
    (
        "Prosecutors in Lodz filed fraud charges on Tuesday against the clinic's owner.",
        "charge: Prosecutors > owner > fraud",
    ),
    (
        "The tribunal handed a suspended sentence late on Monday to the former treasurer, Ola Brandt.",
        "charge: tribunal > Ola Brandt > -",
    ),
    (
        "Chile and Peru put their signatures yesterday to a water treaty.",
        "agreement: Chile > Peru > water treaty",
    ),
    ("The envoy met on Thursday with union leaders in Arusha.", "meeting: envoy > union leaders > -"),
    ("She will meet next week with President Tomas Vrba.", "meeting: - > Tomas Vrba > -"),
    # many names and a full stop are no headline; a headline leaves the verb out
    ("President Imran Vrba met Carla Sand on Monday in Oslo.", "meeting: Imran Vrba > Carla Sand > -"),
    ("Ana Lund re-elected mayor of Lima", "appointed_to_office: - > Ana Lund > mayor of Lima"),
    ("The allies have “jointly agreed on a first step”.", "agreement: The allies > - > first step"),
    ("Both ministers signed the River Action Plan.", "agreement: Both ministers > - > Action Plan"),
    ("The demise of the cabinet came in May.", "government_dismissed: - > cabinet > -"),
    ("He was the third to be sacked.", "removed_from_office: - > He > -"),
    (
        "Carl Sand replaced Ana Lund, who was named on Monday but quit on Friday.",
        "resigned: Ana Lund > - > -",
    ),
    # whose it is
    ("His surprise resignation leaves the club without a coach.", "resigned: His > - > -"),
    ("Her retrial begins in May.", "charge: - > Her > -"),
    # appositions and titles with a full stop
    (
        "The last, health minister Sofia Brandt, had handed in her resignation.",
        "resigned: Sofia Brandt > - > -",
    ),
    ("The president fired Lt. Gen. Piotr Halny on Friday.", "removed_from_office: - > Piotr Halny > -"),
    # lists of states, of which the first stands for all
    ("Chile's Lund Group announced the resignation of Ana Costa.", "resigned: Ana Costa > - > -"),
    (
        "Leaders from Peru, Chile, and Mali deplored the ambush.",
        "condemnation: Leaders from Peru > the ambush > -",
    ),
    ("Lima, Quito and the Andean Bank hailed the accord.", "welcome: Lima > the accord > -"),
    ("The Red Cross, Chad and Mali deplored the ambush.", "condemnation: Red Cross > the ambush > -"),
    # troops that are counted are deployed as well
    ("Oslo has sent 90 engineers and two frigates to the port.", "deployment: Oslo > 90 engineers > -"),
    ("Some 400 guardsmen arrived in Bida on Sunday.", "deployment: - > 400 guardsmen > -"),
    # what a relative clause says was taken or signed
    ("The port, which the rebels captured in May, is empty.", "occupation: rebels > port > -"),
    # any target of what can only be a weapon
    ("A rocket hit a bakery in the old quarter.", "attack: rocket > bakery > -"),
    ("The navy struck militants hiding in a cave.", "attack: navy > militants > -"),
    ("A jet clipped a tanker over the strait.", "disaster: jet > tanker > -"),
    ("A glider overran the runway.", "disaster: - > runway > -"),
    # what bodies own is hit as such
    ("An ambush on a convoy of the Red Cross killed two.", "attack: - > a convoy of the Red Cross > -"),
    # sentences, sales and the end of coalitions
    (
        "A court handed down terms of nine and ten years to two bankers.",
        "charge: A court > two bankers > terms",
    ),
    ("The retailer will sell itself to a rival for $2 billion.", "agreement: retailer > rival > -"),
    ("The coalition fell apart in March.", "government_dismissed: - > The coalition > -"),
    ("Nurses on strike marched to the ministry.", "protest: Nurses > - > -"),
    ("The judges declared Ines Roca the winner of the vote.", "election: Ines Roca > - > -"),
    (
        "Omar Diallo was cheered by crowds and named interim president.",
        "appointed_to_office: - > Omar Diallo > interim president",
    ),
    # titles that say more than a form of address
    (
        "Relief is on its way, health minister Dario Melo said.",
        "holds_office: Dario Melo > - > health minister",
    ),
    # relative clauses between subject and verb
    ("A mob that was angry at the mayor attacked a courthouse.", "attack: mob > courthouse > -"),
    ("Hackers who crippled a chain of pharmacies want money.", "attack: Hackers > pharmacies > -"),
    # whatever is attacked, taken or struck
    ("Separatists attacked the western ridge at dawn.", "attack: Separatists > the western ridge > -"),
    ("Paratroopers retook the northern heights on Sunday.", "occupation: Paratroopers > heights > -"),
    ("The consul was shot dead in front of his house.", "attack: - > consul > -"),
    ("Lava set a chapel on fire on the island.", "disaster: Lava > chapel > -"),
    ("The cyberattack has taken down the servers of a bank.", "attack: - > servers > -"),
    # clauses that a conjunction opens have subjects of their own
    ("The bishop spoke after looters broke into a chapel and torched it.", "attack: looters > it > -"),
    (
        "The mayor hid before soldiers surrounded the hall and arrested the clerk.",
        "detention: soldiers > clerk > -",
    ),
    ("The clerk was arrested on Monday in Arica on charges of theft.", "charge: - > clerk > theft"),
    ("Herders and farmers fought near Kita on Sunday.", "clash: Herders > - > -"),
    ("A drone strike targeted a convoy near the border.", "attack: drone > convoy > -"),
    # whatever is protested; whoever is praised for it; ages without a second comma
    ("Residents protested the closure of the ford on Monday.", "protest: Residents > closure > -"),
    ("Drivers stayed away in protest against the fines.", "protest: Drivers > fines > -"),
    ("She praised the guards for arresting Omar Brandt.", "detention: guards > Omar Brandt > -"),
    ("Cesar Brandt, 56, of Arica was taken into custody on Friday.", "detention: - > Cesar Brandt > -"),
    ("They waited until officers used gas to disperse the crowd.", "crackdown: officers > crowd > -"),
    ("Ministers will govern until the election in May.", "election: - > - > -"),
    ("Police dispersed a group of lawyers.", "crackdown: Police > lawyers > -"),
    ("Two rebels used the split to seize the hill of Arica.", "occupation: Two rebels > Arica > -"),
    ("The gatherers died because of a faulty valve.", "reported_cause: - > gatherers died > valve"),
    ("The opposition came down heavily on the budget.", "condemnation: opposition > budget > -"),
    # deals that are made; whose war it is, and who is only among those who agreed
    ("Peru and Chile made a deal on fishing.", "agreement: Peru > Chile > a deal"),
    (
        "The firms and their rivals including Peru have signed an accord.",
        "agreement: firms > rivals > accord",
    ),
    # datelines without a dash
    ("LIMA (AP) Peru signed an accord with Chile.", "agreement: Peru > Chile > accord"),
    (
        "The head of the Peruvian delegation Ana Costa left.",
        "holds_office: Ana Costa > Peruvian delegation > head",
    ),
    (
        "The fund has lagged the index so far this year, mainly because of its fees.",
        "reported_cause: - > The fund has lagged the index > its fees",
    ),
    # seats of firms, memoranda, whose concerns they are, offices of bodies with a seat
    ("The Holm Group, which is based in Zurich, has forty mills.", "located_in: Holm Group > Zurich > -"),
    ("Lund Airlines signed a MoU with Airbus.", "agreement: Lund Airlines > Airbus > MoU"),
    ("The memo fed lenders’ growing concerns about the delay.", "concern: lenders > the delay > -"),
    (
        "Ana Costa, Zurich-based Lund Airlines' head of sales, resigned.",
        "holds_office: Ana Costa > Lund Airlines > head of sales",
    ),
    # nouns that tell of an event
    ("In June a tremor of 6.1 in the same valley cracked a dam.", "disaster: tremor > - > -"),
    ("A blaze aboard the freighter Astrid cost two stokers their lives.", "disaster: blaze > freighter > -"),
    ("Four warders were hurt in last year's prison riot.", "riot: - > - > -"),
    ("Last year's war over the delta cost thousands of lives.", "clash: - > - > -"),
    ("The next session is scheduled for April in Turin.", "meeting: - > - > -"),
    ("Talks between Ana Ortiz and Jan Vos broke off.", "meeting: Ana Ortiz > Jan Vos > -"),
    ("The king begins a three-day visit to Oslo today.", "meeting: The king > Oslo > -"),
    ("During a visit to Tartu, Ana Kask opened a bridge.", "meeting: Ana Kask > Tartu > -"),
    (
        "Lund Bank is to acquire Sand Insurance for 3 billion francs.",
        "agreement: Lund Bank > Sand Insurance > -",
    ),
    ("The truce, which came into force at midnight, is fragile.", "agreement: - > - > -"),
    ("Lorry drivers entered the third day of a nationwide strike.", "protest: - > - > -"),
    (
        "The deal was signed at a ceremony in the port of Oran by the two energy ministers.",
        "agreement: energy ministers > - > deal",
    ),
    (
        "Villagers blocked the bridge for six hours in anger at the cuts.",
        "protest: Villagers > the cuts > the bridge",
    ),
    ("Thousands marched on Saturday against the law.", "protest: - > the law > -"),
    ("More than 30 people died in the collapse of the Lund shopping centre.", "disaster: - > centre > -"),
    ("Police said a mob broke in and set the town hall ablaze.", "attack: a mob > the town hall > -"),
    (
        "Youths burnt tyres at Tula, where the police held ten and used water cannon.",
        "crackdown: police > - > water cannon",
    ),
    (
        "Police detained the owner of the firm, Abul Sand, and seven others.",
        "detention: Police > Abul Sand > -",
    ),
    ("On Sunday the country elects a new parliament.", "election: - > parliament > -"),
    (
        "Ana Lund stepped down and will be replaced by the envoy to Delhi, Carl Sand.",
        "succeeded: Carl Sand > Ana Lund > -",
    ),
    # weapons, and who is behind the smoke and the fire
    ("Mourners choked on tear gas fired by soldiers near the well.", "crackdown: soldiers > - > tear gas"),
    ("Tank fire hit a school in Arica.", "attack: - > school > -"),
    ("Youths hurled bricks at a tram depot.", "attack: Youths > tram depot > bricks"),
    ("Two porters were killed in a strike on a clinic.", "attack: - > - > -"),
    ("A bombing claimed by Orca wrecked a pier.", "attack: Orca > - > -"),
    ("A bomb tore through the inn. Guests heard a second blast.", "attack: - > - > -"),
    ("Rebels took the town of Kita from the army.", "occupation: Rebels > Kita > -"),
    (
        "An appeals court upheld the conviction of the deputy commissioner of the Arica Port Authority.",
        "charge: - > the deputy commissioner of the Arica Port Authority > -",
    ),
    # pleas and terms
    ("Ana Kask, 31, admitted two drugs offences at the crown court.", "charge: - > Ana Kask > -"),
    ("Ana Kask was locked up for nine years on Friday.", "charge: - > Ana Kask > -"),
    (
        "He appeared in Arica and by way of a translator pleaded guilty to theft.",
        "charge: - > He > theft",
    ),
    ("The clerk, whom the auditors accuse of theft, left.", "accusation: auditors > The clerk > theft"),
    ("A prison mutiny broke out on Sunday.", "riot: - > - > -"),
    ("Russia attacked the country overnight with drones.", "attack: Russia > the country > -"),
    ("The killing was sparked by a row over land.", "reported_cause: - > killing > a row"),
    (
        "The navy said its guns had fired, but did not say where.",
        "information_unclear: The navy > where > -",
    ),
    ("The mayor said her party would not pay the fine.", "announcement: mayor > her party > -"),
    # subjects that stand in the clause behind "after", before "who had to", in a list, with an initial
    (
        "The raid came after hundreds of nurses marched to the palace, demanding better pay.",
        "demand: hundreds of nurses > - > better pay",
    ),
    (
        "Hundreds of locals came out and clashed with the police, who had to use tear gas against them.",
        "crackdown: the police > them > tear gas",
    ),
    (
        "Former guards Ana Kask, Carl Sand and Omar Diallo were charged with theft.",
        "charge: - > Ana Kask > -",
    ),
    (
        "Judge Maria A. Gomez sentenced Carl A. Sand to nine years.",
        "charge: Maria A. Gomez > Carl A. Sand > -",
    ),
    ("Riot police used water cannon on Monday to disperse marchers", "crackdown: police > marchers > -"),
    ("The junta presents the men as instructors.", "characterization: The junta > the men > instructors"),
    # prisons
    ("Inmates at the Arica prison ended a four-day uprising on Sunday.", "riot: - > - > -"),
    ("In that rebellion inmates assumed control of the prison.", "occupation: inmates > the prison > -"),
    ("Ana Kask, 41, was given 6 and 9-year prison sentences for theft.", "charge: - > Ana Kask > theft"),
    # offices and relations
    (
        "The mission, headed by a Mexican diplomat, Carl Sand, left.",
        "holds_office: Carl Sand > The mission > -",
    ),
    (
        "Carl Sand, who is 72 and leads the Liberty Party, left.",
        "holds_office: Carl Sand > Liberty Party > -",
    ),
    ("Ana Lund, head coach of the Lima Rovers, left.", "holds_office: Ana Lund > Lima Rovers > head coach"),
    ("Ana Lund, the presiding judge of the court, left.", "holds_office: Ana Lund > court > presiding judge"),
    ("Ana Lund, publisher of the Lima Herald, left.", "holds_office: Ana Lund > Lima Herald > publisher"),
    (
        "The board named Ana Lund vice-chancellor on Monday.",
        "appointed_to_office: - > Ana Lund > vice-chancellor",
    ),
    ("The council named Ana Lund sheriff on Monday.", "appointed_to_office: - > Ana Lund > sheriff"),
    ("Ana Lund, who heads the bakers' federation, left.", "holds_office: Ana Lund > federation > -"),
    ("Ana Lund, a former member of the upper house, left.", "holds_office: Ana Lund > - > member"),
    ("Ana Lund, the former and future head of the bank, left.", "holds_office: Ana Lund > bank > head"),
    ("The bank's governor since 2014, Carl Sand, left.", "holds_office: Carl Sand > bank > governor"),
    ("Its director is Carl Sand.", "holds_office: Carl Sand > - > director"),
    (
        "The forum's co-chair, Peru's foreign minister Ana Lund, left.",
        "holds_office: Ana Lund > forum > co-chair",
    ),
    ("Four constables have since been suspended.", "removed_from_office: - > constables > -"),
    ("His post goes to a retired general, Carl Sand.", "appointed_to_office: - > Carl Sand > -"),
    ("His place was taken by Ana Lund.", "succeeded: Ana Lund > His > -"),
    ("NATO, which Albania joined in 2009, sent a team.", "member_of: Albania > NATO > -"),
    ("It has been poor since independence from Britain in 1966.", "independence: - > Britain > -"),
    ("Houston-based Lund Airlines shed staff.", "located_in: Lund Airlines > Houston > -"),
    # a title or no comma between an office and a name
    ("Roads are shut, said police spokesman Sgt. Ola Brandt.", "holds_office: Ola Brandt > - > spokesman"),
    ("“Stay away,” says Ola Brandt spokesman of the Red Cross.", "holds_office: Ola Brandt > Red Cross > -"),
    ("A fuel spill fouled the lagoon on Monday.", "disaster: - > - > -"),
    ("The slick of crude in the bay has spread.", "disaster: - > - > -"),
    # a list of names that hang on a noun
    (
        "The governors of Ohio, Iowa and Utah imposed a curfew.",
        "state_of_emergency: The governors of Ohio > - > -",
    ),
    (
        "Bakers in Lima, Quito and Bogota condemned the raid.",
        "condemnation: Bakers in Lima, Quito and Bogota > raid > -",
    ),
    # what crashes or erupts has a name, or stands right before a relative clause
    ("The Embraer 190 crashed on Tuesday.", "disaster: Embraer > - > -"),
    ("Divers found a glove from the ferry that sank.", "disaster: ferry > - > -"),
    ("Mount Sangeang erupted on Tuesday.", "disaster: Mount Sangeang > - > -"),
    ("The bridge's collapse on Monday killed nobody.", "disaster: - > bridge > -"),
    ("Police charged five men over the theft.", "charge: Police > five men > -"),
    ("Olga Lind, a press officer for the county, left.", "holds_office: Olga Lind > county > officer"),
    # spelled as in Britain or in America
    ("The mayor labeled the strikers as vandals.", "characterization: mayor > strikers > vandals"),
    ("The talks were cancelled on Monday.", "meeting: - > talks > -"),
    ("Labour attacked the cabinet for hiding the report.", "condemnation: Labour > cabinet > -"),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_roles_in_context(text: str, wanted: str) -> None:
    predicate, _, roles = wanted.partition(": ")
    found = [claim for claim in claims(text) if claim.predicate == predicate]
    assert found, f"no {predicate}"
    for role, words in zip(("subject", "object", "complement"), roles.split(" > "), strict=True):
        if words != "-":
            assert any(words in (getattr(claim, role) or "") for claim in found), role


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The proposal met on Thursday with scorn.", "meeting"),
        ("The judges overturned the order to sack the minister.", "removed_from_office"),
        ("He is one of five candidates to replace the minister.", "succeeded"),
        ("The ruling has raised fears of unrest.", "riot"),
        ("The king ordered him to sack the minister.", "removed_from_office"),
        ("The greens took control of the House.", "occupation"),
        ("He called the hearing an “attack on reason”.", "attack"),
        ("She had clashed with her deputy, Carl Sand.", "clash"),
        ("The premier fired two cabinet ministers.", "government_dismissed"),
        ("She is a clerk at the Department of Health, Sport and Youth.", "holds_office"),
        ("There is no chance of forming a cabinet.", "government_formed"),
        ("Dissolving parliament is the last choice.", "government_dismissed"),
        ("The law allows envoys to be re-elected.", "election"),
        ("The king ordered them to wait before meeting with officials.", "meeting"),
        ("Oslo lodged complaints and protests to Lima.", "protest"),
        ("Lima expelled two embassy officials.", "removed_from_office"),
        ("Peru holds the rotating presidency of the bloc.", "election"),
        ("Backbenchers gathered signatures for his removal.", "removed_from_office"),
        ("Lava set a chapel on fire on the island.", "attack"),
        ("Waves pounded the pier.", "attack"),
        ("The senator attacked the ridge motorway plan.", "attack"),
        ("The investors took control of the company.", "occupation"),
        ("Twelve people were held over riots.", "riot"),
        ("The bloc wants to resolve the conflicts of the region.", "clash"),
        ("She won her fight for a pension.", "clash"),
        ("The police were told to fire on the crowd.", "disaster"),
        ("Tourists pay for a visit to Lima.", "meeting"),
        ("Carl Sand walked out of the coalition in May.", "protest"),
        ("The collapse of the coalition surprised nobody.", "disaster"),
        ("Inmates took two guards hostage and lit fires.", "disaster"),
        ("A march led by Carl Sand reached the square.", "holds_office"),
        ("I hold the president responsible.", "detention"),
        ("It will shut the furnaces and replace them with a new one.", "succeeded"),
        ("Guards on both banks fired mortars at each other.", "attack"),
        ("The American president telephoned.", "meeting"),
        ("The air force flies 36 aircraft of this maker.", "deployment"),
        ("She told 22,000 members of the Self-Defence Forces to stand by.", "member_of"),
        ("Carl Sand is accused of having led a criminal organisation.", "holds_office"),
        ("The government is fighting Lund Tobacco in court.", "clash"),
        ("The attackers have not been arrested yet.", "detention"),
        ("The gang fled after looting and burning homes.", "riot"),
        ("The union vowed to fight planned job cuts.", "clash"),
        ("Access to the valley was blocked by landslides.", "internet_shutdown"),
        ('The bishop called the policy "a massacre" of hope.', "attack"),
        ("Officers named them as the driver of a van and a farmer.", "appointed_to_office"),
        ("Echo Dawson, a small publisher, prints maps.", "holds_office"),
        ("The party campaigns for independence from Spain.", "independence"),
        ("Carl Sand, who runs marathons, left.", "holds_office"),
        # fought for, over and about
        ("The senator has fought against the bill for years.", "clash"),
        ("Two ministries are locked in a battle over who pays for the ferry.", "clash"),
        ("The agency said it does not engage in price fixing.", "clash"),
        ("The party is targeting voters under thirty.", "attack"),
        ("The party took back the senate in the election.", "occupation"),
        # nouns and names that look like verbs
        ("The Arica jail superintendent Marta Silva spoke.", "detention"),
        ("Radio Arica host Pedro Luna left.", "meeting"),
        ("The Federal Election Commission met on Monday.", "election"),
        ("The third accused, a clerk, was freed on bail.", "accusation"),
        ("The firm made several requests of the ministry.", "request"),
        ("The port grew from a relative unknown into a giant.", "information_unclear"),
        ("The mayor met protesting residents.", "protest"),
        ("A group of pupils gathered at the gate.", "meeting"),
        ("She will keep fighting for the issues that matter.", "clash"),
        ("It was an attack on our democracy.", "attack"),
        ("The toy bomb was found in a cellar.", "attack"),
        ("Aid workers sat in bunkers because of the shelling.", "reported_cause"),
        ("The crew did not sail because of the storm.", "reported_cause"),
        # what happens time and again
        ("Such rallies can turn violent.", "riot"),
        ("Foreign shops are often attacked in this quarter.", "attack"),
        ("The minister claimed that the troops are often attacked.", "accusation"),
        # nobody's doing, no war
        ("The air strikes and mortar shelling went on for days.", "protest"),
        ("The mayor telephoned Reuters on Monday.", "meeting"),
        ("Boys threw stones into the river.", "attack"),
        ("The recruit took the job from his brother.", "occupation"),
        ("The consul claimed that his guards had burned the letters.", "accusation"),
        ("A warden shot him upon being asked to stop.", "request"),
        ("The roads stay shut until the culprits are arrested.", "detention"),
        ("The villagers asked that the mayor be arrested.", "detention"),
        ("The union demanded that Carl Sand be removed from office.", "removed_from_office"),
        ("The delta is often hit by floods.", "disaster"),
        ("Gas explosions in mines are often caused by sparks.", "disaster"),
        ("Landslides kill hundreds in these hills every year.", "disaster"),
        ("Crews built a wall to protect against flooding in the valley.", "disaster"),
        ("The delay was due to fault in the signals.", "condemnation"),
        ("Rebels attacked the town for two days.", "condemnation"),
        ("The lab had been expecting an eruption since May.", "disaster"),
        ("The village is safe from the threat of violence.", "riot"),
        ("The stadium erupted in cheers.", "disaster"),
        ("The institute raised the alert level to three.", "warning"),
        ("The climbers reached the summit of Mount Sollu.", "meeting"),
        # what something is likened to, and bodies that are named after disasters
        ("It looked like a bomb had gone off, the cook said.", "attack"),
        ("It was as if an earthquake had struck the kitchen.", "disaster"),
        ("It was the Lund Earthquake Research Centre that found and mended the broken clock.", "disaster"),
        ("The guards did not allow lawyers to meet the president.", "meeting"),
        ("The activists tried to stage a march on Sunday.", "protest"),
        ("They were dumped outside the city by their captors.", "removed_from_office"),
        ("The guards were not called immediately the fire started.", "characterization"),
        ("The envoy said the crew were in their cabins and “all is calm”.", "characterization"),
        ("The firm admitted mistakes in its accounts.", "charge"),
        ("Two cooks were killed in a district claimed by the rebels.", "attack"),
        ("Jurors asked whether the charge applies to them.", "request"),
        ("“I would submit to you that he is guilty,” counsel Ana Kask said.", "announcement"),
        ("Crowds gathered after the party backtracked on promised reforms.", "announcement"),
        ("Six guards died in an ambush of a convoy heading for Arica.", "deployment"),
        ("Inmates at the Arica prison ended a four-day uprising on Sunday.", "protest"),
        ("A strike on a “bandit camp” not far from Kita neutralized nine men.", "protest"),
        ("In that rebellion inmates assumed control of the prison.", "appointed_to_office"),
        # what ought to be, what is wanted, what is supposed
        ("The minister must resign, the union said.", "resigned"),
        ("The regulator should have condemned the raid.", "condemnation"),
        ("The company wants to build a plant in Arica.", "announcement"),
        ("Crowds gathered to demand the arrest of the constable.", "detention"),
        ("The term is shorter if the accused pleads guilty.", "charge"),
        ("The government has demonstrated that it can rule.", "protest"),
        ("The mayor held a news conference on Monday.", "meeting"),
        ("The strikers are set to march on the party's conference.", "meeting"),
        ("The union's head said they would quit if no vote was called.", "resigned"),
        ("Lia Soto was pulled from the rubble.", "removed_from_office"),
        ("Madrid recalled its envoy from Quito.", "removed_from_office"),
        ("The plan would have been a massacre.", "attack"),
        ("They fled a grass fire at the lake.", "attack"),
        ("The rebels have fought to bring down the government.", "government_dismissed"),
        ("Masked men opened fire on a vigil.", "crackdown"),
        ("The cabinet weighs strikes on Iran.", "protest"),
        ("The hostages walked out unharmed.", "protest"),
        ("France keeps 400 soldiers near the border.", "deployment"),
        ("Captain Dario Melo said the ship was safe.", "holds_office"),
        ("The carrier will reinstate routes, while Dario Melo sells three jets.", "appointed_to_office"),
        ("Lund Airlines was named in a lawsuit.", "appointed_to_office"),
        ("It is a test for newly elected mayor Jane Doe.", "appointed_to_office"),
        ("Drivers ignored calls by their union for a strike over pay.", "protest"),
        ("He took responsibility for the loss.", "attack"),
        ("“Has there ever been a budget that does not disclose the debt?” he said.", "information_unclear"),
        ("“Has there ever been a budget that does not disclose the debt?” he said.", "characterization"),
        ("“We implore our leaders to reach a compromise,” the airline said.", "agreement"),
        ("The envoy wants both armies to sign a truce.", "agreement"),
        ("They called for a renewal of the Wage Support Scheme.", "support_requested"),
        ("“The growth that we hope for is based on exports,” Jane Doe said.", "assessment"),
        ("“It is the miners who built the town,” she said.", "characterization"),
        ("The bank fought a tug of war with its chairman.", "clash"),
        ("She had to weather the storm.", "disaster"),
        ("The group will meet rising demand, said Dario Melo, its chief engineer.", "meeting"),
        ("The plan needed a majority of the votes.", "election"),
        ("The fall was welcome news for savers.", "welcome"),
        ("Police foiled an attack on the mint.", "attack"),
        ("Ruritania launched a retaliatory strike on the port.", "protest"),
        ("The former fire chief Dario Melo was there.", "holds_office"),
    ],
)
def test_look_alikes_make_no_event(text: str, predicate: str) -> None:
    assert predicate not in [claim.predicate for claim in claims(text)]


def test_each_person_is_told_apart() -> None:
    found = claims("Jane Doe and Carl Sand were arrested in Lima.")
    assert [claim.object for claim in found if claim.predicate == "detention"] == ["Jane Doe", "Carl Sand"]


def test_what_is_used_to_scatter_a_crowd_is_used() -> None:
    (crackdown,) = [
        claim
        for claim in claims("Riot police used water cannon on Monday to disperse marchers")
        if claim.predicate == "crackdown"
    ]
    assert crackdown.modality == "asserted"


def test_a_newspaper_is_not_jailed_with_its_editor() -> None:
    found = claims("Jane Doe, editor of the Carl Sand Review, was arrested in Lima.")
    assert [claim.object for claim in found if claim.predicate == "detention"] == ["Jane Doe"]


def test_an_attack_and_whom_it_killed_are_one() -> None:
    found = claims("Gunmen stormed an inn, injuring a guard and two cooks and then killing the owner.")
    assert [claim.object for claim in found if claim.predicate == "attack"] == ["an inn"]
    found = claims(
        "A bomber killed 17 people and hurt 31 on Monday in Arica, in an attack that nobody foresaw."
    )
    assert [claim.object for claim in found if claim.predicate == "attack"] == ["17 people"]


def test_a_dateline_is_no_place_that_is_told() -> None:
    (quake,) = [
        claim
        for claim in claims("MANILA, Feb 26 - A powerful earthquake shook Samar on Wednesday.")
        if claim.predicate == "disaster"
    ]
    assert quake.place == "Samar"


def test_whose_president_she_is_tells_no_place() -> None:
    (meeting,) = [
        claim
        for claim in claims("Peru's President Jane Doe met her counterpart Carl Sand at a summit in Quito.")
        if claim.predicate == "meeting"
    ]
    assert meeting.place == "Quito"


def test_an_adjective_of_a_place_is_no_name() -> None:
    (taken,) = [
        claim
        for claim in claims("Ruritania-backed fighters retook the northern heights.")
        if claim.predicate == "occupation"
    ]
    assert taken.subject == "Ruritania-backed fighters"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("We will hold a rally in Lima, said the dockers.", "planned"),
        ("Unions plan mass rallies in Lima.", "planned"),
        ("Up to 900 dockers could take part in a strike in Lima.", "planned"),
        ("Marches against the toll are set to take place in Lima.", "planned"),
        ("The dockers refused to join a strike in Lima.", "denied"),
        ("The minister denied any role in the bombing of the convoy.", "reported"),
        ("The minister denied the bombing of the convoy.", "denied"),
        ("Prosecutors blamed the gang for the raid on the depot.", "reported"),
        ("A raid on a depot killed two as Lima prepares for next month's fair.", "asserted"),
    ],
)
def test_what_a_noun_names_is_as_sure_as_its_verb_says(text: str, modality: str) -> None:
    (event,) = [claim for claim in claims(text) if claim.predicate in ("protest", "attack")]
    assert event.modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "Senator Ana Costa attacked Carl Sand over the tax plan.",
        "The candidate went on the offensive over his rival's record.",
        "Ana Costa clashed with Carl Sand in the debate.",
        "Governor Ana Costa spoke at Carl Sand's rally in Lima.",
        "A bomb alert at the fair turned out to be a hoax.",
        "The new fare system is a disaster, the mayor said.",
        "The guide drove the tourists to the coast.",
        "The rule clashes with their faith.",
        "The ministry has done little to fight extremists.",
        "The quake relief drew an avalanche of questions.",
        # much of something, and what falls without a wall
        "A deluge of complaints hit the broadcaster on Monday.",
        "An explosion of anger followed the verdict on Tuesday.",
        "The collapse of Norda Bank in 2001 cost savers dear.",
        "The crash of 2008 hit lenders across the country.",
        "The club's trophy drought ended on Sunday.",
        "The remark caused a storm in Lima on Monday.",
        # verbs of force without any
        "The ruling strikes at the heart of the law, the lawyer said.",
        "Backbenchers rallied behind the premier on Monday.",
        "Reporters bombarded the mayor with questions on Monday.",
        "The actress was mobbed by fans at the airport in Lima.",
        "Ana Costa stormed to victory in Oslo on Sunday.",
    ],
)
def test_quarrels_and_figures_of_speech_are_no_events(text: str) -> None:
    told = {claim.predicate for claim in claims(text)}
    assert told.isdisjoint(("attack", "clash", "protest", "disaster", "crackdown"))


@pytest.mark.parametrize(
    "text",
    [
        "An explosion of gas in Lima killed three on Monday.",
        "A deluge of rain hit the coast on Monday.",
        "The collapse of the Torko Bridge killed three on Monday.",
        "The collapse of a bank building in Lima killed three.",
        "The eruption of Mount Torko buried the village in 1902.",
    ],
)
def test_the_same_words_of_gas_rain_and_walls_are_disasters(text: str) -> None:
    assert [claim.predicate for claim in claims(text)] == ["disaster"]


def test_a_verb_s_object_is_never_a_pronoun_that_begins_a_clause() -> None:
    text = "The board received a letter from Ana Costa confirming she would not bid for the post."
    assert "appointed_to_office" not in [claim.predicate for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Chatline has banned adverts for loans on Facebook.", "internet_shutdown"),
        ("Facebook has banned adverts for loans.", "internet_shutdown"),
        ("Capital spending fell to 962 million dollars.", "occupation"),
        ("The rebels agreed to take part in talks in Lima.", "occupation"),
        ("Kidnappers seized a director in Lima.", "detention"),
        ("Ana Costa won the race from pole position in Monza.", "election"),
        ("The director quit smoking in 2003.", "resigned"),
        ("The mayor stopped by to greet the director at the airport.", "detention"),
    ],
)
def test_what_no_ruler_and_no_army_did(text: str, predicate: str) -> None:
    assert predicate not in [claim.predicate for claim in claims(text)]
