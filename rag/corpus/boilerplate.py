"""Knows the lines that web pages put around an article's text, each by its shape."""

from __future__ import annotations

import re
from collections.abc import Callable


def is_ornament(line: str) -> bool:
    """No letter, no digit: "* * *", "—", "[...]"."""
    return not any(map(str.isalnum, line))


def is_counter(line: str) -> bool:
    """A number by itself ("0", "12 commentaires", "3 min read"); a year by itself heads a chronology and stays."""
    return len(line) <= 40 and _COUNTER.fullmatch(line) is not None


def is_footnote(line: str) -> bool:
    """ "*Organisation interdite": a star glued to a short remark; one with figures bears facts and stays."""
    return len(line) <= 120 and _FOOTNOTE.fullmatch(line) is not None


def is_sharing(line: str) -> bool:
    """ "Partager sur Facebook", "Facebook Twitter WhatsApp", "Share this article"."""
    return len(line) <= 120 and _SHARING.fullmatch(line) is not None


def is_subscription(line: str) -> bool:
    """ "Abonnez-vous à notre newsletter", "Sign up for our newsletter", "Follow us on Twitter"."""
    return len(line) <= 300 and _SUBSCRIPTION.match(line) is not None


def is_cookie_notice(line: str) -> bool:
    """ "En poursuivant votre navigation, vous acceptez les cookies", "This site uses cookies"."""
    return len(line) <= 500 and "cookie" in line.lower() and _COOKIES.search(line) is not None


def is_advertising(line: str) -> bool:
    """ "Publicité", "Advertisement", "La suite après la publicité"."""
    return len(line) <= 80 and _ADVERTISING.fullmatch(line) is not None


def is_furniture(line: str) -> bool:
    """What a page prints around any text: "Accueil", "Imprimer", "Laisser un commentaire", "Tous droits réservés"."""
    return len(line) <= 160 and _FURNITURE.fullmatch(line) is not None


def is_picture_credit(line: str) -> bool:
    """ "Crédit photo : X", "Photo credit: X", "© X"."""
    return len(line) <= 120 and _PICTURE_CREDIT.match(line) is not None


LINE_RULES: tuple[Callable[[str], bool], ...] = (
    *(is_ornament, is_counter, is_footnote, is_sharing, is_subscription, is_cookie_notice, is_advertising),
    *(is_furniture, is_picture_credit),
)

