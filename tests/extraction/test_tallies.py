"""Figures behind or before a phrase that says whom they count."""

import pytest

from tests.extraction.test_predicates import figures

TALLIES = [
    # put at, stands at, is
    ("The harbour office put those still missing at 12.", "missing 12"),
    ("The union puts the miners who perished there at 31.", "deaths 31"),
    ("Doctors put the number of villagers who perished in the desert at 18.", "deaths 18"),
    ("The number of pupils abducted in the raid is 26.", "hostages 26"),
    ("The count of wrecked houses stood at 410 by noon.", "homes_destroyed 410"),
    ("The shop put those shirts at 40 francs.", ""),
    # a verb of number
    ("Displaced families number 870 in the delta.", "displaced 870"),
    ("The storm's victims now number 45.", "deaths 45"),
    ("Estimates of those drowned range from 20 to 30.", "deaths from 20 to 30"),
    ("The tickets number 45 was drawn.", ""),
    # before the phrase
    ("Police revised downwards, from 22 to 16, the number of people killed.", "deaths 16, deaths 22"),
    ("The mayor put at 19 the number of those who perished.", "deaths 19"),
    ("He went from 22 to 16, the number of a bus.", ""),
    (
        'The navy put those unaccounted for at "not less than 80"; the mayor thought it was nearer to 50.',
        "missing 50, missing 80",
    ),
    # told first
    ("Still listed as missing were 41 sailors.", "missing 41"),
    ("Of 60 who were taken to hospital after the crash, most went home.", "injuries 60"),
    ("A sum of $2 million is to go to the families of the victims.", "aid_pledged 2000000"),
    ("The fund has 2,500 for the injured and 900 for the bereaved.", ""),
    # a relative clause, a part, brackets
    ("The valley lives with 40,900 Sudanese whom the state was already hosting in camps.", "displaced 40900"),
    ("The 310 dwellings that wind and water brought down were old.", "homes_destroyed 310"),
    (
        "The clinic admitted 31 wounded, including 22 after the raid on a convoy that was fleeing.",
        "injuries 22, injuries 31",
    ),
    ("In May, 39 migrants perished when a bus that was carrying 66 of them overturned.", "deaths 39"),
    ("The storm killed 48 people in Luzon, far more than in Samar (29).", "deaths 29, deaths 48"),
    ("Nine families in ten have no roof over their heads since the storm.", ""),
    # headlines
    ("Market Blast Kills 14, Wounds 60", "deaths 14, injuries 60"),
    ("Mine kills one in northern valley", "deaths 1"),
    ("Gunmen wound dozens more. Thirty-one people were killed in May.", "deaths 31, injuries 24"),
    # one verb behind another, a clause between, company
    ("Hundreds defied police orders and took to the streets.", "protest_attendance 200"),
    ("Five divers inhaled gas and died.", "deaths 5"),
    ("Six cooks who had poisoned the soup were arrested.", "arrests 6"),
    ("Two scouts died and another was injured.", "deaths 2, injuries 1"),
    ("Nine men, including two from Gao, and a nun were killed.", "deaths 9, deaths 2"),
    ("A judge was shot dead along with three others.", "deaths 3"),
    ("The arrest on Friday of 12 smugglers ended the hunt.", "arrests 12"),
    ("The raid wounded over 40 at a fair.", "injuries 40"),
    ("Four cooks, three rebels killed in raid", "deaths 3, deaths 4"),
    ("Three Said Killed in Mill Blast", "deaths 3"),
    ("Two drivers, a nun and a baker were killed.", "deaths 2"),
    ("Two Danish men, Jens Hald and Per Lund, were also killed.", "deaths 2"),
    ("Nine men belonging to the guard were killed.", "deaths 9"),
    ("The raid led to the deaths of Colonel Hald and three other Danes.", "deaths 3"),
    ("Six boys wrote to the mayor about the fire in which 20 were killed.", "deaths 20"),
    ("The jet crashed, killing all 53 on board and one on the ground.", "deaths 53, deaths 1"),
    # what is no item, no body and no member of one
    ("The ministers of the Group of Seven met in Bonn.", ""),
    ("The union sent a letter about a two-state solution.", ""),
    ("The agency delivered three rulings.", ""),
    ("The yard builds ships of 12,000 gross tons.", ""),
    ("The airline ordered ten jets and may buy five more.", "units_ordered 10, units_ordered 5"),
    # money without its unit or its verb
    (
        "For the refugees Oslo pledged a billion, Paris €360 million and Rome $100m.",
        "aid_pledged 1000000000, aid_pledged 100000000, aid_pledged 360000000",
    ),
    (
        "The relief fund gave 90,000 taka to each family and 25,000 to the injured.",
        "aid_pledged 25000, aid_pledged 90000",
    ),
    (
        "Oslo's answer was $37 million for the relief mission; Lima's, 10 million pesos.",
        "aid_pledged 10000000, aid_pledged 37000000",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TALLIES)
def test_a_phrase_says_whom_the_figure_counts(text: str, expected: str) -> None:
    assert figures(text) == sorted(filter(None, expected.split(", ")))
