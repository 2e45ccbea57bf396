"""Word lists of the quantity grammar: hedges, units of measure, nouns for persons. Data only."""

from decimal import Decimal

from service.extraction.text import QualifierName, QuantityKind
from service.extraction.word_lists import word_set

# Words before a number, longest first where one begins with another.
HEDGES: dict[str, QualifierName] = {
    "no more than": "at_most",
    "not more than": "at_most",
    "no fewer than": "at_least",
    "no less than": "at_least",
    "not less than": "at_least",
    "not fewer than": "at_least",
    "a minimum of": "at_least",
    "minimum of": "at_least",
    "at the very least": "at_least",
    "at least": "at_least",
    "a maximum of": "at_most",
    "maximum of": "at_most",
    "at most": "at_most",
    "at the most": "at_most",
    "up to": "at_most",
    "as many as": "at_most",
    "as much as": "at_most",
    "as high as": "at_most",
    "not exceeding": "at_most",
    "slightly more than": "more_than",
    "a little more than": "more_than",
    "significantly more than": "more_than",
    "many more than": "more_than",
    "far more than": "more_than",
    "more than": "more_than",
    "longer than": "more_than",
    "greater than": "more_than",
    "higher than": "more_than",
    "larger than": "more_than",
    "well over": "more_than",
    "just over": "more_than",
    "slightly over": "more_than",
    "upwards of": "more_than",
    "upward of": "more_than",
    "in excess of": "more_than",
    "excess of": "more_than",
    "exceeding": "more_than",
    "exceeded": "more_than",
    "exceeds": "more_than",
    "over": "more_than",
    "above": "more_than",
    "slightly less than": "less_than",
    "a little less than": "less_than",
    "less than": "less_than",
    "shorter than": "less_than",
    "fewer than": "less_than",
    "lower than": "less_than",
    "just under": "less_than",
    "under": "less_than",
    "below": "less_than",
    "just short of": "nearly",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "nearing": "nearly",
    "approaching": "nearly",
    "virtually": "nearly",
    "a little over": "more_than",
    "a little above": "more_than",
    "a little below": "less_than",
    "a shade over": "more_than",
    "slightly above": "more_than",
    "a little under": "less_than",
    "slightly under": "less_than",
    "well under": "less_than",
    "well below": "less_than",
    "barely": "about",
    "something like": "about",
    "in the order of": "about",
    "the equivalent of": "exact",
    "in the region of": "about",
    "in the neighborhood of": "about",
    "somewhere around": "about",
    "more or less": "about",
    "an estimated": "about",
    "a reported": "about",
    "a combined": "exact",
    "a rumoured": "about",
    "a rumored": "about",
    "a mere": "exact",
    "a meagre": "exact",
    "a meager": "exact",
    "a paltry": "exact",
    "a whopping": "exact",
    "a staggering": "exact",
    "a hefty": "exact",
    "a cool": "exact",
    "a grand total of": "exact",
    "estimated": "about",
    "approximately": "about",
    "approx.": "about",
    "approx": "about",
    "roughly": "about",
    "circa": "about",
    "around": "about",
    "about": "about",
    "some": "about",
    "perhaps": "about",
    "exactly": "exact",
    "fully": "exact",
    "north of": "more_than",
    "marginally more than": "more_than",
    "fractionally more than": "more_than",
    "considerably more than": "more_than",
    "substantially more than": "more_than",
    "much more than": "more_than",
    "marginally over": "more_than",
    "comfortably over": "more_than",
    "just above": "more_than",
    "well above": "more_than",
    "well in excess of": "more_than",
    "slightly fewer than": "less_than",
    "considerably fewer than": "less_than",
    "considerably less than": "less_than",
    "substantially less than": "less_than",
    "significantly less than": "less_than",
    "far fewer than": "less_than",
    "far less than": "less_than",
    "marginally under": "less_than",
    "just below": "less_than",
    "slightly below": "less_than",
    "south of": "less_than",
    "not quite": "nearly",
    "shy of": "nearly",
    "just shy of": "nearly",
    "nigh on": "nearly",
    "getting on for": "nearly",
    "just about": "about",
    "just around": "about",
    "round about": "about",
    "on the order of": "about",
    "in the vicinity of": "about",
    "somewhere near": "about",
    "somewhere in the region of": "about",
    "possibly": "about",
    "probably": "about",
    "maybe": "about",
    "ca.": "about",
    "as few as": "at_least",
    "as little as": "at_least",
    "nothing less than": "at_least",
    "a combined total of": "exact",
    "precisely": "exact",
}
# Words after a number.
TRAILING_HEDGES: dict[str, QualifierName] = {
    "or more": "at_least",
    "or over": "at_least",
    "and more": "at_least",
    "at least": "at_least",
    "or fewer": "at_most",
    "or less": "at_most",
    "at most": "at_most",
    "or so": "about",
    "or thereabouts": "about",
    "-odd": "about",
    "-plus": "at_least",
    "plus": "at_least",
    "+": "at_least",
}
VAGUE: dict[str, Decimal] = {
    "hundreds of thousands": Decimal(200_000),
    "hundreds of millions": Decimal(200_000_000),
    "hundreds of billions": Decimal(200_000_000_000),
    "tens of thousands": Decimal(20_000),
    "tens of millions": Decimal(20_000_000),
    "tens of billions": Decimal(20_000_000_000),
    "thousands": Decimal(2000),
    "hundreds": Decimal(200),
    "dozens": Decimal(24),
    "scores": Decimal(40),
    "tens": Decimal(20),
    "millions": Decimal(2_000_000),
    "billions": Decimal(2_000_000_000),
    "trillions": Decimal(2_000_000_000_000),
}
SHORT_SCALES: dict[str, Decimal] = {
    "k": Decimal(1000),
    "K": Decimal(1000),
    "m": Decimal(10**6),
    "M": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "b": Decimal(10**9),
    "B": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
}
# surface form → (unit, kind); forms that end in "s" take the same entry.
_MEASURES: dict[str, tuple[str, QuantityKind]] = {}
for _kind, _lines in {
    "duration": "second sec secs|minute min mins|hour hr hrs|day|night|week|fortnight|month"
    "|quarter-century|year "
    "yr yrs"
    "|decade|century centuries",
    "measure": "kilometre kilometer km kms|metre meter metres meters|centimetre centimeter cm|millimetre "
    "millimeter mm"
    "|mile|nautical_mile nautical-mile|yard yd|foot feet ft|inch inches|square_kilometre sq-km km² "
    "km2|square_metre m² m2"
    "|hectare ha|acre|kilogram kilogramme kg kgs|gram gramme|tonne|ton|pound lb lbs|ounce oz|litre "
    "liter|barrel|gallon"
    "|kilometre_per_hour kph km/h kmh|mile_per_hour mph|knot|degree °C °F|watt W|kilowatt kW"
    "|megawatt MW|gigawatt GW"
    "|kilowatt_hour kWh|megawatt_hour MWh|gigawatt_hour GWh|hertz Hz|megahertz MHz|gigahertz GHz|byte"
    "|kilobyte KB kB"
    "|megabyte MB|gigabyte GB|terabyte TB|volt V|bushel|carat|calorie|pixel px|mbps Mbps|cubic_metre "
    "m³|basis_point",
}.items():
    for _line in _lines.split("|"):
        _names = _line.split()
        for _name in (_names[0].replace("_", " "), *_names):
            _MEASURES[_name] = (_names[0], "duration" if _kind == "duration" else "measure")
