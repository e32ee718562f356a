# ruff: noqa: E501, RUF001 - other scripts, and tables
import pytest

from backlint.text import Topic, read
from backlint.text.lexicon import languages, topic_of

HEADINGS = {
    "de": "Akzeptanzkriterien", "fr": "Critères d'acceptation", "es": "Criterios de aceptación", "pt": "Critérios de aceite",
    "it": "Criteri di accettazione", "nl": "Acceptatie criteria", "pl": "Kryteria akceptacji", "ru": "Критерии приёмки",
    "ja": "受け入れ基準", "zh": "验收标准", "en": "Acceptance criteria",
}  # fmt: skip

SCENARIOS = {
    "en": "Given a basket\nWhen I pay\nThen I see the receipt",
    "de": "Angenommen der Korb ist voll\nWenn ich zahle\nDann sehe ich die Quittung",
    "fr": "Étant donné un panier plein\nQuand je paie\nAlors je vois le reçu",
    "es": "Dado un carrito lleno\nCuando pago\nEntonces veo el recibo",
    "pt": "Dado um carrinho cheio\nQuando pago\nEntão vejo o recibo",
    "it": "Dato un carrello pieno\nQuando pago\nAllora vedo la ricevuta",
    "nl": "Gegeven een volle mand\nWanneer ik betaal\nDan zie ik de bon",
    "pl": "Zakładając pełny koszyk\nKiedy płacę\nWtedy widzę paragon",
    "ru": "Дано полная корзина\nКогда я плачу\nТогда я вижу чек",
    "ja": "前提 カゴがいっぱいである\nもし 支払う\nならば 領収書が表示される",
    "zh": "假如 购物车已满\n当 我付款\n那么 我看到收据",
}

STORIES = {
    "en": "As a buyer I want to see the total so that I know what I pay",
    "de": "Als Käuferin möchte ich die Summe sehen, damit ich weiß, was ich zahle",
    "fr": "En tant qu'acheteur, je veux voir le total afin de savoir ce que je paie",
    "es": "Como compradora quiero ver el total para saber lo que pago",
    "pt": "Como compradora, eu quero ver o total para saber o que pago",
    "it": "Come acquirente voglio vedere il totale in modo da sapere quanto pago",
    "nl": "Als koper wil ik het totaal zien zodat ik weet wat ik betaal",
    "pl": "Jako kupujący chcę widzieć sumę, aby wiedzieć, ile płacę",
    "ru": "Как покупатель, я хочу видеть сумму, чтобы знать, сколько я плачу",
    "ja": "購入者として、合計を見たい。なぜなら支払額を知る必要があるため",
    "zh": "作为买家，我想看到总额，以便知道要付多少",
}

STEPS = {
    "de": ("Schritte zum Reproduzieren", "Erwartetes Verhalten"), "fr": ("Étapes pour reproduire", "Comportement attendu"),
    "es": ("Pasos para reproducir", "Comportamiento esperado"), "pt": ("Passos para reproduzir", "Comportamento esperado"),
    "it": ("Passi per riprodurre", "Comportamento atteso"), "nl": ("Stappen om te reproduceren", "Verwacht gedrag"),
    "pl": ("Kroki do odtworzenia", "Oczekiwane zachowanie"), "ru": ("Шаги воспроизведения", "Ожидаемый результат"),
    "ja": ("再現手順", "期待する動作"), "zh": ("复现步骤", "预期结果"), "en": ("Steps to reproduce", "Expected result"),
}  # fmt: skip


def test_speaks_eleven_languages() -> None:
    assert set(languages()) == set(HEADINGS) == set(SCENARIOS) == set(STORIES) == set(STEPS)


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("form", ["## {0}\n- X1 opens", "**{0}:**\n\n1. X1 opens", "{0}: X1 opens", "{0}\n- X1 opens"])
def test_criteria(language: str, form: str) -> None:
    assert [line.text for line in read(form.format(HEADINGS[language])).criteria.statements] == ["X1 opens"]


@pytest.mark.parametrize("language", SCENARIOS)
def test_scenario(language: str) -> None:
    assert len(read(SCENARIOS[language]).criteria.statements) == 3


@pytest.mark.parametrize("language", STORIES)
def test_story(language: str) -> None:
    story = read(STORIES[language]).story("")
    assert story
    assert story.is_whole, story


@pytest.mark.parametrize("language", STEPS)
def test_report(language: str) -> None:
    steps, expected = STEPS[language]
    text = read(f"### {steps}\n1. X1\n### {expected}\nX2")
    assert text.has(Topic.STEPS)
    assert text.has(Topic.EXPECTED)


@pytest.mark.parametrize("language", HEADINGS)
def test_every_phrase_names_its_topic(language: str) -> None:
    for topic in Topic:
        for phrase in languages()[language][topic]:
            assert topic_of(phrase) is not None, phrase
