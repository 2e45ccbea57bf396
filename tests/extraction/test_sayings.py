"""Statements: who demands, warns, blames, calls something what, and what is no statement at all."""

import pytest

from service.extraction.gazetteer import Gazetteer
from service.extraction.protocol import ClaimCandidate, Document
from service.extraction.rules import RulesExtractor

EXTRACTOR = RulesExtractor(Gazetteer())

# sentence → predicate: subject > object > complement ("-" where it does not matter; parts of the words)
SAID = [
    (
        "The ministry said exports would probably fall.",
        "assessment: ministry > exports > would probably fall",
    ),
    ("Farmers' unions appealed to both sides to reopen the port.", "demand: unions > both sides > to reopen"),
    ("The senator told the miners to go home.", "demand: senator > the miners > to go home"),
    ("The mayor said she was heartbroken.", "concern: mayor > - > -"),
    ("Copper slid on fears that mines would close.", "concern: - > mines would close > -"),
    ("Shares fell amid savers' worries about debt.", "concern: savers > debt > -"),
    ("The opposition has grave concerns over the bill.", "concern: opposition > the bill > -"),
    ("It is feared that the dam may burst.", "concern: - > the dam may burst > -"),
    ("Traders said prices this year may fall.", "assessment: Traders > prices > may fall"),
    (
        "The analyst said she believed the strike would end soon.",
        "assessment: analyst > the strike > would end soon",
    ),
    ("The ministry was uncertain whether the road would open.", "information_unclear: - > whether > -"),
    (
        "“It is late, and we no longer believe that the strike will end,” Ines Duarte said.",
        "assessment: Ines Duarte > - > the strike will end",
    ),
    ("Thousands marched through Quito to demand cheaper fuel.", "demand: Thousands > - > cheaper fuel"),
    ("Ana Ruiz said mayors should not have a veto.", "demand: Ana Ruiz > mayors > not have a veto"),
    ("Nurses staged a rally outside the clinic demanding leave.", "demand: Nurses > - > leave"),
    ("Few heard Omar Diallo's call for a truce.", "demand: Omar Diallo > - > a truce"),
    ("The bank said its debts would be repaid in May.", "announcement: The bank > its debts would be > -"),
    ("“I will be asking the king,” Ana Ruiz said.", "announcement: Ana Ruiz > I will be asking > -"),
    ("The bishop has been critical of the sale.", "condemnation: The bishop > the sale > -"),
    ("The union took the mayor to task.", "condemnation: The union > the mayor > -"),
    (
        "“The wells are dry, and we should share the river,” Ana Ruiz said.",
        "demand: Ana Ruiz > - > we should",
    ),
    ("The boats that you send to our bay must be recalled, the king said.", "demand: king > - > be recalled"),
    ("Ana Ruiz is being urged to reopen the port.", "demand: - > Ana Ruiz > to reopen"),
    ("Omar Diallo took to the radio on Friday to thank the nurses.", "welcome: Omar Diallo > the nurses > -"),
    ("She went on to accuse the guild of greed.", "accusation: She > the guild > greed"),
    ("The lawsuit says the bank hid the fees.", "accusation: The lawsuit > the bank > hid the fees"),
    ("Two clerks accused of theft have fled.", "accusation: - > Two clerks > theft"),
    ("The king has pardoned a guard he had accused of theft.", "accusation: he > a guard > theft"),
    ("Ana Ruiz, the mayor, blamed the council for the delay.", "accusation: Ana Ruiz > the council > delay"),
    (
        "“We call for the release of the crew,” said Ines Duarte.",
        "demand: Ines Duarte > - > release of the crew",
    ),
    ("“If you live by the river, you need to leave,” the mayor said.", "demand: the mayor > - > you need"),
    ("The opposition sought the minister's resignation.", "demand: The opposition > - > resignation"),
    ("The bishops renewed their call for a truce.", "demand: The bishops > - > a truce"),
    (
        "The council must act, Foreign Minister Lena Holm said.",
        "demand: Lena Holm > The council > must act",
    ),
    ("Ana Ruiz asked the police to look into the sale.", "request: Ana Ruiz > the police > to look into"),
    ("The government asked donors for $30 million.", "support_requested: government > donors > $30"),
    ("The union pleaded for reinforcements.", "support_requested: union > - > reinforcements"),
    (
        "Lawmakers blamed the collapse on shoddy concrete.",
        "reported_cause: Lawmakers > the collapse > concrete",
    ),
    ("Rescuers blame the rains for the landslide.", "reported_cause: Rescuers > the landslide > the rains"),
    ("The ministry blamed the raid on armed herders.", "accusation: ministry > armed herders > the raid"),
    (
        "The raid, which officials attribute to smugglers, killed two.",
        "accusation: officials > smugglers > raid",
    ),
    ("Many shops closed because of the looting.", "reported_cause: - > Many shops closed > the looting"),
    ("The army claimed that rebels had shelled the market.", "accusation: The army > rebels > shelled"),
    ("Ana Ruiz called the raid shameful.", "characterization: Ana Ruiz > the raid > shameful"),
    ("The chancellor termed the law “a disgrace”.", "characterization: chancellor > the law > a disgrace"),
    (
        "“These arrests are unlawful,” said Omar Diallo.",
        "characterization: Omar Diallo > These arrests > unlawful",
    ),
    (
        "“Hungary is turning into a fortress,” Ana Ruiz told reporters.",
        "characterization: Ana Ruiz > Hungary > a fortress",
    ),
    (
        "He resigned over what the speaker, Ana Ruiz, called the worst scandal in years.",
        "characterization: Ana Ruiz > worst scandal > worst scandal",
    ),
    ("The senator likened the plan to a lottery.", "characterization: senator > the plan > a lottery"),
    ("Villagers complained that the army had come late.", "condemnation: Villagers > the army > -"),
    ("The defence faulted the verdict.", "condemnation: The defence > the verdict > -"),
    ("The opposition rejected the results.", "condemnation: The opposition > the results > -"),
    ("“We are alarmed by the shortages,” said Omar Diallo.", "concern: Omar Diallo > the shortages > -"),
    ("Residents of Torrevieja fear for their jobs.", "concern: Residents > their jobs > -"),
    ("Ana Ruiz thanked the crew for its courage.", "welcome: Ana Ruiz > courage > -"),
    (
        "The size of the debt has yet to be established.",
        "information_unclear: - > size of the debt > -",
    ),
    ("Omar Diallo said no motive had been established.", "information_unclear: Omar Diallo > no motive > -"),
    ("Hydrologists say the dam could overflow.", "assessment: Hydrologists > the dam > could overflow"),
    ("The weather office issued a red alert for the coast.", "warning: weather office > alert > -"),
    ("Ana Ruiz told ministers to inspect every plant.", "demand: Ana Ruiz > ministers > inspect every plant"),
    ("“Bring your papers,” he urged the tenants.", "demand: - > the tenants > papers"),
    ("The bishop appealed for calm.", "demand: The bishop > - > calm"),
    ("Detectives appealed for witnesses.", "request: Detectives > - > witnesses"),
    ("The trader put the fall down to weak demand.", "reported_cause: trader > the fall > weak demand"),
    ("Investigators suspect a leak in the main.", "reported_cause: Investigators > - > a leak"),
    ("Police said they suspect arson.", "reported_cause: - > - > arson"),
    ("The bureau blamed dearer bread.", "reported_cause: The bureau > - > dearer bread"),
    (
        "A fault in the signals was found to have caused the crash.",
        "reported_cause: - > the crash > A fault in the signals",
    ),
    (
        "The union described plans to close the mill, with the loss of 50 jobs, as “vandalism”.",
        "characterization: The union > plans to close > vandalism",
    ),
    (
        "“We are an island of calm,” Omar Diallo said.",
        "characterization: Omar Diallo > - > an island of calm",
    ),
    ("The closure angered unions.", "concern: unions > The closure > -"),
    ("Omar Diallo said he was particularly worried about the wells.", "concern: Omar Diallo > the wells > -"),
    ("President Omar Diallo warned on Friday of deadly floods.", "warning: Omar Diallo > deadly floods > -"),
    ("Officials could not explain the gap.", "information_unclear: Officials > the gap > -"),
    ("The station later took the story down.", "statement_withdrawn: The station > the story > -"),
    ("Residents accused her of lying.", "accusation: Residents > her > lying"),
    ("A decree that lawyers have condemned is in force.", "condemnation: lawyers > A decree > -"),
    (
        "It was a step that Ana Ruiz called indispensable.",
        "characterization: Ana Ruiz > a step > indispensable",
    ),
    ("Crashes are common, which experts put down to fog.", "reported_cause: experts > - > fog"),
    ("An unspecified number escaped.", "information_unclear: - > - > -"),
    ("Ana Ruiz warned banks of fines should they help.", "warning: Ana Ruiz > fines > -"),
    # what is not known or not told
    ("Nobody on the island could say why the pier gave way.", "information_unclear: - > why the pier > -"),
    ("The refinery would not disclose the price.", "information_unclear: The refinery > the price > -"),
    ("No faction has claimed responsibility for the blast.", "information_unclear: - > - > -"),
    ("How many it carried, the ferry company did not say.", "information_unclear: company > - > -"),
    ("It was far too early to say who had won.", "information_unclear: - > who had won > -"),
    # adverbials and asides between a verb and its parts
    ("Ines Duarte appealed on Facebook for blankets.", "demand: Ines Duarte > - > blankets"),
    (
        "The miners demanded, through their lawyer, to be let down again.",
        "demand: The miners > - > to be let down",
    ),
    ("The islanders asked for up to $4 million in aid.", "support_requested: islanders > - > aid"),
    (
        "Latvia attributed three raids on the port's computers to a gang of smugglers.",
        "accusation: Latvia > a gang of smugglers > three raids",
    ),
    ("The kidnappers want $2 million for the pilot.", "demand: The kidnappers > - > million"),
    ("Dockers want the governor, Omar Diallo, to go.", "demand: Dockers > Omar Diallo > to go"),
    ("There have been calls for calm in the port.", "demand: - > - > calm"),
    ("The crash followed complaints about the brakes.", "condemnation: - > the brakes > -"),
    ("Farmers shouted that the minister must resign.", "demand: Farmers > the minister > must resign"),
    (
        "Voters may have tired of the party, according to analyst Ines Duarte.",
        "assessment: Ines Duarte > Voters > may have tired",
    ),
    # labels
    ("The regulator called that “a sham”.", "characterization: The regulator > that > a sham"),
    (
        "A court, whose reasoning Judge Ines Duarte described as “absurd”, had freed them.",
        "characterization: Ines Duarte > reasoning > absurd",
    ),
    ("“The road remains impassable,” said Ines Duarte.", "characterization: Ines Duarte > road > impassable"),
    ("The court struck out leaflets it termed hateful.", "characterization: it > leaflets > hateful"),
    (
        "The island's rulers, allied with Lima since 2019, dismiss such talk as “nostalgia”.",
        "characterization: rulers > such talk > nostalgia",
    ),
    ("“We will appeal,” said Ines Duarte.", "announcement: Ines Duarte > We will appeal > -"),
    # whose statement it is
    (
        "The dockers' union, whose members fear for their posts, demanded a new vote.",
        "demand: The dockers' union > - > a new vote",
    ),
    (
        "Bakers, who say that each loaf costs them money, given what flour costs since the war began, "
        "warned of empty shelves.",
        "warning: Bakers > empty shelves > -",
    ),
    (
        "The auditor's office, which is looking into whether Diallo lied, summoned him and asked him to "
        "bring his accounts.",
        "request: The auditor's office > him > to bring",
    ),
    ("The West African bloc ECOWAS condemned the coup.", "condemnation: ECOWAS > the coup > -"),
    (
        "The party's spokesman, Omar Diallo, praised the judges and said that talks would go on.",
        "welcome: Omar Diallo > the judges > -",
    ),
    (
        "The mayor of Lyon, Omar Diallo, said he was shaken and thanked the nurses.",
        "welcome: Omar Diallo > the nurses > -",
    ),
    (
        "Chief prosecutor Omar Diallo, who was visiting Lyon, condemned the raid.",
        "condemnation: Omar Diallo > the raid > -",
    ),
    # of whom something is asked
    ("Residents were urged to stay indoors.", "demand: - > Residents > to stay indoors"),
    ("The tenants were ordered by the mayor to leave.", "demand: the mayor > The tenants > to leave"),
    (
        "The dockers' union said it had asked the firm for talks.",
        "request: dockers' union > the firm > talks",
    ),
    (
        "Latvia asked Norway, a close ally with ships of its own, to help guard the cable.",
        "support_requested: Latvia > Norway > help",
    ),
    ("The kidnappers had asked for ten million dollars.", "demand: The kidnappers > - > ten million dollars"),
    ("Omar Diallo insisted that the border be opened.", "demand: Omar Diallo > the border > be opened"),
    ("“Stop hitting families,” Omar Diallo told a rally.", "demand: Omar Diallo > - > Stop hitting families"),
    ("The mayor said everyone had to save water.", "demand: The mayor > everyone > save water"),
    # whoever is blamed, and what
    (
        "Omar Diallo blamed the defeat squarely on Ana Ruiz.",
        "accusation: Omar Diallo > Ana Ruiz > the defeat",
    ),
    (
        "Farmers put the blame for the poor crop on the frost.",
        "reported_cause: Farmers > the poor crop > frost",
    ),
    (
        "The doctor linked the deaths of five people to the heat.",
        "reported_cause: doctor > the deaths > the heat",
    ),
    ("Detectives suspect a candle.", "reported_cause: Detectives > - > a candle"),
    ("Passengers rushed aft, causing the ferry to capsize.", "reported_cause: - > the ferry > rushed aft"),
    ("Ten were hurt in riots blamed on gang rivalry.", "reported_cause: - > riots > gang rivalry"),
    (
        "A short circuit is believed to be the cause of the blaze.",
        "reported_cause: - > blaze > A short circuit",
    ),
    ("The embargo led to shortages of flour.", "reported_cause: - > shortages > The embargo"),
    ("Omar Diallo retorted that the firm had betrayed him.", "accusation: Omar Diallo > the firm > betrayed"),
    ("Residents were warned of flash floods.", "warning: - > flash floods > -"),
    ("Officials feared toxic fumes.", "concern: Officials > toxic fumes > -"),
    ("Critics say the law is too vague.", "characterization: Critics > the law > vague"),
    (
        "“India will need jets; we intend to build half of them,” Omar Diallo said.",
        "announcement: Omar Diallo > we intend to build > -",
    ),
    ("He gave the rebels until Monday to lay down their arms.", "demand: He > the rebels > lay down"),
    ("Neither figure could be verified.", "information_unclear: - > Neither figure > -"),
    (
        "Ana Ruiz declared Mr Diallo “irrelevant” after the raid.",
        "characterization: Ana Ruiz > Diallo > irrelevant",
    ),
    ("Omar Diallo has called the case political revenge.", "characterization: Diallo > the case > political"),
    # speakers in longer phrases
    (
        "The mission in Lima, headed by a diplomat, Ana Ruiz, called for calm.",
        "demand: The mission in Lima > - > calm",
    ),
    ("The kidnappers had at first demanded a car.", "demand: The kidnappers > - > a car"),
    (
        "The Farmers' Protection Union accused the state of a cover-up.",
        "accusation: Farmers' Protection Union > the state > a cover-up",
    ),
    (
        "Ana Ruiz, the head of the league, a body of eight states, called for calm.",
        "demand: Ana Ruiz > - > calm",
    ),
    (
        "A militia with which the state fell out in May announced that it would disarm.",
        "announcement: A militia > it would disarm > -",
    ),
    ("The zoo said it would stay shut.", "announcement: The zoo > it would stay shut > -"),
    ("Both men say that they are innocent and will appeal.", "announcement: Both men > will appeal > -"),
    ("“It runs well,” the clerk says, calling it a “triumph”.", "characterization: the clerk > it > triumph"),
    (
        "The blaze, described by the mayor, Ana Ruiz, as a “monster”, is out.",
        "characterization: Ana Ruiz > The blaze > monster",
    ),
    (
        "Ana Ruiz described the ruling, which came on Friday, as a slap in the face.",
        "characterization: Ana Ruiz > the ruling > a slap",
    ),
    ("Omar Diallo said the deal would cost jobs.", "assessment: Omar Diallo > the deal > would cost jobs"),
    ("Ana Ruiz dismissed as “lies” claims by the guild.", "characterization: Ana Ruiz > claims > “lies”"),
    ("Ana Ruiz denounced as illegal the order to leave.", "condemnation: Ana Ruiz > the order > -"),
    ("“We are going to close the mill,” Ana Ruiz said.", "announcement: Ana Ruiz > close the mill > -"),
    (
        "Omar Diallo said Ines is late and accused the guild of theft.",
        "accusation: Omar Diallo > guild > theft",
    ),
    ("The mayor's warning that the dam may burst was heard.", "warning: The mayor > the dam may burst > -"),
    ("The guild does not recognise the result of the vote.", "condemnation: The guild > the result > -"),
    ("Guards fired at men alleging the vote had been rigged.", "accusation: men > the vote > -"),
    ("The fee, a step announced by Ana Ruiz, is high.", "announcement: Ana Ruiz > The fee > -"),
    ("The agency has not yet confirmed the cause.", "information_unclear: The agency > the cause > -"),
    ("There was widespread anger at the sale.", "concern: - > the sale > -"),
    ("More details on the losses were not immediately available.", "information_unclear: - > details > -"),
    ("The cause of the blast is being investigated.", "information_unclear: - > blast > -"),
    (
        "“My main worry is that nobody will come,” Omar Diallo said.",
        "concern: Omar Diallo > nobody will come > -",
    ),
    ("Police had no estimate of the losses.", "information_unclear: - > no estimate > -"),
    ("No reason was given for the delay.", "information_unclear: - > reason > -"),
]


