using Amends.Domain.Customers;
using Amends.Domain.Handling;

namespace Amends.Features.Shared;

/// <summary>Support needs as people say them.</summary>
public static class SupportWords
{
    /// <summary>All, in the order of the form.</summary>
    public static readonly IReadOnlyList<(SupportNeed Need, string Words)> All =
    [
        (SupportNeed.LargePrint, "Letters in large type"),
        (SupportNeed.PlainWords, "Short sentences and plain words"),
        (SupportNeed.MoreTime, "More time to answer"),
        (SupportNeed.CallsOnly, "Calls rather than writing"),
        (SupportNeed.WritingOnly, "Writing rather than calls"),
        (SupportNeed.Interpreter, "An interpreter, signed or spoken"),
        (SupportNeed.SomebodyBeside, "Somebody at their side who speaks with us"),
        (SupportNeed.Access, "A visit or delivery that reaches the door, such as without steps"),
        (SupportNeed.InMourning, "A quiet tone: they are in mourning"),
    ];

    /// <summary>One of them.</summary>
    public static string Of(SupportNeed need) => All.FirstOrDefault(each => each.Need == need).Words ?? "Something else";

    /// <summary>Several, in a line.</summary>
    public static string Of(IEnumerable<SupportNeed> needs) => string.Join(" · ", needs.Select(Of));
}

/// <summary>For whom a case waits, as people say it.</summary>
public static class WaitingWords
{
    /// <summary>All, in the order of the form.</summary>
    public static readonly IReadOnlyList<(WaitsFor On, string Words)> All =
        [(WaitsFor.Us, "Us"), (WaitsFor.Customer, "The customer"), (WaitsFor.Supplier, "A supplier"), (WaitsFor.Carrier, "A carrier"), (WaitsFor.SomebodyElse, "Somebody else outside")];

    /// <summary>One of them.</summary>
    public static string Of(WaitsFor on) => All.First(each => each.On == on).Words;
}

/// <summary>How somebody wants to hear from us, and how far whoever acts for them may go, as people say it.</summary>
public static class ContactWords
{
    /// <summary>All ways, in the order of the form.</summary>
    public static readonly IReadOnlyList<(PreferredChannel Channel, string Words)> All = [(PreferredChannel.Phone, "By phone"), (PreferredChannel.Mail, "By mail"), (PreferredChannel.Letter, "By letter, on paper")];

    /// <summary>One of them as a sentence.</summary>
    public static string Prefers(PreferredChannel channel) => channel switch
    {
        PreferredChannel.Phone => "They would rather talk on the phone.",
        PreferredChannel.Mail => "They would rather have a mail than a call.",
        _ => "They would rather have a letter on paper.",
    };

    /// <summary>How far somebody may go.</summary>
    public static string Of(Mandate may) => may == Mandate.Agree ? "may agree for them" : "may hear how things stand, not agree";

    /// <summary>Who gets our letters.</summary>
    public static string Of(LettersTo to, string customer, string representative) => to switch
    {
        LettersTo.Representative => $"Letters go to {representative}.",
        LettersTo.Both => $"Letters go to {customer} and to {representative}.",
        _ => $"Letters go to {customer}.",
    };
}
