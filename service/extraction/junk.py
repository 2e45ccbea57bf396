"""Lines of a scraped page that are no part of its article: patterns by reason. Data only.

A line is compared without the bullets and brackets around it and in lower case, and as a whole: a sentence
that only begins like one of these stays.
"""

import re

from service.extraction.word_lists import word_set

# White space is single by the time these are tried; lines longer than this are prose, whatever they begin
# with.
LONGEST = 320
_SITES = (
    r"facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|e-?mail|messenger|instagram|vk|viber"
    r"|tumblr|youtube|rss|google news|flipboard|threads|bluesky|tiktok"
)
_AGENCIES = (
    r"ap|afp|reuters|epa|getty(?: images)?|xinhua|pti|ani|ians|dpa|tass|agencies|supplied|associated press"
)
PATTERNS: dict[str, str] = {
    "advertisement": r"advertisements?(?: - .{1,60}| continue reading .{1,60})?"
    r"|advertising|sponsored(?: content| links?| by .{1,60})?"
    r"|promoted(?: content| links?)?"
    r"|paid (?:content|post|advertisement)|ad feedback|(?:story|article) continues (?:below|after) "
    r"(?:this |the )?(?:ad|advertisement|advert)"
    r"|ads? by .{1,40}|remove ads|skip ad|\(?adsbygoogle.{0,120}|report this ad|article continues below",
    "comments": r"leave (?:a|your) (?:comment|reply)(?: cancel reply)?|cancel reply|(?:no"
    r"|\d{1,6}) (?:comments?"
    r"|replies)(?: yet| on .{1,200})?"
    r"|comments?(?: \(?\d{1,6}\)?)?|comments? (?:are closed|off|disabled).{0,60}|(?:post|add|write"
    r"|submit)(?: a| your)? comment|be the first to comment"
    r"|your email address will not be published.{0,120}|required fields are marked.{0,20}|save my "
    r"name,? e-?mail.{0,120}"
    r"|this site uses akismet.{0,120}|learn how your comment data is processed|notify me of (?:new"
    r"|follow-?up).{0,80}"
    r"|(?:name|e-?mail|website|comment|your name|your email)(?: \*)?|(?:log ?in|sign in|register) to "
    r"(?:leave|post|add|write) (?:a )?(?:comment|reply).{0,40}"
    r"|you must be logged in to post a comment|(?:view|show|load|read)(?: all| more)? (?:\d{1,6} "
    r")?comments|join the (?:conversation|discussion)"
    r"|have your say|what do you think\? leave.{0,60}",
    "source link": rf"source ?: ?(?:{_AGENCIES}|twitter|facebook|cnn|bbc|bloomberg|al jazeera)"
    r"|source(?: link| url| site\S{0,40})?|source ?: ?(?:https?://|www\.)\S{1,300}"
    "|(?:original|full) "
    r"(?:source|article|post|story)(?: link| here)?"
    r"|(?:read|view|see) (?:the )?(?:original|full)(?: article| post| story)?(?: here| at source| on "
    r".{1,40})?|via ?: ?(?:https?://|www\.)\S{1,300}|link to (?:source|original)",
    "link": r"(?:https?://|www\.)\S{1,300}|permalink|trackback(?: url)?|(?:pic\.twitter\.com|t\.co)/\S{1,40}",
    "share": rf"join our .{{1,40}} (?:channel|group|community)|share(?: (?:this|on|via"
    rf"|with)(?: (?:article|story|post|page|news|link|item"
    "|friends))?)?(?: (?:on"
    rf"|via|with|to)? ?(?:{_SITES}|friends))?"
    rf"|(?:click|tap) to (?:share|email|print).{{0,80}}|(?:{_SITES})|tweet(?: this)?|pin it|print(?: "
    rf"this)?(?: article| page)?|copy (?:this )?link|link copied"
    r"|like this|loading|like loading|save(?: article)?|bookmark|follow (?:us|me)(?: on .{1,80})?"
    r"|(?:like|follow|find|join) us on .{1,80}|follow .{1,40} on (?:twitter|x|facebook|instagram"
    r"|telegram)"
    rf"|share this(?: article| story| post)? ?: ?.{{0,60}}|(?:\d{{1,6}} )?shares?"
    rf"|(?:(?:{_SITES})[ ,|/·]{{1,3}}){{1,12}}(?:{_SITES})",
    "subscription": r"subscribe(?: now| today| here| to (?:our|the|my) .{1,120}| for .{1,80}"
    "| via .{1,40}| by email)?"
    r"|sign up(?: now| here| today)?"
    r"|sign up (?:for|to) .{0,120}(?:newsletter|e-?mails?|inbox|alerts?|updates|briefing).{0,80}"
    r"|(?:get|receive) .{0,120}(?:inbox|newsletter).{0,60}"
    r"|(?:our )?newsletters?(?: sign-?up)?|already a (?:subscriber|member)\??.{0,40}|(?:download|get) "
    r"(?:our|the) (?:free )?app.{0,60}"
    r"|(?:become a member|support us|donate(?: now| today)?|make a donation)|(?:create|start) (?:a "
    r"|your )?free (?:account|trial).{0,60}|register(?: now| for free)?"
    r"|this (?:article|content|story) is (?:only )?(?:for|available to) (?:subscribers|members).{0,60}",
    "related": r"(?:read|see|watch|listen)(?: also| more| next| too)|(?:also )?(?:read|see|watch"
    "|listen)(?: also"
    r"| more| next| now)? ?[:|] ?.{1,250}|read more (?:about|on|at|from|in|here|stories).{0,150}"
    r"|(?:also read|see also|further reading|read full article|read the full story)(?: ?: ?.{1,250})?"
    r"|continue reading.{0,150}|keep reading|click here.{0,120}|learn more|find out more|show more"
    r"|load more|view all|see all|more"
    r"|(?:related|recommended|similar|popular|latest|top|other|more|recent)(?: (?:articles?|stories"
    r"|posts?|news|coverage|topics?|content|links|reading|videos?|headlines|items))(?: ?: ?.{0,250})?"
    r"|recommended(?: for you)?|related ?: ?.{1,250}|more (?:on this(?: story)?|from [^,]{1,40}|like "
    r"this)|you (?:may|might) (?:also )?(?:like|be interested in|have missed).{0,60}"
    r"|don['’]?t miss(?: ?: ?.{1,200})?|trending(?: now)?|most (?:read|popular|viewed|shared"
    r"|commented)|editors?['’]?s? picks?|in case you missed it.{0,120}|what to read next|up next|next "
    r"up",
    "cookies": r"(?:we|this (?:web)?site|our (?:web)?site|our partners)(?: and our partners)? uses? "
    r"cookies.{0,300}|(?:accept|reject|allow|manage)(?: all)?(?: cookies)?"
    r"|by (?:continuing to (?:use|browse)|using|clicking).{0,60}(?:you (?:agree|consent|accept)"
    r"|cookies|terms).{0,200}|(?:cookie|privacy) (?:policy|settings|preferences|notice|statement)(?: "
    r".{0,60})?"
    r"|terms (?:of (?:use|service)|(?:and|&) conditions)(?: .{0,60})?|manage (?:consent|preferences"
    r"|options)|do not sell my (?:personal )?information.{0,40}|i agree|got it",
    "credit": rf"(?:{_AGENCIES})(?: (?:file )?photo)?(?:/.{{1,60}})?"
    r"|(?:(?:file|stock|handout) )?(?:photo|photograph|image|picture|pic|illustration|graphic|video)s?"
    # A caption that tells more than whose picture it is stays.
    r"(?: (?:by|credits?|courtesy(?: of)?|caption|via))? ?[:/|] ?(?:.{1,60}|.{1,250}"
    rf"(?:{_AGENCIES})(?:/.{{1,60}})?)|(?:photo|image|picture|video)s? (?:by|courtesy of) .{{1,80}}"
    rf"|[^,;:!?\d]{{3,40}}/(?:{_AGENCIES})(?: [^,;:!?\d]{{3,40}}/(?:{_AGENCIES}))?"
    r"|(?:frame ?grab|screen ?grab|screenshot|file photo|file image|representational image|handout)"
    r"|(?:additional |further )?reporting by .{1,200}|(?:edited|compiled|translated) by:? .{1,80}"
    r"|.{1,80} contributed to this (?:report|story|article)|(?:with )?(?:agency )?inputs?(?: from .{1,60})?",
    "footer": r"this (?:story|article|report) has not been edited by .{0,200}|disclaimer ?: .{0,280}"
    r"|our standards ?: .{0,100}|(?:this is an? )?(?:developing|breaking)(?: news)? (?:story|update)"
    r"(?: and .{0,80})?(?:[.:] .{0,120})?|(?:please )?check back (?:soon|later|for) .{0,100}"
    r"|to get .{1,40} alerts,? sign up.{0,20}|please enter your .{1,40}|you must be logged in.{0,60}"
    r"|catch all the latest .{0,120}|for more (?:news|stories|updates),? .{0,100}|do you have a story.{0,120}"
    r"|scroll down for (?:more|video)|we pay for (?:your )?stories.{0,140}"
    r"|support independent journalism.{0,80}|live updates?(?: ?: ?.{0,200})?|key (?:points|takeaways)"
    r"|story highlights|highlights|actions|skip to footer",
    "copyright": r"(?:©|\(c\)).{0,200}|copyright(?: ?(?:©|\(c\)|\d{4}|[:|–-]).{0,200})?"
    r"|all rights reserved.{0,120}|.{0,80}all rights reserved",
    "navigation": r"skip to (?:main )?(?:content|navigation)|home(?: (?:>|»|/|›) .{1,120})?|menu"
    "|main menu|search"
    r"|log ?in|sign in|log ?out|my account|close|back|back to (?:top|home)|(?:to )?top"
    r"|(?:next|previous|prev)(?: (?:article|post|story|page))?(?: ?: ?.{1,200})?|(?:filed under"
    r"|posted in|categor(?:y|ies)|tags?|tagged(?: with)?|topics?|labels) ?: ?.{0,250}|tags|topics"
    r"|contact(?: us)?|about us|advertise with us|sitemap"
    r"|\d{1,3} ?(?:min(?:ute)?s?)(?: to)? read|reading time ?: ?.{1,30}|estimated reading time.{0,40}"
    r"|listen to (?:this )?(?:article|story).{0,40}|(?:play|watch)(?: the| this)? video(?: (?:below"
    r"|above|here))?|video "
    r"player.{0,60}"
    r"|this video (?:can ?not|could not) be played.{0,60}|video unavailable|media caption|image "
    r"source,? .{1,60}|expand|enlarge(?: image)?|view (?:image|gallery|photos)|(?:open|view) (?:image "
    r")?in (?:a )?(?:new window|gallery|lightbox)"
    r"|photos?|videos?|slideshow|photo gallery"
    r"|english|русский|қазақша|deutsch|français|español|translate(?: this page)?|powered by .{1,40}"
    r"|(?:#\w{1,40}[ ,]{0,2}){1,20}|\d{1,6} views|views ?: ?\d{1,7}|page \d{1,3} of \d{1,3}",
}
JUNK = re.compile(
    "|".join(f"(?P<{reason.replace(' ', '_')}>{pattern})" for reason, pattern in PATTERNS.items())
)
REASONS = {reason.replace(" ", "_"): reason for reason in PATTERNS}
# Stripped from both ends of a line before it is compared.
TRIM = " \t•*-–—|·»«›‹>#:.!…[](){}→▶►↓✕×+=_~"

