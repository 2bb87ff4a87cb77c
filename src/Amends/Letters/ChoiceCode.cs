using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>A one-time code, before money is accepted on the customer's page.</summary>
public static class ChoiceCode
{
    /// <summary>The letter; it goes to the address that we know, never to one that was typed in.</summary>
    public static Letter For(Company company, long number, CaseState state, string title, string code) => new(Words.Subject(number, state, "Your code"), Words.Paragraphs(
        Words.Hello(state),
        $"You are choosing \"{title}\" on your page with us. Because money is in it, we make sure that it is you. Your code:\n{Letter.CodeMark}",
        $"It works for {ChoiceCodes.Lifetime.TotalMinutes:0} minutes. Nobody of us ever asks you for it.",
        "If you are not choosing anything right now, somebody else may have your link: please tell us by answering this mail.",
        Words.SignedBy(state.OwnerName, company)))
    {
        Automatic = true,
        Code = code,
    };
}