MEASURES = {
    **{f"{name}s": entry for name, entry in _MEASURES.items() if name.isalpha() and len(name) > 2},
    **_MEASURES,
    "square kilometres": ("square_kilometre", "measure"), "square kilometers": ("square_kilometre",
    "measure"),
    "square kilometer": ("square_kilometre", "measure"), "square metres": ("square_metre", "measure"),
    "square meters": ("square_metre", "measure"), "square miles": ("square_mile", "measure"),
    "square mile": ("square_mile", "measure"), "square feet": ("square_foot", "measure"),
    "cubic metres": ("cubic_metre", "measure"), "cubic meters": ("cubic_metre", "measure"),
    "nautical miles": ("nautical_mile", "measure"), "metric tons": ("tonne", "measure"),
    "metric tonnes": ("tonne", "measure"), "kilometres per hour": ("kilometre_per_hour", "measure"),
    "kilometers per hour": ("kilometre_per_hour", "measure"), "miles per hour": ("mile_per_hour", "measure"),
    "degrees celsius": ("degree_celsius", "measure"), "degrees fahrenheit": ("degree_fahrenheit", "measure"),
    "basis points": ("basis_point", "measure"),
    **dict.fromkeys(
        ("sq km", "sq kms", "sq. km", "sq. kms", "square km", "square kms"), ("square_kilometre", "measure")
    ),
    **dict.fromkeys(("sq m", "sq. m", "sq metres", "sq meters"), ("square_metre", "measure")),
    **dict.fromkeys(("sq miles", "sq. miles", "sq mile", "sq mi"), ("square_mile", "measure")),
    **dict.fromkeys(("sq ft", "sq. ft", "sq feet", "square ft"), ("square_foot", "measure")),
}  # fmt: skip
FRACTIONS = {
    "half": Decimal("0.5"),
    "third": Decimal(1) / Decimal(3),
    "quarter": Decimal("0.25"),
    "fifth": Decimal("0.2"),
    "sixth": Decimal(1) / Decimal(6),
    "eighth": Decimal("0.125"),
    "tenth": Decimal("0.1"),
}

