"""Tells whether a sentence of an article speaks to the assistant that reads it, instead of telling the news."""

from __future__ import annotations

import re

from rag.language.folding import fold

FEWEST_WORDS_AROUND = 4  # of a sentence that reports what it has in quotation marks


def addresses_assistant(text: str) -> bool:
    """Whether a text gives orders to a machine, or holds what steers one.

    A sentence that reports such words in quotation marks does not: an article may well be about them.
    """
    if _MARKED.search(text) and _TEMPLATE.search(text):
        return True
    around = _QUOTED.sub(" ", text)
    told = around if around != text and len(_WORD.findall(around)) >= FEWEST_WORDS_AROUND else text
    return _ORDER.search(" ".join(fold(told).split())) is not None


_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"«[^«»]{0,400}»|“[^“”]{0,400}”|‘[^‘’]{0,400}’|\"[^\"]{0,400}\"")
_MARKED = re.compile(r"[<\[#:]")  # without one of these nothing below is there
_TEMPLATE = re.compile(
    r"<\|[^|<>]{0,40}\|>|<｜[^｜<>]{0,40}｜>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|##\s?(?:Instruction|System)"
    r"|(?:^|\n)\s{0,9}(?:system|assistant|user)\s{0,3}:",
    re.IGNORECASE,
)
_FRENCH = (
    r"\b(?:ignore[zr]?|oublie[zr]?|neglige[zr]?|ne ten(?:ez|ir|ons) (?:pas|aucun) compte d[e']s?) (?:\w+ ){0,4}"
    r"(?:instructions?|consignes?|regles?|directives?|ordres?|prompts?|question|precedes?)\b",
    r"\b(?:tu dois|vous devez|il (?:te|vous) faut|tu vas|vous allez|merci de|veuillez|priere de) (?:\w+ ){0,3}"
    r"(?:repondre|ecrire|afficher|imprimer|inclure|dire que|repeter|reveler|citer|terminer|commencer)\b",
    r"\b(?:reponds|repondez|ecris|ecrivez|affichez|reveles|revelez|repetez|inserez|terminez) (?:\w+ ){0,3}"
    r"(?:toujours|seulement|uniquement|simplement|exactement|votre|ta|ton|tes|vos|ce lien|cette image)\b",
    r"\b(?:ton|votre|l'|le|un) ?(?:prompt|invite)\b.{0,20}\bsysteme\b|\bprompt systeme\b",
    r"\ben tant (?:qu'|que )(?:ia|modele de langue|intelligence artificielle|chatbot)\b",
    r"\bdans (?:ta|votre) (?:prochaine )?(?:reponse|synthese)\b",
    r"\b(?:tu es|vous etes) (?:maintenant |desormais |un |une )+(?:assistant|ia|modele|chatbot|pirate|machine)\b",
    r"\bnote (?:a|pour) (?:l'|les |tout |toute )?(?:ia|assistants?|modeles?|llm|chatbots?|robots?)\b",
    r"\b(?:assistants?|chatbots?|modeles? de langue|ia) ?[:,!] ?"
    r"(?:tu|vous|ignore|reponds|ecris|affiche|merci|veuillez|dis|dites)\b",
)
_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,4}"
    r"(?:instructions?|prompts?|rules?|directives?|guidelines?|commands?|question|context|above)\b",
    r"\byou (?:must|should|will|shall|need to|have to|are (?:required|instructed|going) to) "
    r"(?:now |always |only |also )?"
    r"(?:answer|respond|reply|say|output|print|write|include|reveal|repeat|cite|display|begin|act)\b",
    r"\b(?:answer|respond|reply|output|print|write) (?:\w+ ){0,3}"
    r"(?:(?:only|always|exactly|with the (?:word|text|phrase))\b|with:)",
    r"\b(?:answer|output|print|write|end|begin|start) (?:\w+ ){0,3}your (?:answer|reply|response|output|system)\b",
    r"\bplease (?:output|print|reveal|repeat|display|translate|compute|encode) (?:the|your|this|all)\b",
    r"\b(?:your|the) (?:system |hidden |initial |original )+(?:prompt|instructions?|message)\b",
    r"\bas an? (?:ai|language model|llm|chatbot)\b",
    r"\bin your (?:next )?(?:answer|reply|response|summary|output)\b",
    r"\byou are (?:now )?(?:an? |in )?(?:\w+ )?(?:assistant|ai|language model|chatbot|developer mode|dan|pirate)\b",
    r"\b(?:note|message|instructions?) (?:to|for) (?:the |any |all )?"
    r"(?:ai|assistants?|language models?|llms?|chatbots?)\b",
    r"\b(?:ai|assistant|chatbot|language model) ?[:,!] ?(?:you|ignore|answer|respond|reply|please|print|output|say)\b",
    r"\b(?:new|updated|important|urgent) (?:system )?instructions? ?:",
)
_ORDER = re.compile(
    rf"\b(?=[a-z])(?:{'|'.join((*_FRENCH, *_ENGLISH))})"
)  # all begin with a word: elsewhere none is tried