def test_a_quotation_that_goes_on_says_whose_statements_it_makes() -> None:
    text = "“We lost the bridge,” Ines Duarte said. “We call on the army to leave. The plan is a disgrace.”"
    said = [(claim.predicate, claim.subject) for claim in candidates(text)]
    assert ("demand", "Ines Duarte") in said
    assert ("characterization", "Ines Duarte") in said


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_whose_statement_it_is_and_about_what(text: str, expected: str) -> None:
    predicate, roles = expected.split(": ", 1)
    found = [claim for claim in candidates(text) if claim.predicate == predicate]
    assert len(found) == 1, found
    filled = (found[0].subject, found[0].object, found[0].complement)
    for wanted, part in zip(roles.split(" > "), filled, strict=True):
        assert wanted == "-" or wanted in (part or ""), (wanted, filled)


NOT_SAID = [
    ("“Who is going to pay for this?” asked Omar Diallo.", "request"),
    ("“They want us to foot the bill,” said Omar Diallo.", "demand"),
    ("As he has promised Oslo, the fleet will shrink.", "announcement"),
    ("The commission declared Ines Duarte the winner of the race.", "announcement"),
    ("The clinic closed for want of nurses.", "demand"),
    ("The witness did not want his name to be printed.", "demand"),
    ("The two sides agreed that all guns should be handed over.", "demand"),
    ("“Give me a year and I will mend it,” Omar Diallo said.", "demand"),
    ("The minister spoke of “three hundred people who will starve”.", "characterization"),
    ("The officer asked not to be named.", "request"),
    ("Officials have not said whether they will retry the case.", "announcement"),
    ("Twelve miners are feared dead.", "concern"),
    ("Dozens feared missing after the slide.", "concern"),
    ("A spokesman declined to comment.", "information_unclear"),
    ("The mayor was not immediately available for comment.", "information_unclear"),
    ("He spoke of a fear of the unknown.", "information_unclear"),
    ("The governor ordered flags to be flown at half-mast.", "demand"),
    ("The airline has ordered 20 jets.", "demand"),
    ("Ottawa promised $3 million for the clean-up.", "announcement"),
    ("Twenty activists are behind bars.", "accusation"),
    ("The ferry is due to arrive on Monday.", "reported_cause"),
    ("Omar Diallo said he was a student.", "characterization"),
    ("The union wanted 77 days.", "demand"),
    ("“I have nobody to blame but myself,” Ana Ruiz said.", "reported_cause"),
    ("The analyst Ana Ruiz criticised the terms.", "assessment"),
    ("The bank expects growth to slow to 2 percent.", "assessment"),
    ("Experts said a storm was moving south.", "assessment"),
    ("The raids almost triggered a war.", "reported_cause"),
    ("They ran because they were afraid of the fire.", "reported_cause"),
    ("The minister said that whoever was to blame would be punished.", "reported_cause"),
    ("Herders joined the march, sparking fears of a riot.", "reported_cause"),
    ("The firm named the plants it plans to close.", "announcement"),
    ("The talks drag on, threatening the harvest.", "warning"),
    ("“This is the last step if it wants to avoid a strike,” the union said.", "announcement"),
    ("Two women were expecting children.", "assessment"),
    ("The mayor, whose two terms end next year, spoke of a man with a torch.", "characterization"),
    ("“Their names are Ana and Omar,” he said.", "characterization"),
    ("“They stood still, as they should,” he said.", "demand"),
    ("A nurse who declined to give her name wept.", "information_unclear"),
    ("The bridge is not known as a weak one.", "information_unclear"),
    ("Cases rose by 4 percent compared with a year earlier.", "characterization"),
    ("The plan praises states that have pledged troops.", "announcement"),
    ("The guard insisted on Monday that the gate was shut.", "demand"),
    ("Both blast furnaces are to be shut.", "condemnation"),
    ("The fires are responsible for the haze.", "accusation"),
    ("The government is not blaming the union.", "accusation"),
    ("Omar Diallo said it was “quite likely” that rain would come.", "characterization"),
    ("“When he was alive, nobody came,” Ana Ruiz said.", "characterization"),
    ("He ran a campaign called the Army of Drones.", "characterization"),
    ("The lease is due to expire in May.", "reported_cause"),
    ("Prosecutors linked the man to the gang.", "reported_cause"),
    ("Ana Ruiz said he planned the raid in advance.", "announcement"),
    ("Police suspect the driver.", "assessment"),
    ("Two suspects believed to be spies were held.", "assessment"),
    ("“There is less care that has to be given,” Ana Ruiz said.", "demand"),
    ("“He would guard the till,” the baker said.", "announcement"),
    ("The singer explained how she would pay for it.", "announcement"),
    ("Our recently announced tour is on.", "announcement"),
    ("The bank said the recovery should begin in May.", "demand"),
    ("The firm said it would have to close the mill.", "demand"),
    ("“I must rest,” the singer said.", "demand"),
    ("The helicopter had to land in a field, the police said.", "demand"),
    ("The prosecutor said two men were left hurt by “gangs”.", "characterization"),
    ("It is the cause of much debate.", "reported_cause"),
    ("The mayor said there was no need to rush because talks had begun.", "reported_cause"),
    ("The assembly was elected in May and is due to sit in June.", "reported_cause"),
    ("Passengers are paid if flights are late because of fog.", "reported_cause"),
    ("The bank raised its rate without causing a panic.", "reported_cause"),
    ("They want to curb the coal fuel industry and the crisis.", "reported_cause"),
    ("The paper wrote of the political fault lines of the city.", "condemnation"),
    ("The council considered the latest proposal.", "characterization"),
    ("The firm sells a gadget called “Pip” in its shops.", "characterization"),
    ("The minister spoke of issues such as tax.", "characterization"),
    ("He described seeing people run as they left the hall.", "characterization"),
    ("“Our aim is a quick end,” the mayor said.", "characterization"),
    ("The bank eased fears that it would fail.", "concern"),
    ("All sides are anxious to avoid a strike.", "concern"),
    ("Two clerks fled because they thought it was a raid.", "assessment"),
    ("The firm said it may bid for the mill.", "assessment"),
    ("“You never know who calls,” Ana Ruiz said.", "information_unclear"),
    ("The lava might, once it met the snow, trigger mudslides.", "reported_cause"),
    ("The premier says Lima wants to defuse the crisis.", "announcement"),
    ("Omar Diallo said plans to limit spending had failed.", "announcement"),
    ("Omar Diallo said that Lima was “ready to talk” about it.", "characterization"),
    ("Growth depends on an uncertain world outlook.", "information_unclear"),
    ("The court rejected the opposition's election appeal.", "condemnation"),
    ("The king may call a vote as early as May.", "characterization"),
    ("The charges include calling for a revolt.", "characterization"),
    ("Jets blasted security targets in Gaza.", "condemnation"),
]


