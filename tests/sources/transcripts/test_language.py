import pytest

from unsolved.sources.transcripts import read

SAID = {
    "en": "We tried to fix it last year and it did not work, so we are back where we were and I"
    " think that the people who have to do it are tired of it.",
    "de": "Wir haben es im letzten Jahr versucht und es hat nicht funktioniert, also sind wir"
    " wieder da, wo wir waren, und ich glaube, dass die Leute es nicht mehr wollen.",
    "fr": "Nous avons essayé l'année dernière et ça n'a pas marché, donc nous sommes revenus au"
    " point de départ et je pense que les gens ne veulent plus de ce projet.",
    "es": "Lo intentamos el año pasado y no funcionó, entonces estamos otra vez donde estábamos"
    " y yo creo que la gente ya no lo quiere porque es muy difícil para ellos.",
    "it": "Ci abbiamo provato l'anno scorso e non ha funzionato, quindi siamo di nuovo dove"
    " eravamo e io penso che le persone non lo vogliono più perché è molto difficile per loro.",
    "pt": "Nós tentamos no ano passado e não deu certo, então estamos de novo onde estávamos e"
    " eu acho que as pessoas já não querem isso porque é difícil para elas.",
    "nl": "We hebben het vorig jaar geprobeerd en het werkte niet, dus we zijn weer terug bij"
    " af en ik denk dat de mensen het niet meer willen omdat het voor hen te moeilijk is.",
}
UNCLEAR = [
    "Ja.",
    "一年前我们尝试过但是没有成功所以我们又回到了原点",
    "kalle pelle " * 40,
    "Vi försökte förra året och det gick inte, så nu är vi tillbaka där vi var, tror jag nu.",
    "12 34 56 " * 40,
]


@pytest.mark.parametrize("language", SAID)
def test_a_language_is_guessed_and_said_to_be_a_guess(language: str):
    call = read(f"Ann: {SAID[language]}".encode(), where="a.txt")

    assert (call.language, call.language_is_told) == (language, False)


@pytest.mark.parametrize("said", UNCLEAR)
def test_where_it_is_not_clear_nothing_is_guessed(said: str):
    assert read(f"Ann: {said}".encode(), where="a.txt").language is None
