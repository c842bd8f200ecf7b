"""Lists the words that say nothing about the subject of a French or English sentence, folded."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(words.split())


# Left out on purpose: "or" and "car" in French (gold; English car), "us" in English (U.S.).
STOP_WORDS: dict[str, frozenset[str]] = {
    "fr": listed(
        """
        a ai aie aient ait as au aucun aucune aujourd'hui auquel aura aurait auraient auront aussi autre autres aux
        auxquelles auxquels avaient avait avant avec avoir ayant c ca ce ceci cela celle celles celui ces cet cette
        ceux chaque chez ci comme d dans de deja depuis des desquelles desquels dont du duquel elle elles en encore
        entre est et etaient etait etant ete etes etre eux font fut furent ici il ils j je jusqu jusque l la laquelle
        le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma mais me meme memes mes moi moins mon
        n ne ni non nos notre nous on ont ou par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi puis
        puisqu puisque qu quand que quel quelle quelles quelqu'un quels qui quoi quoiqu quoique s sa sans se selon sera
        serait seraient seront ses si soi soient sois soit sommes son sont sous suis sur t ta tandis te tel telle
        telles tels tes toi ton tous tout toute toutes tres tu un une vers via voici voila vos votre vous y
        """
    ),
    "en": listed(
        """
        a about after again all also am an and any are aren't as at be because been before being both but by can
        can't could couldn't did didn't do does doesn't doing don't down during each few for from further had hadn't
        has hasn't have haven't having he her here hers herself him himself his how i if in into is isn't it it's its
        itself just may me might more most must my no nor not now of off on once only or other our ours out over own
        same shall she should so some such than that that's the their theirs them themselves then there these they
        this those through to too under until up upon very was wasn't we were weren't what when where which while who
        whom whose why will with within without won't would wouldn't yet you your yours
        """
    ),
}

QUESTION_WORDS: dict[str, frozenset[str]] = {
    "fr": listed(
        """
        combien comment lequel laquelle lesquels lesquelles ou pourquoi quand que quel quelle quelles quels qui quoi
        dis dites dit donne donnez explique expliquez peux pouvez savez sait sais articles
        """
    ),
    "en": listed(
        """
        how what what's when where where's which who who's whom whose why many much long did does tell give explain
        please know articles
        """
    ),
}
