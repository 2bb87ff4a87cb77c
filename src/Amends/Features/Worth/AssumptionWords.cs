using System.Globalization;
using Amends.Domain.Worth;

namespace Amends.Features.Worth;

/// <summary>Assumptions as people read them.</summary>
public static class AssumptionWords
{
    /// <summary>A value in its measure.</summary>
    public static string Of(Measure measure, double? value, string currency) => value is not { } given ? "–" : measure switch
    {
        Measure.Share => (given * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %",
        Measure.Money => Amends.Domain.Money.FromMajor(Math.Round((decimal)given, 2), currency).ToString(),
        _ => given.ToString("0.#", CultureInfo.InvariantCulture),
    };

    /// <summary>What was counted here, and whether it is enough.</summary>
    public static string Own(Held held, string currency) => held switch
    {
        { Of.OwnFrom: null } => "not counted here",
        { IsOwn: true, Counted: { } own } => $"n = {own.N}, {Of(held.Of.Measure, own.Low, currency)} to {Of(held.Of.Measure, own.High, currency)}, from {own.Since.ToString("d MMM yyyy", CultureInfo.InvariantCulture)} on; counts in its place",
        { Counted: { } some } => $"{some.N} of {held.Of.OwnFrom} that are needed",
        _ => $"none of {held.Of.OwnFrom} that are needed",
    };
}