_COUNTER = re.compile(
    r"[(\[]?(?!(?:1[5-9]|20)\d\d[)\]]?\Z)\d{1,4}(?:[.,\s]\d{1,3})?\s?[km]?[)\]]?"
    r"(?:\s?(?:commentaires?|réactions?|partages?|vues?|likes?|j['’]aime|comments?|shares?|views?"
    r"|min(?:utes?|s)?(?:\s(?:de\slecture|read))?))?"
    r"|(?:(?:temps\sde\s)?lecture|reading\stime)\s?:?\s?\d{1,3}\s?min(?:utes?|s)?\.?",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\*{1,3}[^\W\d][^\d*\n]*")
_NETWORK = (
    r"(?:facebook|twitter|whats\s?app|linkedin|e-?mail|mail|print|imprimer|pinterest|telegram|reddit|messenger"
    r"|instagram|youtube|tiktok|threads|bluesky|mastodon|viber|tumblr|flipboard|sms|rss|copy\slink|copier\sle\slien"
    r"|partager|share|tweeter|tweet|envoyer)"
)
_SHARING = re.compile(
    rf"{_NETWORK}(?:[\s,|/·•+&-]{{1,4}}{_NETWORK}){{0,15}}"
    r"|(?:partager|partagez|share)"
    r"(?:\s(?:cet\s|cette\s|l['’]|this\s|the\s)?(?:article|page|story|post|info|vidéo|video|it|this|ceci"
    rf"|on|sur|via|with|avec|vos|amis|your|friends|{_NETWORK})){{1,5}}\s?[:!.]?",
    re.IGNORECASE,
)
_SUBSCRIPTION = re.compile(
    r"[\s>»►▶→•(]{0,5}(?:"
    r"abonnez-vous|s['’]abonner|je\sm['’]abonne|déjà\sabonné|already\sa\ssubscriber|subscribe\s(?:to|now|today|for)"
    r"|(?:inscrivez-vous|recevez|retrouvez)\b.{0,150}\b"
    r"(?:newsletters?|lettres?\sd['’]information|alertes?|boîte\smail|e-?mails?)\b"
    r"|(?:suivez|rejoignez|retrouvez)[- ](?:nous|moi)?\s?.{0,60}"
    r"\bsur\s(?:facebook|twitter|x\b|instagram|linkedin|whatsapp|telegram|google)"
    r"|(?:cet\sarticle|la\ssuite|ce\scontenu|l['’]article)\sest\sréservée?\s(?:aux|à\snos)\sabonnés"
    r"|il\svous\sreste\s.{1,20}\sde\scet\sarticle\sà\slire|téléchargez\s(?:notre|l['’])\s?appli"
    r"|sign[\s-]?up\s(?:for|to|here)\b.{0,150}\b(?:newsletters?|inbox|e-?mails?|alerts?|updates?|here|morning|daily)\b"
    r"|get\s.{1,150}\b(?:in|to)\syour\sinbox|follow\s(?:us|.{1,120}\bon\s(?:twitter|x\b|facebook|instagram|threads))"
    r"|(?:cliquez\sici|click\shere)\s(?:pour|to)\b|this\sarticle\sis\s(?:only\s)?for\ssubscribers)",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\ben\spoursuivant\svotre\snavigation|\b(?:nous|ce\ssite)\s(?:utilisons|utilise)\sdes\scookies"
    r"|\b(?:this|our)\s(?:web)?site\suses\scookies|\bwe\suse\scookies|\baccept(?:er|ez)?\s(?:all|tous\sles|les)\scookies"
    r"|\bg[ée]rer\s(?:les|mes|vos)\scookies|\bby\scontinuing\sto\s(?:use|browse)\s(?:this|our)",
    re.IGNORECASE,
)
_ADVERTISING = re.compile(
    r"[-–—\s]{0,3}(?:publicités?|annonces?|advertisements?|advertising|sponsored(?:\scontent)?|contenu\ssponsorisé"
    r"|(?:la\s)?suite\s(?:de\s(?:l['’]|votre\s)article\s)?après\s(?:la|cette)\s(?:publicité|annonce)"
    r"|(?:article|story)\scontinues\s(?:below|after)(?:\s(?:this\s)?advertisement)?)[-–—\s]{0,3}",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"accueil|home|menu|recherche|rechercher|search|imprimer|print|commentaires?|comments?|réagir|mots[- ]clés|tags?"
    r"|(?:laisser|ajouter|écrire|poster)\sun\scommentaire|leave\sa\s(?:comment|reply)"
    r"|(?:mots[- ]clés|tags?|étiquettes)\s?:.{1,140}|(?:se\sconnecter|connexion|log\sin|sign\sin|s['’]identifier)"
    r"|retour\s(?:à\sl['’]accueil|en\shaut(?:\sde\s(?:la\s)?page)?)|back\sto\stop|skip\sto\s(?:main\s)?content"
    r"|(?:tous\sdroits\sréservés|all\srights\sreserved|toute\sreproduction\sinterdite)\.?"
    r"|(?:©|\(c\)\s|copyright\s).{1,140}|[«<←]?\s?(?:précédent|suivant|previous|next)\s?[»>→]?",
    re.IGNORECASE,
)
_PICTURE_CREDIT = re.compile(
    r"[\s(\[]?(?:(?:crédits?(?:\s?(?:photo|image|vidéo)s?)?|photo\s(?:credit|courtesy)|image\scredit)\s?:|©)",
    re.IGNORECASE,
)
