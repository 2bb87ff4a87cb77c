using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;

namespace Amends.Features.Settings;

/// <summary>The form on calls.</summary>
public sealed record CallFields
{
    public string? On { get; init; }
    public string? Minutes { get; init; }
    public string? AtOnce { get; init; }

    /// <summary>What a customer has bought for from which on it is better to ring; empty for the company's mark.</summary>
    public string? RingAbove { get; init; }

    /// <summary>What to say, a line each.</summary>
    public string? Script { get; init; }

    /// <summary>The form as it is stored.</summary>
    public static CallFields Of(CallSettings calls, string currency) => new()
    {
        On = calls.IsOn ? "yes" : null, Minutes = calls.Minutes.ToString(CultureInfo.InvariantCulture), AtOnce = calls.AtOnce.ToString(CultureInfo.InvariantCulture), Script = calls.Script,
        RingAbove = calls.RingAboveMinor is { } above ? new Money(above, currency).Major.ToString(CultureInfo.InvariantCulture) : "",
    };

    /// <summary>The settings as typed, and what is wrong with them: field id → words. A script that was not asked for stays as it was.</summary>
    public (CallSettings Calls, IReadOnlyDictionary<string, string> Errors) Read(CallSettings before, string currency)
    {
        var errors = new Dictionary<string, string>();
        if (!int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 10 or > 120 || minutes % 5 != 0)
            errors["Minutes"] = "Write how many minutes a call is given: from 10 to 120, in steps of five.";
        if (!int.TryParse(AtOnce, NumberStyles.None, CultureInfo.InvariantCulture, out var atOnce) || atOnce is < 1 or > 200)
            errors["AtOnce"] = "Write how many people call at the same time, one at least.";
        var above = before.RingAboveMinor;
        try
        {
            if (RingAbove is not null)
                above = RingAbove.Trim().Length == 0 ? null : decimal.TryParse(RingAbove.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) ? Money.FromMajor(major, currency).Minor : throw new Refused("RingAbove", "");
        }
        catch (Refused)
        {
            errors["RingAbove"] = $"Write an amount in {currency} such as 500, or nothing.";
        }

        var script = before.Script;
        try
        {
            script = Script is null ? script : PhoneScript.Kept(Script);
        }
        catch (Refused no)
        {
            errors["Script"] = no.Message;
        }

        return (before with { IsOn = On is not null, Minutes = minutes, AtOnce = atOnce, RingAboveMinor = above, Script = script }, errors);
    }
}
