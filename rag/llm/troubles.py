"""Says in French and in English why a language model could not be used, naming what to set and what to do next."""

from __future__ import annotations

import re

from rag.errors import ModelError

LONGEST_SAID = 160  # characters shown of what an endpoint sent


def trouble(kind: str, **values: object) -> ModelError:
    """The error of a kind in _TEXTS; the values fill its blanks, strings in quotation marks and on one line."""
    shown = {
        name: repr(one_line(value)) if isinstance(value, str) else "" if value is None else value
        for name, value in values.items()
    }
    return ModelError(kind, {language: text.format(**shown) for language, text in _TEXTS[kind].items()})


def one_line(text: str, longest: int = LONGEST_SAID) -> str:
    """What an endpoint said, fit to be shown: one line, nothing unprintable, nothing that looks like a key."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 50 * longest])
    line = " ".join(_LIKE_A_KEY.sub("(hidden)", printable).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


_LIKE_A_KEY = re.compile(r"(?i)\bbearer\s+\S+|\b(?:sk|pk|key|gsk|hf)[-_][\w.-]{8,}|\b(?=[a-z]{0,30}\d)[\w-]{28,}")

_TEXTS: dict[str, dict[str, str]] = {
    "address": {
        "en": "RAG_LLM_URL={url} is no address; write one with http:// or https://, such as http://127.0.0.1:11434/v1",
        "fr": "RAG_LLM_URL={url} n'est pas une adresse ; il en faut une en http:// ou https://, par exemple "
        "http://127.0.0.1:11434/v1",
    },
    "secrets": {
        "en": "RAG_LLM_URL={url} was given with a user, a password or a query; leave them out and put the key into "
        "RAG_LLM_API_KEY",
        "fr": "RAG_LLM_URL={url} a été donnée avec un nom, un mot de passe ou une requête ; retirez-les et mettez la "
        "clé dans RAG_LLM_API_KEY",
    },
    "unnamed": {
        "en": "RAG_LLM_MODEL is not set; name a model of the endpoint at {url}",
        "fr": "RAG_LLM_MODEL n'est pas défini ; indiquez un modèle du serveur {url}",
    },
    "key form": {
        "en": "RAG_LLM_API_KEY holds a character that no key has (a line end, an accent); copy it again",
        "fr": "RAG_LLM_API_KEY contient un caractère qu'aucune clé n'a (fin de ligne, accent) ; recopiez-la",
    },
    "unreachable": {
        "en": "nothing can be reached at RAG_LLM_URL={url} ({said}); start the server or correct the address",
        "fr": "rien ne répond à RAG_LLM_URL={url} ({said}) ; lancez le serveur ou corrigez l'adresse",
    },
    "slow": {
        "en": "the model was not done after {seconds:g} seconds; raise RAG_LLM_DEADLINE or take a smaller model",
        "fr": "le modèle n'avait pas fini après {seconds:g} secondes ; augmentez RAG_LLM_DEADLINE ou prenez un modèle "
        "plus petit",
    },
    "stalled": {
        "en": "the model stopped in the middle for {seconds:g} seconds; look at the log of the server {url}",
        "fr": "le modèle s'est tu en chemin pendant {seconds:g} secondes ; voyez le journal du serveur {url}",
    },
    "broke off": {
        "en": "the server {url} broke off ({said}); look at its log",
        "fr": "le serveur {url} s'est interrompu ({said}) ; voyez son journal",
    },
    "key": {
        "en": "the server {url} answered {status} ({said}); check RAG_LLM_API_KEY",
        "fr": "le serveur {url} a répondu {status} ({said}) ; vérifiez RAG_LLM_API_KEY",
    },
    "not found": {
        "en": "the server {url} answered {status} ({said}); check RAG_LLM_MODEL={model}, and that RAG_LLM_URL ends as "
        "the server wants it, mostly in /v1",
        "fr": "le serveur {url} a répondu {status} ({said}) ; vérifiez RAG_LLM_MODEL={model}, et que RAG_LLM_URL finit "
        "comme le serveur l'attend, le plus souvent par /v1",
    },
    "busy": {
        "en": "the server {url} has too much to do: {status} ({said}); ask again later",
        "fr": "le serveur {url} est surchargé : {status} ({said}) ; réessayez plus tard",
    },
    "failing": {
        "en": "the server {url} failed: {status} ({said}); look at its log or ask again later",
        "fr": "le serveur {url} est en panne : {status} ({said}) ; voyez son journal ou réessayez plus tard",
    },
    "refused": {
        "en": "the server {url} refused the request: {status} ({said}); check RAG_LLM_MODEL={model}",
        "fr": "le serveur {url} a refusé la demande : {status} ({said}) ; vérifiez RAG_LLM_MODEL={model}",
    },
    "too long": {
        "en": "the passages do not fit into the model's context ({said}); give the server a larger one or lower "
        "RAG_PASSAGES",
        "fr": "les passages dépassent le contexte du modèle ({said}) ; augmentez-le sur le serveur ou baissez "
        "RAG_PASSAGES",
    },
    "protocol": {
        "en": "RAG_LLM_URL={url} answered with {said}, not as an OpenAI-compatible server streams; most want /v1 at "
        "the end of the address",
        "fr": "RAG_LLM_URL={url} a répondu par {said}, pas comme un serveur compatible OpenAI ; l'adresse finit le "
        "plus souvent par /v1",
    },
    "empty": {
        "en": "the model wrote nothing; try another RAG_LLM_MODEL",
        "fr": "le modèle n'a rien écrit ; essayez un autre RAG_LLM_MODEL",
    },
    "resting": {
        "en": "the model failed several times in a row and is left alone for half a minute; `depeche doctor` says why",
        "fr": "le modèle a échoué plusieurs fois de suite et n'est plus sollicité pendant une demi-minute ; "
        "« depeche doctor » dit pourquoi",
    },
    "blanks": {
        "en": "the prompt {name} has other blanks than it needs; give it exactly {wanted}",
        "fr": "les blancs du prompt {name} ne sont pas ceux qu'il faut ; donnez-lui exactement {wanted}",
    },
    "no prompt": {
        "en": "the prompt {name} cannot be read ({said}); restore it",
        "fr": "le prompt {name} ne peut pas être lu ({said}) ; remettez-le en place",
    },
    "other": {
        "en": "the model failed ({said}); see to it and ask again",
        "fr": "le modèle a échoué ({said}) ; corrigez et reposez la question",
    },
}
