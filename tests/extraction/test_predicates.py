"""Which figures a sentence gives, and for what."""

from datetime import date

import pytest

from service.extraction.protocol import Document
from service.extraction.rules import RulesExtractor

EXTRACTOR = RulesExtractor()

# sentence → "predicate amount", one for each figure; a vague plural stands with its lower bound, a fall is
# negative
FIGURES = [
    # active, passive, reduced
    ("Gunmen killed 12 people in Nairobi on Friday.", "deaths 12"),
    ("The police said they had killed “dozens” of attackers.", "deaths 24"),
    ("Eight were killed in the clashes and another 137 injured. Images show it.", "deaths 8, injuries 137"),
    ("According to the ministry, the people arrested would be almost 10 thousand.", "arrests 10000"),
    ("The withdrawal of the troops would begin in two days and take ten.", ""),
    ("The withdrawal of the troops will begin in two days and take ten days.", "withdrawal_duration 10"),
    ("Twelve people were killed when a bus overturned near Quito.", "deaths 12"),
    ("At least 34 people have been killed in floods in northern Italy.", "deaths 34"),
    ("The blast killed six soldiers and wounded 19 others.", "deaths 6, injuries 19"),
    ("A suicide bomber killed 15 people and injured 40 more at a market in Kano.", "deaths 15, injuries 40"),
    ("The quake left 230 people dead and 1,200 injured.", "deaths 230, injuries 1200"),
    ("Police said 3 were dead and 17 injured after the pile-up.", "deaths 3, injuries 17"),
    (
        "The fire tore through the dormitory, killing at least 21 and injuring dozens.",
        "deaths 21, injuries 24",
    ),
    ("More than 100 passengers died when the ferry capsized.", "deaths 100"),
    ("Eleven miners perished in the explosion.", "deaths 11"),
    ("Up to 400 migrants are feared to have drowned off the coast of Libya.", "deaths 400"),
    ("The virus has claimed 1,500 lives since March.", "deaths 1500"),
    ("Heatwave blamed for 70 deaths in Greece", "deaths 70"),
    ("The death toll from the landslide rose to 48 on Tuesday.", "deaths 48"),
    ("The death toll has climbed past 5,000, officials said.", "deaths 5000"),
    ("Officials put the death toll at 63.", "deaths 63"),
    ("The number of people killed in the clashes has risen from 14 to 22.", "deaths 22"),
    ("Rescuers pulled 14 bodies from the rubble.", "deaths 14"),
    ("The shelling caused 9 fatalities.", "deaths 9"),
    ("Nine dead, 30 hurt in Manila jeepney crash", "deaths 9, injuries 30"),
    ("Two police officers were shot dead in Marseille.", "deaths 2"),
    ("The army said it had killed 25 militants in an air strike.", "deaths 25"),
    ("The killing of 16 villagers shocked the province.", "deaths 16"),
    ("The deaths of four climbers were confirmed by the ministry.", "deaths 4"),
    ("At least 30 civilians and five policemen were killed.", "deaths 30, deaths 5"),
    ("The attack killed 20 people, including three children.", "deaths 20, deaths 3"),
    ("Some 80 people died, 12 of them women.", "deaths 80, deaths 12"),
    ("Three crew members are still missing.", "missing 3"),
    ("Two sailors went missing after the collision.", "missing 2"),
    ("Another 45 remain unaccounted for.", "missing 45"),
    ("The typhoon left 11 people dead and 27 missing.", "deaths 11, missing 27"),
    ("Nineteen people were wounded, four of them seriously.", "injuries 19, injuries 4"),
    ("About 60 people were taken to hospital with burns.", "injuries 60"),
    ("Fifteen students suffered minor injuries.", "injuries 15"),
    ("The number of injured stands at 310.", "injuries 310"),
    ("More than 700 were treated for injuries.", "injuries 700"),
    # arrests
    ("Police arrested 53 demonstrators in Minsk.", "arrests 53"),
    ("As many as 120 people were detained at the rally.", "arrests 120"),
    ("Authorities made 14 arrests overnight.", "arrests 14"),
    ("Six men have been taken into custody over the robbery.", "arrests 6"),
    ("The arrest of 19 lawyers drew protests from bar associations.", "arrests 19"),
    ("Around 300 suspects are in custody, the prosecutor said.", "arrests 300"),
    ("Officers rounded up more than 1,100 people in a week.", "arrests 1100"),
    ("The total number of arrests reached 2,415.", "arrests 2415"),
    ("Thirteen people arrested in anti-mafia raids", "arrests 13"),
    ("Prosecutors opened 42 criminal investigations into vote buying.", "criminal_cases 42"),
    ("Over 200 criminal cases have been launched, the ministry said.", "criminal_cases 200"),
    # displacement, evacuation, hostages
    ("The fighting has displaced 90,000 people.", "displaced 90000"),
    ("More than two million people have fled the country.", "displaced 2000000"),
    ("The flood left 3,500 families homeless.", "displaced 3500"),
    ("Some 12,000 residents were evacuated as lava approached the town.", "evacuated 12000"),
    ("Firefighters evacuated 150 people from the tower.", "evacuated 150"),
    ("Rebels took 26 villagers hostage.", "hostages 26"),
    ("Gunmen kidnapped 87 pupils from a school in Kaduna.", "hostages 87"),
    ("The group released 11 hostages on Sunday.", "hostages 11"),
    # troops
    ("France will send 600 soldiers to the Sahel.", "troops_deployed 600"),
    ("Some 1,300 peacekeepers were deployed along the border.", "troops_deployed 1300"),
    ("Washington has stationed about 900 troops in Syria.", "troops_deployed 900"),
    ("A 5,000-strong peacekeeping force will patrol the buffer zone.", "troops_deployed 5000"),
    ("The alliance dispatched a contingent of 2,500 soldiers.", "troops_deployed 2500"),
    ("The deployment of 350 marines began on Monday.", "troops_deployed 350"),
    # protest, population, members, age
    ("About 40,000 people marched through Lisbon against rent rises.", "protest_attendance 40000"),
    ("Thousands of people took to the streets of Tbilisi.", "protest_attendance 2000"),
    ("Some 15,000 protesters gathered outside parliament.", "protest_attendance 15000"),
    ("The rally drew 8,000 people, police estimated.", "protest_attendance 8000"),
    ("Tens of thousands of workers went on strike.", "protest_attendance 20000"),
    ("The island, with a population of 1.3 million, has declared a water emergency.", "population 1300000"),
    ("The landlocked country of 17 million people depends on imports.", "population 17000000"),
    ("The bloc has 27 member states.", "member_count 27"),
    ("The 54-year-old was sworn in on Sunday.", "age 54"),
    # destruction
    ("The cyclone destroyed 4,300 homes.", "homes_destroyed 4300"),
    ("More than 60 houses were damaged by the tremor.", "homes_destroyed 60"),
    ("At least 12 buildings collapsed in the old town.", "homes_destroyed 12"),
    ("The wildfire has burned 18,000 hectares of forest.", "area_burned 18000"),
    ("Flames have scorched more than 20,000 acres, firefighters said.", "area_burned 20000"),
    ("A magnitude 6.4 earthquake struck off the coast of Chile.", "magnitude 6.4"),
    ("The earthquake had a magnitude of 5.8.", "magnitude 5.8"),
    ("The quake, measuring 7.1 on the Richter scale, was felt in Lima.", "magnitude 7.1"),
    # politics
    ("Her party won 38.5% of the vote.", "vote_share 38.5"),
    ("The incumbent took 52 percent of the votes in the runoff.", "vote_share 52"),
    ("With 41.2 per cent of the vote, the coalition fell short of a majority.", "vote_share 41.2"),
    # economy
    ("Annual inflation rose to 8.6% in June.", "inflation 8.6"),
    ("Inflation is running at 12 percent.", "inflation 12"),
    ("The economy grew 3.1% last year.", "economic_growth 3.1"),
    ("Gross domestic product shrank by 0.4% in the third quarter.", "economic_growth -0.4"),
    ("Brent crude climbed 2.3% in early trading.", "price_change 2.3"),
    ("Shares in the airline fell 7 percent.", "price_change -7"),
    ("House prices have dropped by 5.5% since May.", "price_change -5.5"),
    ("Oil traded at $83 a barrel.", "price 83"),
    ("The price of wheat reached $310 per tonne.", "price 310"),
    ("The company posted a profit of €1.2 billion.", "profit 1200000000"),
    ("The carmaker reported a net loss of $300 million.", "profit -300000000"),
    ("Revenue rose to $4.5 billion in the quarter.", "revenue 4500000000"),
    ("Airbus won a contract worth $2.4 billion.", "contract_value 2400000000"),
    ("The $15 billion order was announced at the air show.", "contract_value 15000000000"),
    ("The group bought its rival for £640 million.", "contract_value 640000000"),
    ("The firm will invest €500 million in a battery plant in Hungary.", "investment 500000000"),
    ("Japan pledged $200 million in humanitarian aid.", "aid_pledged 200000000"),
    ("Ryanair ordered 75 aircraft from Boeing.", "units_ordered 75"),
    ("The airline placed an order for 20 jets.", "units_ordered 20"),
    ("Apple sold 3 million iPads in 80 days.", "units_ordered 3000000"),
    ("The bank will cut 4,000 jobs by 2025.", "job_cuts 4000"),
    ("Nokia announced 10,000 job cuts.", "job_cuts 10000"),
    ("The retailer is laying off 1,200 workers.", "job_cuts 1200"),
    ("The government announced a 90-day cap on fuel prices.", "price_cap_duration 90"),
    ("The withdrawal of the troops will take 14 days.", "withdrawal_duration 14"),
    ("All soldiers will have left the country within three weeks.", "withdrawal_duration 3"),
    # several at once
    (
        "The storm killed 7 people, injured 52 and forced 3,000 to flee.",
        "deaths 7, injuries 52, displaced 3000",
    ),
    (
        "Clashes in Beirut left six dead and 32 wounded, and police arrested nine people.",
        "deaths 6, injuries 32, arrests 9",
    ),
    ("Of the 60 passengers aboard, 22 were killed.", "deaths 22"),
    ("Seven people died and the number of injured rose to 130.", "deaths 7, injuries 130"),
    (
        "Officials reported 1,024 arrests, bringing the total number of detainees to 4,300.",
        "arrests 1024, arrests 4300",
    ),
    # figures that are none of these
    ("Lawmakers killed the bill by 52 votes to 40.", ""),
    ("The injured party may appeal within 30 days.", ""),
    ("He scored in injury time of the 2019 final.", ""),
    ("The 12 gunmen fled before police arrived.", ""),
    ("The talks lasted 14 hours.", ""),
    ("She has written 12 books about the war.", ""),
    ("The court sits on the 3rd floor.", ""),
    ("Traffic was diverted for 40 minutes on Route 66.", ""),
    ("The museum has 300 paintings.", ""),
    ("The plane had 120 seats.", ""),
    ("The dead sea level falls by one metre a year.", ""),
    ("He was arrested on 12 May 2019.", ""),
    ("The team won 3-1 and sits in 5th place.", ""),
    ("A nurse aged 41 was among the winners.", "age 41"),
    # sentences in the manner of agencies: several clauses, several figures
    (
        "Israeli air strikes on the town of Nabatieh killed at least five people and "
        "wounded 32, the Lebanese health ministry said on Thursday.",
        "deaths 5, injuries 32",
    ),
    (
        "A gunman opened fire at a supermarket in Buffalo on Saturday, killing 10 people "
        "and wounding three others before surrendering to police.",
        "deaths 10, injuries 3",
    ),
    (
        "Some 1.1 million Rohingya refugees now live in camps in Bangladesh, according to the UN.",
        "displaced 1100000",
    ),
    (
        "Voters gave the president a second term with 54.5% of the vote, against 41% for his rival.",
        "vote_share 54.5, vote_share 41",
    ),
    (
        "Thai police have detained 87 people, including 12 minors, since the protests began in July.",
        "arrests 87, arrests 12",
    ),
    (
        "The UN refugee agency says more than 120,000 people have crossed into Armenia since last week.",
        "displaced 120000",
    ),
    (
        "Ethiopia's government has deployed an additional 3,000 federal police to the region.",
        "troops_deployed 3000",
    ),
    ("Poland plans to station 10,000 soldiers along its border with Belarus.", "troops_deployed 10000"),
    ("A state court sentenced 14 activists to between four and nine years in prison.", ""),
    ("The bank posted a quarterly loss of $1.2bn, its worst since 2008.", "profit -1200000000"),
    ("Unemployment stood at 5.2% in March.", ""),
    ("Consumer prices rose 6.8% from a year earlier, the fastest pace since 1982.", "inflation 6.8"),
    ("Britain's economy shrank by 0.3% between July and September.", "economic_growth -0.3"),
    ("Tesla delivered 254,695 vehicles in the second quarter.", "units_ordered 254695"),
    ("Lufthansa will order 22 long-haul jets from Airbus and Boeing.", "units_ordered 22"),
    (
        "The Dixie Fire has destroyed more than 1,000 structures and scorched 750 square miles.",
        "homes_destroyed 1000, area_burned 750",
    ),
    ("Nearly 30,000 people have been ordered to evacuate as flames approach Valparaíso.", "evacuated 30000"),
    ("Boko Haram militants abducted 276 girls from their school in Chibok.", "hostages 276"),
    ("Seventeen miners remain trapped underground.", ""),
    (
        "At least 33 people have died and more than 100 have been hospitalised after "
        "drinking tainted liquor.",
        "deaths 33, injuries 100",
    ),
    ("The toll includes 17 children and 12 women.", "deaths 17, deaths 12"),
    ("Police fired tear gas at a crowd of about 2,000 protesters.", "protest_attendance 2000"),
    (
        "Organisers put the turnout at 100,000, while police said 35,000 had marched.",
        "protest_attendance 100000, protest_attendance 35000",
    ),
    ("The EU pledged 1 billion euros in humanitarian assistance to Afghanistan.", "aid_pledged 1000000000"),
    ("Microsoft agreed to buy Activision Blizzard for $68.7 billion.", "contract_value 68700000000"),
    ("Volkswagen is to invest 7 billion euros in Mexico over five years.", "investment 7000000000"),
    ("Disney will lay off 7,000 employees, Chief Executive Bob Iger said.", "job_cuts 7000"),
    (
        "The quake, which had a magnitude of 7.8, flattened thousands of buildings.",
        "magnitude 7.8, homes_destroyed 2000",
    ),
    (
        "The 6.1-magnitude earthquake injured at least 80 people and damaged 200 homes.",
        "magnitude 6.1, injuries 80, homes_destroyed 200",
    ),
    ("North Macedonia, population two million, joined NATO as its 30th member.", "population 2000000"),
    (
        "Prosecutors said 19 people had been charged over the riot, bringing the number of suspects to 640.",
        "",
    ),
    (
        "More than 4,200 people have been arrested at anti-war rallies in Russia, OVD-Info said.",
        "arrests 4200",
    ),
    ("Of the 153 people aboard the plane, only four survived.", ""),
    (
        "The explosion at the fireworks factory killed two workers instantly; a third died in hospital.",
        "deaths 2",
    ),
    ("Three of the dead were children.", "deaths 3"),
    ("The death toll could rise to 200, rescuers fear.", "deaths 200"),
    (
        "Two people were killed and a third was seriously hurt when a lorry ploughed "
        "into a bus stop in Leeds.",
        "deaths 2",
    ),
    ("A boat carrying 60 migrants sank off Tunisia, leaving 20 missing.", "missing 20"),
    ("Sudan's army lost 15 soldiers in the ambush.", "deaths 15"),
    ("Officials say 22 coronavirus patients died after the oxygen supply failed.", "deaths 22"),
    ("The court heard that he had stolen 12 cars and injured a policeman.", ""),
    ("The strike by 48,000 academic workers shut down classes.", "protest_attendance 48000"),
    ("Ten thousand workers walked off the job at John Deere.", "protest_attendance 10000"),
    ("Saab shares jumped as much as 12% on the news.", "price_change 12"),
    (
        "Pakistan's floods have affected 33 million people and destroyed a million homes.",
        "homes_destroyed 1000000",
    ),
    (
        "A roadside bomb killed two Turkish soldiers in northern Iraq, the defence ministry in Ankara said.",
        "deaths 2",
    ),
    (
        "Nigerian troops rescued 21 hostages and killed seven kidnappers during the raid.",
        "hostages 21, deaths 7",
    ),
    ("Rescue workers have recovered the bodies of 31 miners.", "deaths 31"),
    (
        "The collapse of a glacier in the Dolomites left seven hikers dead and 13 unaccounted for.",
        "deaths 7, missing 13",
    ),
    ("Iran has executed three men over the protests.", "deaths 3"),
    ("Some 250 inmates escaped and 12 guards were injured in the riot.", "injuries 12"),
    ("Colombian police seized five tonnes of cocaine and arrested eight suspects.", "arrests 8"),
    ("Around 40 people are believed to be trapped under the rubble.", "missing 40"),
    ("The outbreak has sickened 300 people and killed 11.", "deaths 11"),
    ("The number of Covid deaths in Brazil passed half a million on Saturday.", "deaths 500000"),
    ("Chile reported 4,200 new infections and 88 deaths.", "deaths 88"),
    (
        "The regime has jailed more than 1,400 opposition supporters since 2020, rights groups say.",
        "arrests 1400",
    ),
    ("Of those detained, 46 remain in custody.", "arrests 46"),
    ("Rome will contribute 500 troops to the NATO mission in Latvia.", "troops_deployed 500"),
    ("The United States is withdrawing 2,500 troops from Afghanistan.", "troops_deployed 2500"),
    ("Sixty-five per cent of voters backed the amendment.", "vote_share 65"),
    (
        "The Greens came second on 20.5%, while the far right took 9% of the vote.",
        "vote_share 20.5, vote_share 9",
    ),
    ("The yuan weakened 0.6% against the dollar.", "price_change -0.6"),
    ("Petrol prices have gone up by 18% since January.", "price_change 18"),
    ("Inflation in Turkey hit 61 percent in March, a 20-year high.", "inflation 61"),
    ("The central bank expects the economy to expand 2.4% next year.", "economic_growth 2.4"),
    ("Net profit fell to 320 million euros from 410 million a year earlier.", "profit 320000000"),
    ("Qatar signed a $6.2 billion deal for 24 Typhoon jets.", "contract_value 6200000000, units_ordered 24"),
    ("Saudi Arabia will deposit $3 billion in Pakistan's central bank.", ""),
    ("Germany is giving Ukraine another 1.2 billion euros in aid.", "aid_pledged 1200000000"),
    ("Intel will spend $20 billion on two factories in Ohio.", "investment 20000000000"),
    ("Siemens Energy is to cut 7,800 posts by 2025.", "job_cuts 7800"),
    ("Renault said it would shed 15,000 jobs worldwide.", "job_cuts 15000"),
    ("Wildfires in Algeria have killed 65 people, among them 28 soldiers.", "deaths 65, deaths 28"),
    (
        "The fire burned about 600 hectares of forest and forced the evacuation of 1,200 tourists.",
        "area_burned 600, evacuated 1200",
    ),
    ("Heavy rain damaged 3,400 houses and killed 19 people in Assam.", "homes_destroyed 3400, deaths 19"),
    ("A 7.2-magnitude quake hit Haiti on Saturday, killing 1,297 people.", "magnitude 7.2, deaths 1297"),
    ("About 150,000 people protested in Warsaw on Sunday.", "protest_attendance 150000"),
    ("Half a million people joined the march in Barcelona, city police said.", "protest_attendance 500000"),
    ("Kiribati, home to 120,000 people, is sinking.", "population 120000"),
    ("Twelve of the 22 players were fined 500 euros each.", ""),
    ("The law passed by 88 votes to 12.", ""),
    ("The satellite weighs 700 kilograms.", ""),
    ("It was the third death in custody in two years.", ""),
    ("Police are looking for two suspects.", ""),
    ("A crowd of 60,000 watched the final.", ""),
    ("Interest rates were raised by half a point to 4%.", ""),
    ("The train was carrying 390 passengers when it derailed.", ""),
    ("Two people are in a critical condition.", ""),
    ("An 82-year-old woman was the only fatality.", "age 82"),
    ("Doctors treated 17 people for smoke inhalation.", "injuries 17"),
    # the verb left out, told again
    ("South Africa lost two soldiers in May and four more last month.", "deaths 2, deaths 4"),
    (
        "Germany pledged $244 million and Italy $147 million in aid.",
        "aid_pledged 147000000, aid_pledged 244000000",
    ),
    ("Police detained a further 52 people, taking the total to 310.", "arrests 52, arrests 310"),
    (
        "Unions said 9,000 people marched; the police counted 4,000.",
        "protest_attendance 4000, protest_attendance 9000",
    ),
    (
        "The economy grew by 5.6 percent after 4.9 percent in 2022.",
        "economic_growth 4.9, economic_growth 5.6",
    ),
    ("Hundreds were feared missing, and 78 drowned.", "deaths 78, missing 200"),
    # who lives in a place, a list of states, ages
    ("The country's 48 million people need food.", "population 48000000"),
    ("The 27-nation European Union agreed.", "member_count 27"),
    ("The victims were Omar Diallo (26) and his sister.", "age 26"),
    ("At 82, President Koffi is the oldest of them.", "age 82"),
    # after a sentence that ends on "month", behind brackets, in a compound
    ("They met last month. Three men have been arrested.", "arrests 3"),
    ("Petrol costs 480 forints ($1.51) a litre.", "price 480"),
    ("The yard won a 1.3-billion-euro contract.", "contract_value 1300000000"),
    ("House prices were down 1.8 percent.", "price_change -1.8"),
    ("With 80 percent of ballots counted, the result was open.", ""),
    ("Hamas handed over three captives.", "hostages 3"),
    ("Boeing delivered its final 717.", ""),
    # what is said aside between the counted and their verb
    ("Nine clerks who had signed the petition, among them Ines Roth, were detained.", "arrests 9"),
    ("Forty pilgrims, most of them elderly, were killed.", "deaths 40"),
    ("All 14 people aboard the two gliders died.", "deaths 14"),
    ("Three guards and a cook sleeping nearby were killed.", "deaths 3"),
    ("He counted 80 huts, of which 30 were burned.", "homes_destroyed 30"),
    ("Six of the mayor's aides were among those detained.", "arrests 6"),
    ("The shell killed five French and three Dutch soldiers.", "deaths 3, deaths 5"),
    ("About 700 refugees began crossing into Chad.", "displaced 700"),
    ("The raid drove 4,000 herders from their pastures.", "displaced 4000"),
    ("Some 80 people were hurt, down from 95 in the same month of 2019.", "injuries 80, injuries 95"),
    ("Around 900 die on the roads, though the union puts the number at 1,400.", "deaths 900, deaths 1400"),
    ("A 90,000-strong march filled the avenue.", "protest_attendance 90000"),
    # levels and changes of prices
    ("Its shares lost $1.20, or 3.1 percent, to $37.50.", "price 37.5, price_change -3.1"),
    ("The Nikkei gained 310 points, or 0.8%, and the Topix 0.6%.", "price_change 0.8, price_change 0.6"),
    ("The stock has gained 40% in a year and 12% since March.", "price_change 40, price_change 12"),
    ("Nickel rose 2.4 percent after the coup.", "price_change 2.4"),
    ("A 4% rise in rents is due in May.", "price_change 4"),
    ("Shares were up 6% as sales grew 9%.", "price_change 6"),
    ("Crude advanced by $2 to $81.40.", "price 81.4"),
    ("A sack of flour sells for $31 now, from $24 before the war.", "price 31, price 24"),
    ("The airline earned $310 million, or 40 cents a share, in the quarter.", "profit 310000000"),
    ("Revenue rose 4% to $2.1 billion from $2.02 billion.", "revenue 2100000000, revenue 2020000000"),
    # aid
    ("Oslo promised Malawi 12 million dollars.", "aid_pledged 12000000"),
    ("Japan will give $9 million to help the survivors.", "aid_pledged 9000000"),
    (
        "Berlin pledged 40 million euros ($43 million) in aid, Rome 25 million euros and Oslo €9 million.",
        "aid_pledged 40000000, aid_pledged 25000000, aid_pledged 9000000",
    ),
    (
        "The bank gave another $5 million in aid, bringing its total to $20 million.",
        "aid_pledged 5000000, aid_pledged 20000000",
    ),
    # Indian numbers
    ("Some 1.4 lakh people were evacuated from the coast.", "evacuated 140000"),
    ("The blaze burned 2,31,500 hectares.", "area_burned 231500"),
    # levels past a mark, at a rate, of a pronoun; a currency said once; whose workers
    ("Bitcoin dropped below $30,000.", "price 30000"),
    ("The shares closed at 312 pence.", "price 312"),
    ("Profit more than doubled to 3.4 billion pounds.", "profit 3400000000"),
    ("Output of the economy aside, GDP expanded at an annual rate of 4.1 percent.", "economic_growth 4.1"),
    ("Shares slipped. They have since dropped by 11%.", "price_change -11"),
    (
        "The yard had a turnover of $480 million and made a loss of 15 million.",
        "profit -15000000, revenue 480000000",
    ),
    ("The carrier is sending home 377 of its 560 employees.", "job_cuts 377"),
    ("NATO's 32 members agreed.", "member_count 32"),
    ("The 9,000-acre fire was put out.", "area_burned 9000"),
    ("The victim was named as John Smith, 54.", "age 54"),
    ("Five children aged between six and 12 were hurt.", "injuries 5"),
    ("The town, with 12,000 inhabitants, lies on the coast.", "population 12000"),
    ("The flood drowned 700 head of cattle.", ""),
    ("At least nine people - seven of them children - have died in floods.", "deaths 9, deaths 7"),
    ("At least nine Iraqis and four US soldiers are reported to have been killed.", "deaths 9, deaths 4"),
    ("Three people were killed and several injured in the blast.", "deaths 3"),
    ("Four people were pulled from a building crushed by a landslide.", ""),
    ("The death toll climbed to 44 on Sunday, up from 31.", "deaths 44"),
    ("Authorities evacuated the town's 3,800 inhabitants.", "evacuated 3800"),
    ("About 9,000 are living in tents since the flood.", "displaced 9000"),
    ("Sixteen suspects, all of them men, are in custody.", "arrests 16"),
    ("The network supplier is laying off 8,500 people.", "job_cuts 8500"),
    ("The company lost 1.8 billion kronor in the quarter.", "profit -1800000000"),
    ("A scheme that will cost £85m was approved.", ""),
    ("Norda will acquire Belco, a maker of pumps, for $950 million.", "contract_value 950000000"),
    ("Organisers said 60,000 people joined the long march.", "protest_attendance 60000"),
    ("Around 2,000 residents of the suburb watched the game.", ""),
    ("He was 68.", "age 68"),
    ("Pensions are paid to workers who wait until age 65.", ""),
]  # fmt: skip


def figures(text: str) -> list[str]:
    claims = EXTRACTOR.extract(Document(text, published=date(2024, 5, 15)))
    found = [claim for claim in claims if claim.value]
    return sorted(f"{claim.predicate} {_figure(claim.amount, claim.value)}" for claim in found)


def _figure(amount: float | None, value: str | None) -> str:
    if amount is None:
        bounds = {"dozens": 24, "hundreds": 200, "thousands": 2000, "tens of thousands": 20000}
        words = (value or "").lower().split(" of ")
        joined = " of ".join(words[:2]) if words[0] == "tens" else words[0]
        return str(bounds.get(joined.split(" people")[0], value))
    return f"{amount:g}" if amount != int(amount) else str(int(amount))


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_of_a_sentence(text: str, expected: str) -> None:
    assert figures(text) == sorted(filter(None, expected.split(", ")))