@pytest.mark.parametrize(("text", "predicate"), NOT_SAID, ids=[text for text, _ in NOT_SAID])
def test_what_is_no_such_statement(text: str, predicate: str) -> None:
    assert predicate not in {claim.predicate for claim in candidates(text)}


# sentence → what is called what, to the letter
LABELS = [
    ("The union considers the vote over and the levy, which it calls a “tax on bread”, dead.",
     "the levy = a “tax on bread”"),
    ("Ana Ruiz called him a “tragic” figure and left.", "him = a “tragic” figure"),
    ("The clerk called the mayor a “windbag” and said the “pier” was lost.", "the mayor = a “windbag”"),
    ("Ministers called the strike in Lima a crime.", "the strike in Lima = a crime"),
    ("Critics see the levy as a blow to the poor while banks gain.", "the levy = a blow to the poor"),
    ("The levy was seen by voters as having failed the poor.", "The levy = having failed the poor"),
    ("The party met Omar Diallo, long considered a rival of the mayor.",
     "Omar Diallo = a rival of the mayor"),
    ("The cuts, denounced as cruel and petty, were dropped.", "The cuts = cruel and petty"),
    ("Police found what was described as an arsenal.", "an arsenal = an arsenal"),
    ("The ministry closed the bridge, which it said was unsafe.", "the bridge = unsafe"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_where_a_label_and_what_has_it_begin_and_end(text: str, expected: str) -> None:
    found = [claim for claim in candidates(text) if claim.predicate == "characterization"]

    assert [f"{claim.object} = {claim.complement}" for claim in found] == [expected]


# sentence → the cause and what it caused, to the letter
CAUSES = [
    ("The pier was begun in 1990 but it stayed shut because of a lack of money.",
     "it stayed shut < a lack of money"),
    ("The shortages brought on by the Quito strike have been felt in every town.",
     "The shortages < the Quito strike"),
    ("Because of the frost, trams were kept in their sheds.", "trams were kept in their sheds < the frost"),
    ("The bridge was closed because its pillars had cracked, the mayor said.",
     "The bridge was closed < its pillars had cracked"),
    ("Ana Ruiz attributed the losses to the town's badly lit crossings.",
     "the losses < the town's badly lit crossings"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CAUSES)
def test_where_a_cause_and_its_effect_begin_and_end(text: str, expected: str) -> None:
    found = [claim for claim in candidates(text) if claim.predicate == "reported_cause"]

    assert [f"{claim.object} < {claim.complement}" for claim in found] == [expected]


def candidates(text: str) -> list[ClaimCandidate]:
    return EXTRACTOR.extract(Document(text))
