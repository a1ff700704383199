# SPDX-License-Identifier: Apache-2.0
"""Short words that belong to a neighbour: a line should not end with an article or begin with a postposition.

One table serves all languages, because the engine is not told which one it sets. A word that is a preposition in one
language and a noun in another costs a good break now and then; a preposition left hanging is seen by everybody.
"""

from enum import StrEnum
from typing import Final


class Lean(StrEnum):
    """Where a short word belongs. STICKS: to what follows it, as the one-letter prepositions of Czech and Polish do."""

    STICKS = "sticks"
    FORWARD = "forward"
    BACK = "back"
    FREE = "free"


_ONE_LETTER: Final = "aeiouàèéíóyksvwzвкосуиаязійηοή"
_FORWARD: Final = frozenset(
    word
    for words in (
        "a an the of to in on at by for and or from with as my your our no",  # English
        "der die das den dem des ein eine einen einem einer im am zu zum zur für mit von vom und oder auf bei aus ab",
        "le la les de du des un une au aux en et ou sur par pour dans avec chez dès sans ce ces ma ta sa mon ton son",
        "el los las del al y o con por para sin su sus mi tu",  # Spanish
        "os as do da dos das um uma no na nos nas em ao aos com por para sem seu sua",  # Portuguese
        "il lo gli di dei del della delle dal dalla nel nella un una uno con per tra fra su sul sulla ed",
        "het een van voor met op te aan bij en om uit je",  # Dutch
        "en ett och på av för med till från vid et og på af til fra ved i den det",  # Swedish, Danish, Norwegian
        "ja on ei",  # Finnish, Estonian
        "na do od po za ze we ku dla bez nad pod przy oraz i ve ke se ze pro při nebo zo so vo ku pri alebo",
        "az egy és de is",  # Hungarian
        "la un o din de în pe cu și sau pentru la ale al",  # Romanian
        "ne në me një dhe per për te të se",  # Albanian
        "els les amb per i dels als uns",  # Catalan
        "ir no ar un uz par iš ant su ir nuo iki",  # Latvian, Lithuanian
        "an na ar le do y yr i o ac neu",  # Irish, Welsh
        "bir ve ile daha çok en bu",  # Turkish
        "di ke dari dan yang untuk se sa ng mga ang at na",  # Indonesian, Malay, Filipino
        "wa ya kwa na die n ’n",  # Swahili, Afrikaans
        "và của ở cho từ một các những",  # Vietnamese
        "на за от по до из не ни но во ко со об от для без при над под или это та те до з із та або від під",
        "од со во до със във от до след",  # Serbian, Macedonian, Bulgarian
        "το τα τη την τον της του των τις τους οι στο στη στην στον στα στις με για σε από και ένα μια να θα",
        "في من على إلى عن مع ما لا يا كل أو ثم در از به با که هر یک برای و یا",  # Arabic, Persian
        "של את על עם אל כל לא מן או גם",  # Hebrew
    )
    for word in words.split()
)
_BACK: Final = frozenset(
    word
    for words in (
        "का की के को में से पर ने तक ही भी है हैं मा ले को का",  # Hindi, Nepali
        "میں سے کی کے کا کو پر نے تک ہی بھی ہے ہیں را",  # Urdu, Persian
        "de da mi mı mu mü ise",  # Turkish, after its word
    )
    for word in words.split()
)
_TURKIC_ONLY: Final = frozenset({"de", "da", "mi"})
_AROUND: Final = "“”„\"'‘’(«»‹›¿¡،,.:;!?"


def lean(word: str, turkic: bool = False) -> Lean:
    """Where ``word``, which may carry quotes or brackets before it, belongs at the end of a line. ``turkic`` says
    whether the text is Turkish or Azeri, some of whose particles look like prepositions of other languages."""
    bare = word.lstrip(_AROUND)
    if not bare or bare[-1] in _AROUND:
        return Lean.FREE
    folded = bare.lower()
    # "Plan A", "Vitamin C": a capital alone is a name, but "A" and "I" begin sentences too.
    if len(folded) == 1 and folded in _ONE_LETTER and (bare == folded or bare in "AI"):
        return Lean.STICKS
    if turkic and folded in _TURKIC_ONLY:
        return Lean.BACK
    return Lean.FORWARD if folded in _FORWARD else Lean.FREE


def leans_back(word: str, turkic: bool) -> bool:
    """Whether ``word`` belongs to what stands before it; ``turkic`` as for `lean`."""
    bare = word.rstrip(_AROUND)
    return bare in _BACK and (turkic or bare not in _TURKIC_ONLY)
