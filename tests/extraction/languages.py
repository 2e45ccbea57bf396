"""News in many languages, made up, by the language it is in."""

OTHERS = {
    "de": "Bei einem Brand in einem Wohnhaus in Bremen sind am Montag drei Menschen ums Leben "
    "gekommen. Wie die Feuerwehr mitteilte, wurden sieben weitere Bewohner mit einer "
    "Rauchvergiftung in ein Krankenhaus gebracht. Die Ursache des Feuers ist noch nicht bekannt.",
    "nl": "Bij een botsing tussen twee treinen in het noorden van het land zijn dinsdag vier mensen "
    "gewond geraakt. Volgens de politie reed een van de machinisten door een rood sein, maar dat "
    "wordt nog onderzocht. Het verkeer lag uren stil.",
    "fr": "Trois ouvriers sont morts mardi dans l'effondrement d'un pont près de Tours, selon la "
    "préfecture. Deux autres ont été transportés à l'hôpital, mais leur vie n'est pas en danger. "
    "Une enquête a été ouverte et les travaux ne reprendront pas avant l'été.",
    "es": "Al menos doce personas murieron el jueves cuando un autobús cayó por un barranco cerca de "
    "Ayacucho, según informó la policía. Otras veinte fueron llevadas a un hospital con heridas "
    "graves. El conductor, que también falleció, no había dormido en dos días.",
    "pt": "Pelo menos oito pessoas morreram na sexta-feira em um deslizamento de terra no interior de "
    "Minas, segundo os bombeiros. Mais de cem famílias não puderam voltar para casa, e o "
    "governador disse que as buscas vão continuar até domingo.",
    "it": "Due alpinisti sono morti sabato sul Monte Rosa dopo che una valanga li ha travolti poco "
    "sotto la cima. Il corpo di uno non è stato ancora trovato, ma le ricerche sono sospese per "
    "il maltempo, ha detto il sindaco del paese.",
    "ro": "Cel puțin cinci oameni au murit luni într-un incendiu la un depozit din Iași, au anunțat "
    "autoritățile. Alți nouă sunt internați în spital, iar cauza nu este cunoscută. Proprietarul "
    "a fost reținut pentru că nu avea autorizație.",
    "ca": "Els bombers van trobar dimarts el cos d'un excursionista que havia desaparegut amb dos "
    "amics més al Pirineu. Els altres són vius, però un ha estat traslladat a l'hospital amb les "
    "cames trencades. Aquesta és la segona mort de l'estiu.",
    "da": "To mænd er blevet anholdt efter et røveri mod en bank i Aarhus, siger politiet. De var "
    "bevæbnet med knive, men ingen kom til skade. En tredje mand slap væk på cykel, og politiet "
    "vil gerne høre fra vidner, der har set ham.",
    "no": "Fire personer ble skadet da et snøskred traff en vei i Troms mandag kveld, opplyser "
    "politiet. Det er ikke kjent hvor mange biler som ble tatt av skredet, men alle savnede er "
    "nå funnet. Veien åpner ikke før onsdag.",
    "sv": "Två poliser skadades på söndagen när en bil körde in i dem i Malmö. Föraren har gripits och "
    "är misstänkt för mordförsök, säger åklagaren, men han nekar till brott. Bilen var stulen "
    "och hade använts vid ett rån i förra veckan.",
    "fi": "Kolme ihmistä kuoli, kun pienkone putosi järveen Kuopion lähellä lauantaina. Poliisin "
    "mukaan kone oli lähtenyt Oulusta, mutta se ei ollut ilmoittanut vioista. Onnettomuuden "
    "syytä tutkitaan, ja järvi on suljettu, eikä siellä saa liikkua.",
    "et": "Tallinnas põles öösel korterelamu, kus hukkus kaks inimest, teatas päästeamet. Tuli sai "
    "alguse köögist, kuid see ei ole veel kindel ja põhjust alles uuritakse. Naabrid on nüüd "
    "koolimajas ning linn otsib neile uut kodu, mis on ka soe.",
    "lv": "Svētdien Rīgā notika avārija, kurā gāja bojā divi cilvēki, bet vēl trīs ir slimnīcā. "
    "Policija ziņo, ka vadītājs bija piedzēries un brauca pa pretējo joslu. Tā ir jau otrā šāda "
    "nelaime pēc Jāņiem, un pilsēta sola arī radarus.",
    "lt": "Vilniuje per gaisrą žuvo du žmonės, o dar keturi yra ligoninėje, pranešė gelbėtojai. Jie "
    "sako, kad ugnis kilo iš rūsio, bet tai dar nėra aišku. Namas buvo senas, taip pat be "
    "signalizacijos, ir miestas žada jį nugriauti.",
    "pl": "Co najmniej sześć osób zginęło w wypadku autokaru, do którego doszło w nocy pod Radomiem. "
    "Kierowca został ranny i nie mógł jeszcze zeznawać, ale policja podała, że jechał za szybko. "
    "Droga jest zamknięta od rana, a objazd prowadzi przez Kozienice.",
    "cs": "Při výbuchu plynu v Ostravě zemřeli tři lidé a pět dalších je v nemocnici. Podle hasičů se "
    "část domu zřítila a není jasné, zda jsou pod troskami další. Ulice je uzavřena, ale lidé se "
    "do okolních domů mohou vrátit.",
    "sk": "Pri zrážke vlaku s autobusom neďaleko Nitry zahynuli štyria ľudia, oznámila polícia. Ďalší "
    "sú v nemocnici a ich stav nie je dobrý. Podľa svedkov bol vodič na trati napriek tomu, že "
    "závory boli dole, ale vyšetrovanie sa len začalo.",
    "sl": "V nesreči pri Kranju je umrl motorist, dva druga pa so odpeljali v bolnišnico. Policija "
    "išče pričo, ki je po trku pobegnila, in pravi, da ni bila v avtu sama. Cesta je bila zaprta "
    "do večera, kar je povzročilo tudi zastoje.",
    "hr": "U požaru na otoku kod Zadra izgorjelo je nekoliko kuća, a dvoje ljudi je ozlijeđeno, rekao "
    "je župan. Vatrogasci su noć proveli na terenu i vjetar im nije pomogao. Kako se čini, vatra "
    "je izbila zbog iskre koja je pala sa stupa.",
    "hu": "Három ember meghalt, amikor egy busz az árokba csúszott Győr közelében. A rendőrség szerint "
    "az út csúszós volt, és a sofőr már nem tudott megállni. A sérülteket kórházba vitték, de "
    "egy nő még mindig életveszélyben van, mint azt az orvosok mondták.",
    "tr": "Bursa yakınlarında bir maden ocağında çıkan yangında dört işçi öldü. Vali, bir kişinin daha "
    "içeride olduğunu ve onun için çalışmaların sürdüğünü söyledi. Ocak geçen yıl da kapatılmış, "
    "ancak üç ay sonra yeniden açılmıştı. Nedeni ise henüz belli değil, dedi.",
    "az": "Gəncədə baş verən yanğında iki nəfər həlak olub, daha beş nəfər isə xəstəxanaya aparılıb. "
    "Nazirlik bildirib ki, bina köhnə olub və çıxışı bağlı idi. Hadisə ilə bağlı cinayət işi "
    "açılıb, sahibi isə axtarılır. Bu barədə rəsmi məlumat yoxdur.",
    "id": "Sedikitnya tujuh orang tewas setelah sebuah kapal tenggelam di perairan Sulawesi pada hari "
    "Minggu. Tim penyelamat masih mencari sebelas penumpang yang hilang, dan cuaca buruk membuat "
    "mereka tidak bisa terbang. Kapal itu berangkat dari Kendari dengan muatan beras.",
    "vi": "Ít nhất ba người chết và nhiều người bị thương trong một vụ cháy chợ ở Huế vào sáng thứ "
    "bảy. Công an cho biết lửa bắt đầu từ một quán ăn, nhưng nguyên nhân vẫn chưa được xác định. "
    "Chợ đã đóng cửa và các tiểu thương không được vào.",
    "sw": "Watu wanne wamefariki dunia baada ya basi kupinduka katika barabara kuu ya Dodoma. Polisi "
    "wamesema dereva alikuwa amelala na kwa sasa anashikiliwa. Majeruhi wapo hospitali ya mkoa, "
    "na ni wawili tu ambao hali yao ni mbaya, alisema daktari wa zamu.",
    "tl": "Lima ang nasawi nang gumuho ang isang gusali sa Cebu noong Lunes, ayon sa mga pulis. "
    "Hinahanap pa ng mga bumbero ang dalawang manggagawa na hindi pa nakikita. Ang may-ari ay "
    "kinasuhan na, ngunit itinanggi niya ito sa kanyang abogado.",
    "so": "Ugu yaraan saddex qof ayaa ku dhintay qarax ka dhacay suuq ku yaalla Baydhabo, sida uu "
    "sheegay booliisku. Dad kale oo dhaawac ah waxaa la geeyay isbitaalka. Weerarka cidi ma "
    "sheegan, laakiin waxaa soo baxaya in miino la adeegsaday.",
    "sq": "Dy persona kanë vdekur në një aksident në rrugën për Durrës, njoftoi policia. Shoferi nuk "
    "është gjetur dhe dyshohet se ka ikur në këmbë. Të plagosurit janë në spital, ku mjekët "
    "thanë që gjendja e tyre është më e mirë.",
    "ru": "В результате взрыва на складе под Тверью погибли четыре человека, ещё шестеро находятся в "
    "больнице. Как сообщили в министерстве, причина пока не установлена, но на месте нашли "
    "баллоны с газом. Дорога была закрыта до вечера.",
    "uk": "Унаслідок пожежі в гуртожитку у Львові загинули двоє студентів. Рятувальники кажуть, що "
    "вогонь почався на кухні, але це ще не підтверджено. Ректор заявив про день жалоби, а "
    "мешканців переселили до іншого корпусу.",
    "bg": "Трима души са загинали при катастрофа на пътя за Пловдив, съобщиха от полицията. Шофьорът е "
    "бил пиян и не е спрял на знак. Още петима са в болница, като за един от тях лекарите "
    "казват, че ще живее.",
    "sr": "У пожару у хали код Ниша погинула су два радника, а троје је у болници. Министар је рекао "
    "да се узрок још не зна и да је истрага почела. Хала није имала дозволу, као ни излаз за "
    "случај опасности.",
    "kk": "Қарағанды маңындағы шахтада болған апаттан екі кен қазушы қаза тапты. Министрліктің "
    "мәліметі бойынша тағы үш адам ауруханада жатыр және олардың жағдайы ауыр. Шахта уақытша "
    "жабылды деп хабарлады әкімдік.",
    "ar": "قتل ثلاثة أشخاص في انفجار سيارة قرب سوق في البصرة، وقالت الشرطة إن عشرة آخرين نقلوا إلى "
    "المستشفى. ولم تعلن أي جهة مسؤوليتها عن الهجوم الذي وقع بعد صلاة الظهر.",
    "fa": "در پی واژگون شدن یک اتوبوس در جاده شیراز چهار نفر کشته شدند و نه نفر دیگر به بیمارستان "
    "رفتند. پلیس گفت که راننده خواب بود و این جاده را نمی‌شناخت.",
    "ur": "ملتان کے قریب ایک فیکٹری میں آگ لگنے سے پانچ مزدور ہلاک ہو گئے۔ پولیس کا کہنا ہے کہ مالک کو "
    "گرفتار کر لیا گیا ہے اور زخمیوں کی حالت اب بہتر ہے۔",
    "el": "Δύο άνθρωποι έχασαν τη ζωή τους όταν κατέρρευσε παλιό σπίτι στην Πάτρα. Η πυροσβεστική "
    "ψάχνει ακόμη για έναν ένοικο, ενώ ο δήμαρχος είπε ότι το κτίριο ήταν κενό.",
    "he": "שלושה בני אדם נהרגו בתאונה בכביש ליד באר שבע, כך מסרה המשטרה. נהג המשאית נעצר, והפצועים "
    "פונו לבית החולים. הכביש ייפתח רק בערב.",
    "hi": "नागपुर के पास एक पुल गिरने से चार मजदूरों की मौत हो गई और छह घायल हैं। पुलिस ने कहा कि "
    "ठेकेदार से पूछताछ हो रही है और काम रोक दिया गया है।",
    "th": "เกิดเหตุไฟไหม้โรงงานในจังหวัดลำปาง มีผู้เสียชีวิตสองคน ตำรวจกล่าวว่ายังไม่ทราบสาเหตุ และคนงานที่เหลือปลอดภัยแล้ว",
    "ja": "北海道の山で雪崩があり、登山者三人が死亡した。警察によると、ほかに二人がけがをして病院に運ば"
    "れたが、命に別条はないという。",
    "zh": "湖南一座煤矿星期三发生爆炸，造成六人死亡，另有四人受伤。当地政府表示，事故原因正在调查，矿主"
    "已被警方带走。",
    "ko": "대전의 한 창고에서 불이 나 두 명이 숨지고 다섯 명이 다쳤다. 소방 당국은 불이 어디서 "
    "시작됐는지 아직 모른다고 밝혔다.",
}
