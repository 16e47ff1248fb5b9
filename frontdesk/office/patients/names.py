"""Names as data: nicknames, and how a name is folded, split and heard."""

import re
import unicodedata
from functools import lru_cache

import jellyfish

# The name on the card, then what people are called.
_NICKNAMES = """
abigail abby gail | albert al bert | alexander alex al xander sandy sasha | alexandra alex sandra sandy lexi sasha
alfred al fred | alice ali | allison ali allie | amanda mandy | andrew andy drew | angela angie | ann anne anna annie nan
anthony tony | antonio tony toño | arthur art | barbara barb babs barbie | benjamin ben benny | bernard bernie
beverly bev | bradley brad | brenda bren | calvin cal | cameron cam | caroline carol carrie | cassandra cassie
catherine cathy kate katie kathy cat kitty katherine kathryn | charles charlie chuck chas | charlotte charlie lottie
christina chris tina christy | christine chris tina chrissy | christopher chris kit topher | clifford cliff
cynthia cindy | daniel dan danny | david dave davey | deborah deb debbie debra | dennis denny | dolores lola
donald don donny | dorothy dot dottie dolly | douglas doug | edward ed eddie ted ned | eleanor ellie nell nora
elizabeth liz beth betty betsy eliza lizzie libby bess elsie | emily em emmy | eugene gene | evelyn evie
florence flo | frances fran frannie | francis frank | francisco paco pancho frank cisco | frederick fred freddy rick
gabriel gabe | gabriela gaby | gerald gerry jerry | geraldine gerry | gregory greg | guadalupe lupe | harold harry hal
henry hank harry | herbert herb | howard howie | ignacio nacho | isaac ike | isabella bella izzy | jacob jake
jacqueline jackie | james jim jimmy jamie | janet jan | jeffrey jeff | jennifer jen jenny | jeremiah jerry
jessica jess jessie | jesus chuy | joan joanie | john jack johnny jon | jonathan jon | jose pepe | joseph joe joey
josephine jo josie | joshua josh | judith judy | julia julie | kathleen kathy kay | kenneth ken kenny | kimberly kim
laurence larry | lawrence larry | leonard len lenny leo | leslie les | lillian lily | louis lou | louise lou
lucille lucy | luis lou | madeline maddy | magdalena lena | manuel manny | margaret maggie meg peg peggy marge margie greta rita
maria mary | marjorie marge | martha marty | martin marty | mary molly polly mamie | matthew matt | maximilian max
megan meg | melissa missy mel | michael mike mickey micky | michelle shelly | mildred millie | mohammed mo mohamed muhammad
nancy nan | natalie nat | nathaniel nate nat nathan | nicholas nick nicky | nicole nicky | norman norm | oliver ollie
olivia liv livvy | pamela pam | patricia pat patty tricia trish | patrick pat paddy | peter pete | philip phil
phillip phil | phyllis phyl | rachel rae | raymond ray | rebecca becky becca | richard dick rick rich ricky
robert bob bobby rob robbie bert | roberto beto | roger rog | ronald ron ronnie | rosemary rose | roxanne roxy
russell russ | ruth ruthie | samantha sam | samuel sam sammy | sandra sandy | sarah sally sadie | sharon shari
stanley stan | stephanie steph | stephen steve | steven steve | susan sue susie suzie | suzanne sue | sylvia syl
tamara tammy | teresa terry tess | theodore ted teddy theo | theresa terry tess tessa | thomas tom tommy | timothy tim
valerie val | vanessa nessa | veronica ronnie | victor vic | victoria vicky tori | vincent vince vinny | virginia ginny
walter walt | wendell wendy | wesley wes | wilhelmina mina | william bill billy will willy liam | yolanda yoli | zachary zach zack
"""


@lru_cache(maxsize=1)
def _alike() -> dict[str, frozenset[str]]:
    groups = [group.split() for line in _NICKNAMES.strip().splitlines() for group in line.split("|")]
    found: dict[str, set[str]] = {}
    for formal, *short in groups:
        for nick in short:
            found.setdefault(formal, set()).add(nick)
            found.setdefault(nick, set()).add(formal)
    return {name: frozenset(others) for name, others in found.items()}


def other_forms(token: str) -> frozenset[str]:
    """Return what else somebody called `token` (folded) may be called: Bob for Robert, Robert and Roberto for Bob."""
    return _alike().get(token, frozenset())


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return plain lower-case letters and digits, words a blank apart: "O'Brien-Núñez" is "obrien nunez"."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in letters if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    bare = (
        bare.replace("ø", "o")
        .replace("Ø", "o")
        .replace("ł", "l")
        .replace("Ł", "l")
        .replace("ß", "ss")
        .replace("æ", "ae")
    )
    bare = re.sub("['`.\u2019\u02bc]", "", bare.casefold())
    return " ".join(re.sub(r"[^\w]|_", " ", bare).split())


def tokens(text: str) -> list[str]:
    """Return the folded words of a name, and the whole written together when there are several."""
    words = [word[:40] for word in fold(text).split()]
    return [*words, "".join(words)[:40]] if len(words) > 1 else words


def sound(token: str) -> str:
    """Return how a folded token sounds, marked so that it cannot be taken for a spelling; "" for none."""
    heard = jellyfish.metaphone(token) if token.isascii() and token.isalpha() else ""
    return f"~{heard.replace(' ', '')}"[:41] if heard else ""


def slips(token: str) -> set[str]:
    """Return the token and all it can be with one letter left out.

    Two tokens that are one slip apart (a letter more, less, other, or two neighbours swapped) share one of these.
    """
    return {token, *(token[:i] + token[i + 1 :] for i in range(len(token)))} if len(token) > 2 else {token}