PERSONS = word_set(
    """
    farmhand stallholder hawker tailor seamstress goatherd cowherd woodcutter lumberjack logger
    quarryman blacksmith jeweller jockey cheerleader drummer guitarist violinist composer choirboy
    choirgirl seminarian novice theologian missionary deacon muezzin mullah devotee parishioner
    congregant celebrant clubber diner drinker festivalgoer theatregoer moviegoer cinemagoer beachgoer
    cabbie stevedore boatman ferryman yachtsman crewmate shipmate submariner aviator airman co-pilot
    copilot navigator gunner sapper rifleman corporal brigadier commando partisan irregular vigilante
    warrior tribesman clansman chieftain kinsman quadruplet triplet schoolmate roommate flatmate
    cellmate teammate workmate playmate bedouin sherpa trekker camper caver potholer snorkeller
    snorkeler surfer bather paraglider parachutist skydiver balloonist snowboarder angler poacher
    forager grape-picker fruit-picker sunbather vacationer sightseer day-tripper beggar ragpicker
    scavenger housemaid maid nanny carer caregiver orderly radiologist anaesthetist dentist pharmacist
    vet veterinarian psychologist therapist physiotherapist grandparent siblings abductee adherent soul
    warder jailer islander townsfolk townspeople collector sweeper dockworker longshoreman retiree
    holidaymaker reveller partygoer concertgoer churchgoer mourner stowaway deckhand seafarer mariner skipper
    cadet legionnaire paramilitary preschooler classmate grandchild grandson granddaughter grandmother
    grandfather niece nephew cousin uncle aunt stepson stepdaughter fiance fiancee settler herdsman rustler
    bandit gangster mobster arsonist vandal hooligan independent
    critic accomplice ringleader mastermind stationmaster station-master master chancellor premier king queen
    prince princess pope tycoon oligarch mogul magnate comedian rapper model banker broker accountant auditor
    architect designer chef baker butcher carpenter plumber electrician welder docker steward stewardess
    conductor signalman rancher grower shepherd nomad hero rival counterpart successor predecessor incumbent
    nominee contender challenger winner loser hardliner ambassador chairman chairwoman cabinet-minister
    treasurer lobbyist regulator organiser organizer caretaker clergyman rabbi cardinal archbishop sheikh
    warlord commander dealer courier preacher prophet wife-to-be bride groom newborn descendant
    abbess abbot absconder abuser acrobat actuary administrator adventurer agitator alumnus amputee
    announcer arbiter archdeacon archer artisan assassin astronomer attendant auctioneer autocrat avenger
    babysitter bachelor bailiff ballerina barber barista barmaid beautician bidder bigot biographer bouncer
    bowler boyfriend bricklayer bridegroom bridesmaid brother-in-law bugler burglar bursar busker caddie
    caller captor carjacker cartographer catcher caterer celebrity chaplain childminder choirmaster
    choreographer cinematographer clown coalminer cobbler collegian comedienne comic commentator companion
    compatriot complainant concierge connoisseur copywriter coroner courtier coward creator creditor
    cricketer crofter crook crooner culprit curator cybercriminal dad damsel daredevil daughter-in-law
    debtor decorator defender delinquent demagogue despot dictator dietician dietitian dignitary dissenter
    diver divorcee drifter dropout drunkard duchess dweller educator electioneer embezzler emissary emperor
    empress enforcer enthusiast evader ex-boyfriend ex-girlfriend examiner executioner explorer eyewitness
    fanatic father-in-law fiddler fielder fisher fitter forger foundling fullback fundraiser gambler gamer
    gaoler gardener girlfriend glassblower goalie goalscorer godfather godmother godson golfer governess
    grandad grandma grandpa greengrocer grocer guru hairdresser headhunter headmistress healer heckler
    heiress hermit heroine hijacker historian hitchhiker honoree hostess hotelier housemate housewife
    humanitarian hurdler impersonator imposter impostor indictee influencer informer intruder invader
    inventor jeweler jihadi jobseeker joiner juggler junkie kayaker kickboxer kingpin lad landlady
    landscaper lass learner liar librarian linebacker locksmith lodger lover maiden manageress maniac
    marathoner martyr masseur masseuse matriarch midfielder minder miscreant moderator mom mother-in-law
    mugger mum musketeer mutineer mystic narrator newlywed newsagent newscaster newsreader nonagenarian
    obstetrician octogenarian officeholder optician orator outlaw overseer paediatrician paedophile painter
    paralegal parolee passerby patriarch patriot patron peddler pediatrician pedophile performer perpetrator
    petitioner philosopher pickpocket pimp pitcher planner playwright plotter podcaster poet poseur
    postgraduate postmaster practitioner prelate presenter preteen pretender priestess prizewinner promoter
    prostitute protege provocateur publican pundit punter puppeteer pursuer quarterback quartermaster racer
    raconteur raider rambler ratepayer recluse recruiter reformer renegade respondent restaurateur reviewer
    roofer runaway saboteur savior saviour schoolmaster scout screenwriter scriptwriter sculptor searcher
    sentry septuagenarian sergeant-major sexagenarian sharpshooter shipbuilder shoplifter showgirl
    showrunner signaller signatory singer-songwriter sister-in-law skater skeptic skinhead slayer socialite
    solicitor sommelier son-in-law songwriter soprano sorcerer spinster stalker starlet statistician
    stepbrother stepfather stepmother stepparent stepsister stockbroker stonemason streamer suffragette
    suitor supermodel superstar supervisor surveyor swindler teller tenor thinker tormentor torturer traitor
    trapper trespasser triathlete truant trumpeter tutor typist tyrant umpire undergraduate underling
    understudy undertaker upholsterer urchin usher usurper vagabond vagrant valet vicar viceroy victor
    videographer villain vintner visionary vlogger waif waitress wanderer warden webmaster weightlifter
    well-wisher wellwisher whistle-blower windsurfer winger womaniser youngster youtuber zealot
    person people individual man woman child boy girl baby infant toddler teenager teen youth adult
    adolescent minor elder pensioner senior citizen resident inhabitant villager local islander native
    foreigner national expatriate tourist visitor traveller traveler passenger pedestrian cyclist
    motorist driver rider pilot crew crewmember sailor seaman fisherman captain human body corpse victim
    casualty fatality survivor hostage captive prisoner detainee inmate convict suspect defendant
    offender criminal looter rioter robber thief gunman gunmen attacker assailant bomber shooter sniper
    killer murderer kidnapper smuggler trafficker pirate hacker fugitive escapee protester protestor
    demonstrator marcher activist campaigner dissident supporter opponent sympathizer sympathiser
    striker picketer loyalist militant insurgent rebel fighter guerrilla terrorist extremist jihadist
    islamist separatist mercenary militiaman combatant soldier troop serviceman servicewoman
    servicemember trooper paratrooper marine conscript recruit reservist veteran peacekeeper guardsman
    officer police policeman policewoman cop constable detective gendarme guard ranger firefighter
    fireman rescuer responder paramedic medic doctor physician surgeon nurse patient surgeon midwife
    worker employee staff staffer labourer laborer miner farmer peasant herder builder engineer
    technician mechanic operator clerk manager executive director boss employer contractor trader
    merchant vendor shopkeeper seller buyer customer consumer client shopper shareholder investor owner
    landlord tenant homeowner householder taxpayer voter elector candidate delegate lawmaker legislator
    parliamentarian deputy senator congressman mp councillor councilor minister official diplomat
    ambassador envoy spokesman spokesperson president leader governor mayor politician bureaucrat
    civilian noncombatant migrant immigrant emigrant refugee asylum-seeker evacuee deportee returnee
    displaced expert analyst researcher scientist academic professor scholar lecturer teacher student
    pupil schoolchild schoolboy schoolgirl graduate trainee volunteer intern apprentice journalist
    reporter correspondent editor blogger photographer author writer artist musician actor actress
    singer dancer player footballer athlete coach referee fan spectator attendee participant competitor
    contestant member representative observer monitor inspector investigator prosecutor lawyer attorney
    judge juror magistrate notary witness bystander onlooker passer-by guest host priest cleric imam
    bishop monk nun pastor pilgrim worshipper worshiper believer muslim christian jew catholic hindu
    buddhist orphan widow widower mother father parent son daughter brother sister sibling husband wife
    spouse relative family-member friend neighbour neighbor colleague ally twin user subscriber follower
    viewer reader listener applicant claimant beneficiary recipient donor holder founder entrepreneur
    billionaire millionaire adviser advisor aide assistant secretary consultant specialist instructor
    trainer commander general colonel lieutenant sergeant admiral astronaut cosmonaut crewman personnel
    dead wounded injured killed missing homeless unemployed jobless poor kazakh uzbek kyrgyz tajik
    turkmen uyghur tatar turk german russian american briton european african asian arab kurd afghan
    serb croat greek pole czech slovak swede dane finn norwegian spaniard israeli palestinian iraqi
    pakistani bangladeshi saudi yemeni emirati qatari kuwaiti omani somali malaysian thai filipino
    chechen dagestani breadwinner schoolteacher schoolkid kid guy lady gentleman folk others paratroops
    troops servicepeople policemen policewomen children men women lives life employee trooper negotiator
    mediator translator interpreter janitor cleaner cook waiter bartender guide porter chauffeur courier
    beekeeper gatherer hunter climber skier swimmer hiker backpacker mountaineer runner walker jogger
    commuter motorcyclist biker trucker rower gymnast wrestler boxer squatter addict alcoholic
    case-worker social-worker aid-worker lifeguard bodyguard watchman freelancer whistleblower informant
    spy agent operative defector exile deserter draftee head-of-state hopeful rebel-fighter gang-member
    servant seeker maoist naxal naxalite slave felon latino hispanic dalit jawan advocate barrister
    insider newcomer outsider stranger heir admirer confidant confidante plaintiff dreamer netizen
    helper cadre disciple occupant corporator smoker speechwriter counselor counsellor rapist goer
    grader centenarian reveler castaway thug goon coolie weaver mahout tribal sikh copt tutsi hutu scot
    commissioner trustee pollster superintendent sheriff marshal headteacher headmaster rector dean financier
    conspirator co-conspirator co-defendant subordinate justice negotiator
    """
)
# Said of persons without a noun: "164 killed", "20 injured".
PERSON_STATES = word_set(
    """
    dead killed injured wounded hurt missing arrested detained hospitalised hospitalized displaced
    homeless jailed imprisoned infected sick sickened evacuated rescued freed released deported
    sentenced executed drowned stranded trapped unaccounted kidnapped abducted unemployed jobless
    """
)
IRREGULAR_SINGULARS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "policemen": "policeman",
    "policewomen": "policewoman", "servicemen": "serviceman", "servicewomen": "servicewoman",
    "gunmen": "gunman", "passersby": "passerby", "passers-by": "passer-by", "alumni": "alumnus",
    "firemen": "fireman", "fishermen": "fisherman", "congressmen": "congressman", "spokesmen": "spokesman",
    "schoolchildren": "schoolchild", "lives": "life", "wives": "wife", "leaves": "leaf", "knives": "knife",
    "wolves": "wolf", "halves": "half", "feet": "foot", "teeth": "tooth", "mice": "mouse", "geese": "goose",
    "crises": "crisis",
    "taxis": "taxi", "skis": "ski", "criteria": "criterion", "phenomena": "phenomenon", "media": "medium",
    "series": "series",
    "species": "species", "means": "means", "headquarters": "headquarters", "aircraft": "aircraft",
    "spacecraft": "spacecraft", "hovercraft": "hovercraft", "helicopters": "helicopter", "sheep": "sheep",
    "fish": "fish", "cattle": "cattle", "livestock": "livestock", "police": "police",
    "personnel": "personnel",
    "staff": "staff", "crew": "crew", "dead": "dead", "wounded": "wounded", "injured": "injured",
    "missing": "missing",
    "killed": "killed", "arrested": "arrested", "detained": "detained", "poor": "poor", "others": "other",
    "troops": "troop", "buses": "bus", "gases": "gas", "viruses": "virus", "campuses": "campus",
    "bonuses": "bonus",
    "lenses": "lens", "clothes": "clothes", "goods": "goods", "arms": "arms", "movies": "movie",
    "cookies": "cookie",
    "zombies": "zombie", "calories": "calorie", "selfies": "selfie", "shoes": "shoe", "heroes": "hero",
    "taxes": "tax", "boxes": "box", "axes": "axe", "cases": "case", "houses": "house", "horses": "horse",
    "nurses": "nurse", "causes": "cause", "clauses": "clause", "phrases": "phrase", "databases": "database",
    "bases": "base", "purchases": "purchase", "licenses": "license", "licences": "licence",
    "offenses": "offense",
    "expenses": "expense", "responses": "response", "releases": "release", "diseases": "disease",
    "courses": "course",
    "exercises": "exercise", "enterprises": "enterprise", "franchises": "franchise", "promises": "promise",
    "avalanches": "avalanche", "headaches": "headache", "corpses": "corpse", "collapses": "collapse",
    "spouses": "spouse", "warehouses": "warehouse", "increases": "increase", "decreases": "decrease",
    "mosques": "mosque", "caches": "cache", "vases": "vase", "pauses": "pause", "accuses": "accuse",
}  # fmt: skip
