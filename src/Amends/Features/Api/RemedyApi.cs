using Amends.Data;
using Amends.Domain;
using Amends.Domain.Vouchers;

namespace Amends.Features.Api;

/// <summary>Parcels and codes, for carriers' programs and tills.</summary>
public sealed class RemedyApi(CaseStore cases, ReturnScans scans, VoucherDesk vouchers, StoredSettings settings, DoOnce once, TimeProvider clock)
{
    private const int MostScans = 500;

    /// <summary>Takes scans; each is taken or refused by itself, and the same one twice changes nothing.</summary>
    public async Task<IResult> Scan(HttpContext context)
    {
        var (asked, _) = await ApiJson.Read<SendScans>(context.Request);
        if (asked.Scans is not { Count: > 0 and <= MostScans } sent)
            throw new BadField("scans", $"Send one scan at least, and {MostScans} at the most.");
        if (sent.Any(scan => scan is null))
            throw new BadField("scans", "Each of them is an object.");
        var (company, by, now) = (await settings.Company(context.RequestAborted), BearerToken.Of(context), clock.GetUtcNow());
        var answers = new List<ScanAnswer>(sent.Count);
        foreach (var scan in sent)
        {
            try
            {
                answers.Add(new(scan.Number, true, await scans.Take(scan.Number, ReturnScans.IsReceived(scan.Step), scan.At, scan.Where, by, company, now, context.RequestAborted), null, null));
            }
            catch (Refused no)
            {
                answers.Add(new(scan.Number, false, null, no.Code, no.Message));
            }
        }

        return ApiJson.Answer(new ScansAnswer(answers));
    }

    /// <summary>A code, or <c>null</c>.</summary>
    public async Task<VoucherAnswer?> Find(string code, CancellationToken ct)
    {
        if (await vouchers.Find(code, ct) is not { } found || await cases.Find(found.CaseNumber, ct) is not { } state)
            return null;
        var remedy = state.Remedies.First(each => each.Id == found.RemedyId);
        return new(VoucherCode.Show(found.Code), found.CaseNumber, new(found.Face.Minor, found.Face.Currency), new(found.Left.Minor, found.Left.Currency), found.ExpiresAt,
            [.. remedy.Voucher!.Uses.Select(use => new VoucherUseAnswer(new(use.Amount.Minor, use.Amount.Currency), use.Reference, use.At))]);
    }

    /// <summary>Pays with a code.</summary>
    public async Task<IResult> Use(string code, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<UseVoucher>(context.Request);
        var amount = asked.Amount ?? throw new BadField("amount", "Say how much: minor units, and the currency.");
        return await once.Run(context, body, async (unit, by, now) =>
        {
            var (number, left) = await vouchers.Use(unit, code, new Money(amount.Minor, amount.Currency), asked.Reference, by, now);
            return new Written(StatusCodes.Status201Created, $"/api/v1/cases/{number}", new VoucherUsedAnswer(number, new(left.Minor, left.Currency)));
        });
    }
}

/// <summary>Where parcels were seen.</summary>
public sealed record SendScans(IReadOnlyList<SentScan>? Scans);

/// <summary>Where a parcel was seen.</summary>
/// <param name="Number">Our number of the return, or the carrier's.</param>
/// <param name="Step">in_transit or received.</param>
/// <param name="At">When; now when left out.</param>
/// <param name="Where">Where.</param>
public sealed record SentScan(string? Number, string? Step, DateTimeOffset? At = null, string? Where = null);

/// <summary>What became of each scan, in order.</summary>
public sealed record ScansAnswer(IReadOnlyList<ScanAnswer> Scans);

/// <summary>What became of a scan: taken, or refused with a code and a sentence.</summary>
public sealed record ScanAnswer(string? Number, bool Taken, long? Case, string? Code, string? Detail);

/// <summary>A voucher or credit.</summary>
public sealed record VoucherAnswer(string Code, long Case, Amount Face, Amount Left, DateTimeOffset? ExpiresAt, IReadOnlyList<VoucherUseAnswer> Uses);

/// <summary>What was paid with it.</summary>
public sealed record VoucherUseAnswer(Amount Amount, string Reference, DateTimeOffset At);

/// <summary>Pays with a code; the same reference counts once.</summary>
public sealed record UseVoucher(Amount? Amount, string? Reference);

/// <summary>What is left.</summary>
public sealed record VoucherUsedAnswer(long Case, Amount Left);

/// <summary>Where a return is.</summary>
public sealed record ReturnAnswer(string Number, string Carrier, string? Tracking, DateTimeOffset ExpiresAt, DateTimeOffset? ScannedAt, DateTimeOffset? ReceivedAt, Domain.Returns.Inspection? Inspection)
{
    /// <summary>The lot or serial number on what came back, and what the order says was sent.</summary>
    public string? Mark { get; init; }
    public string? Sent { get; init; }

    /// <summary>Whether what came back has another number than what was sent; left out where there was nothing to compare.</summary>
    public bool? IsAnother { get; init; }
}

/// <summary>A visit.</summary>
public sealed record VisitAnswer(DateTimeOffset? From, DateTimeOffset? To, string? Address, DateTimeOffset? DoneAt);