AD_TAG = re.compile(
    r"\[/?(?:ad|ads|ad_?\d{1,3}|advert|advertisement|adinserter|ad_inserter|adrotate|adsense"
    r"|google_ad\w{0,20}|wp_ad\w{0,20}|quads|the_ad)"
    r"(?:[ _-][^\[\]\n]{0,100})?\]",
    re.IGNORECASE,
)
# What pages put inside lines, around the words of a caption or between two: a line ends where it stood.
INSIDE: dict[str, str] = {
    "caption": r"(?<!\w)(?:(?:Hide|Show) Caption \d{1,3} of \d{1,3}|(?:Enlarge this image )?toggle caption"
    r"|Image copyright [A-Z][\w/ ]{1,40}? Image caption|(?<![^\n])Image caption (?=[A-Z])"
    r"|(?<![^\n])(?:GETTY(?: IMAGES)?|Getty Images|Rex Features) (?=[A-Z][a-z]|[A-Z] [a-z])"
    r"|(?<![^\n])Facebook Twitter Pinterest (?=[A-Z]))",
    "share": r"Read or Share this story: https?://\S{1,80}",
    "subscription": r"(?:Newsletter Sign Up )?Continue reading the main story.{0,900}?"
    r"View all New York Times newsletters\.|Please verify you['’]re not a robot by clicking the box\."
    r"|Invalid email address\. Please re-enter\.|You must select a newsletter to subscribe to\.",
    "related": r"JUST WATCHED (?P<title>[^\n]{1,120}?) Replay More Videos \.\.\. MUST WATCH"
    r"(?: (?P=title)(?: \d\d:\d\d)?)?",
}
FURNITURE = re.compile("|".join(f"(?P<{reason}>{pattern})" for reason, pattern in INSIDE.items()))
# Some word of each; a text without them is not searched.
FURNITURE_SIGNS = re.compile(
    r"Caption|caption|GETTY|Getty|Rex Features|Pinterest|Share this story|Continue reading|robot|re-enter"
    r"|newsletter to|JUST WATCHED"
)
# Each picture of a gallery begins with the gallery's title.
GALLERY = re.compile(r"^ *(?P<shown>Photos: [^\n]+)", re.MULTILINE)
# After one of these, the rest of the page is the readers'.
COMMENTS_START = re.compile(
    r"leave (?:a|your) (?:comment|reply)(?: cancel reply)?|\d{1,6} (?:comments?|replies|thoughts?)(?: "
    r"on .{1,200})?|comments?(?: \(?\d{1,6}\)?)?"
    r"|(?:post|add|write) a comment|your email address will not be published.{0,120}|join the "
    r"(?:conversation|discussion)"
)
# After one of these come titles of other articles.
RELATED_START = re.compile(
    r"(?:related|recommended|similar|popular|latest|top|other|more|recent) (?:articles?|stories|posts?"
    r"|news|coverage|content|links|reading|videos?|headlines)"
    r"|recommended(?: for you)?|more (?:on this(?: story)?|from [^,]{1,40}|like this)|you (?:may|might) "
    r"(?:also )?(?:like|be interested in|have missed)"
    r"|trending(?: now)?|most (?:read|popular|viewed|shared|commented)|editors?['’]?s? picks?|what to "
    r"read next|read (?:also|next)|see also|further reading"
)
# A lone name at the very end: who ran the article, in lower case, as an address, or with a word that says so.
CREDIT_WORDS = word_set(
    """
    channel news tv agency media press times post herald radio tribune journal gazette daily weekly
    today online network magazine newspaper reuters afp ap dpa ap/reuters bloomberg xinhua tass interfax
    yonhap rferl bbc cnn
    """
)
DOMAIN = re.compile(r"(?:[\w-]{1,40}\.){1,3}[a-z]{2,6}")
