"""Vietnamese typed before Unicode: letters that only look right in an old font (TCVN3, VNI)."""

import re

# TCVN3 keeps the marked vowels where Latin-1 has signs: "tr×nh", "kiÓm so¸t".
_TCVN3 = re.compile(r"[A-Za-z®][µ¸¶·¹»¾¼½©®ª«¬×÷¨§]|[µ¸¶·¹×÷][a-z]|[a-z]Ó[a-z]")
# VNI writes a mark as a letter of its own behind the vowel: "taøi lieäu"; only letters that
# Vietnamese itself has not, and no pairs that German has.
_VNI = re.compile(r"[aeouyAEOUY][øûïåëØÛÏÅË]|[aouyAOUY][äÄ]")
_UNICODE = re.compile(r"[\u1ea0-\u1ef9ăĂđĐơƠưƯ]")
# At least so many different pairs, and one among so many words.
_FEWEST, _ONE_IN, _SAMPLE = 3, 12, 200_000


def is_legacy(text: str) -> bool:
    """Whether `text` is Vietnamese in an old encoding: many of its pairs, and few real letters.

    A text that is mostly Unicode and merely quotes an old line is not, nor is German.
    """
    text = text[:_SAMPLE]
    pairs = max(_TCVN3.findall(text), _VNI.findall(text), key=len)
    often = len(pairs) * _ONE_IN >= len(text.split())
    return len(set(pairs)) >= _FEWEST and often and len(pairs) > len(_UNICODE.findall(text))
