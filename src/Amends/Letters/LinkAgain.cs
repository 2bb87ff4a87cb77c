using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>A fresh link, for a customer whose old one has expired.</summary>
public static class LinkAgain
{
    /// <summary>The letter with a new link; it goes to the address that we know, never to one that was typed in.</summary>
    public static Letter For(Company company, long number, CaseState state) => new(Words.Subject(number, state, "Your new link"), Words.Paragraphs(
        Words.Hello(state),
        "Here is a new link to your page with us:\n" + Letter.Link,
        "If you did not ask for it, you need not do anything.",
        Words.SignedBy(state.OwnerName, company)))
    {
        Automatic = true,
    };
}
