using Amends.Domain.Listening.Emotion;

namespace Amends.Domain.Tests.Listening.Emotion;

public sealed class LanguageOfTests
{
    [Theory]
    [InlineData("My lamp came broken and nobody has answered me for two weeks.", "en")]
    [InlineData("Die Lampe kam kaputt an und seit zwei Wochen antwortet mir niemand.", "de")]
    [InlineData("La lampe est arrivée cassée et personne ne me répond depuis deux semaines.", "fr")]
    [InlineData("La lámpara llegó rota y nadie me ha contestado desde hace dos semanas.", "es")]
    [InlineData("La lampada è arrivata rotta e da due settimane non mi risponde nessuno.", "it")]
    [InlineData("De lamp kwam kapot aan en al twee weken krijg ik geen antwoord van jullie.", "nl")]
    [InlineData("O candeeiro chegou partido e há duas semanas que ninguém me responde.", "pt")]
    [InlineData("Il pacco non è mai arrivato e nessuno di voi ha chiamato.", "it")]
    [InlineData("Ik wacht al twee weken en er gebeurt niets.", "nl")]
    [InlineData("Lampan kom trasig och jag har inte fått svar på två veckor.", "sv")]
    [InlineData("Лампа пришла разбитая, и уже две недели никто не отвечает.", "ru")]
    [InlineData("ランプが壊れて届きました。", "ja")]
    [InlineData("灯送到时已经坏了。", "zh")]
    [InlineData("Lamp? Lamp!", null)]
    [InlineData("", null)]
    public void A_text_is_told_by_its_small_words_or_its_letters(string text, string? language) => Assert.Equal(language, LanguageOf.Text(text));
}
