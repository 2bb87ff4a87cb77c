using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Data;

/// <summary>Where parcels were seen: by hand, from a carrier's file, or from a program. The same scan twice changes nothing.</summary>
public sealed class ReturnScans(Database database, CaseStore cases)
{
    /// <summary>Takes a scan.</summary>
    /// <param name="typed">Our number or the carrier's.</param>
    /// <param name="received">It is here; otherwise the carrier has it.</param>
    /// <param name="at">When it was seen.</param>
    /// <param name="where">Where.</param>
    /// <param name="by">One of us, or a program.</param>
    /// <param name="company">For its open hours.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">The request's end.</param>
    /// <exception cref="Refused"><c>number</c> when there is no such return; else as <see cref="Case.ScanReturn"/>.</exception>
    public async Task<long> Take(string? typed, bool received, DateTimeOffset? at, string? where, Actor by, Company company, DateTimeOffset now, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(typed))
            throw new Refused("number", "Give the number of the return, or the carrier's.");
        if (await RemedyDesk.FindReturn(database, typed, ct) is not { } place)
            throw new Refused("number", $"No return has the number {Texts.Cut(typed.Trim(), 60)}. Check it against the label.");
        await cases.Change(place.Number, @case => @case.ScanReturn(place.Id, received ? RemedyStep.Received : RemedyStep.InTransit, at ?? now, where, by, company.Calendar(), now), ct);
        return place.Number;
    }

    /// <summary>A step as files and programs name it.</summary>
    /// <exception cref="Refused"><c>step</c>: it is neither.</exception>
    public static bool IsReceived(string? step) => step?.Trim().ToLowerInvariant() switch
    {
        "received" or "delivered" => true,
        "in_transit" or "accepted" or "scanned" => false,
        _ => throw new Refused("step", "The step is in_transit (the carrier has the parcel) or received (it is here)."),
    };
}
