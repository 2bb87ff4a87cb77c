using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Signals;
using Amends.Web;

namespace Amends.Features.Api;

/// <summary>Who decides on money, what was given by law above limits, and what managers look at among what was given, for programs.</summary>
public sealed class ReadGiving(ApprovalFigures figures, GivenByLaw byLaw, GiftChecks checks, StoredSettings settings, TimeProvider clock)
{
    /// <summary>How offers with money were decided.</summary>
    public async Task<ApprovalReportAnswer> Approvals(string? days, CancellationToken ct)
    {
        var span = ReadReports.DaysOf(days, ApprovalFigures.Choices, ApprovalFigures.Choices[0]);
        return new(span, [.. (await figures.Read(span, await settings.Company(ct), clock.GetUtcNow(), ct)).Select(each => new ApprovalTallyAnswer(each.Role, each.Sent, each.WithoutApproval, each.Asked, each.Unchanged, each.Waits.Count, each.MedianWait is { } wait ? (long)Math.Round(wait.TotalMinutes) : null, each.SuggestsMore))]);
    }

    /// <summary>What a law gave above a limit.</summary>
    public async Task<LawGiftListAnswer> ByLaw(CancellationToken ct) => new([.. (await byLaw.AboveLimits(clock.GetUtcNow(), ct)).Select(gift => new LawGiftAnswer(gift.Number, gift.OfferId, gift.Customer, gift.Kind, gift.Law, new(gift.PersonId, gift.Person), Of(gift.Amount), Of(gift.Limit), gift.At, gift.SeenBy))]);

    /// <summary>Patterns and the sample.</summary>
    public async Task<GiftReportAnswer> Gifts(CancellationToken ct)
    {
        var found = await checks.Read(clock.GetUtcNow(), ct);
        return new([.. found.Signals.Select(each => new GiftPatternAnswer(each.Signal.Kind, new(each.Signal.PersonId, each.Person), each.Customer, each.Signal.Count, each.Signal.Of, each.Signal.Cases))], found.Month, found.Given,
            [.. found.Sample.Select(each => new SampledGiftAnswer(each.CaseNumber, each.OfferId, each.Customer, new(each.PersonId, each.Person), Of(each.Amount), each.Verdict?.IsRight, each.Verdict?.Words, each.Verdict?.By))]);
    }

    private static Amount Of(Money money) => new(money.Minor, money.Currency);
}

/// <summary>Maps them.</summary>
internal static class GivingReadEndpoints
{
    /// <summary>Maps what is read; a token that acts for somebody opens no more than their own pages do.</summary>
    public static void MapGivingReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/approvals", async (ReadGiving reads, CancellationToken ct, string? days) => ApiJson.Answer(await reads.Approvals(days, ct)))
            .Describe<ApprovalReportAnswer>("Who decides on money: how many offers went out without anybody being asked, and how long people waited", Scopes.MoneyRead).ProducesProblem(400).From(Role.Manager);
        api.MapGet("/approvals/by-law", async (ReadGiving reads, CancellationToken ct) => ApiJson.Answer(await reads.ByLaw(ct)))
            .Describe<LawGiftListAnswer>("What a law gave above somebody's limit in the last 90 days, and who looked at it", Scopes.MoneyRead).From(Role.Lead);
        api.MapGet("/reports/gifts", async (ReadGiving reads, CancellationToken ct) => ApiJson.Answer(await reads.Gifts(ct)))
            .Describe<GiftReportAnswer>("Patterns in what was given in half a year, and a sample of the last month", Scopes.MoneyRead).From(Role.Manager);
    }
}

/// <summary>A role of who prepared offers: how many went out, without asking, were asked for, agreed to as they were, were answered; the median wait is minutes of open hours.</summary>
public sealed record ApprovalTallyAnswer(Role Role, int Sent, int WithoutAsking, int Asked, int AgreedAsItWas, int Answered, long? WaitedMinutes, bool LimitMayRise);

/// <summary>Who decides.</summary>
public sealed record ApprovalReportAnswer(int Days, IReadOnlyList<ApprovalTallyAnswer> Roles);

/// <summary>Something that a law gave above a limit; nobody has looked at it while seen_by is null.</summary>
public sealed record LawGiftAnswer(long Case, int OfferId, string Customer, string What, string Law, Named GivenBy, Amount Worth, Amount Limit, DateTimeOffset At, string? SeenBy);

/// <summary>What laws gave.</summary>
public sealed record LawGiftListAnswer(IReadOnlyList<LawGiftAnswer> Items);

/// <summary>Something to look at; there may be a good reason.</summary>
public sealed record GiftPatternAnswer(GiverSignalKind What, Named GivenBy, string? Customer, int Count, int Of, IReadOnlyList<long> Cases);

/// <summary>A gift of the sample; nobody has looked at it while is_right is null.</summary>
public sealed record SampledGiftAnswer(long Case, int OfferId, string Customer, Named GivenBy, Amount Worth, bool? IsRight, string? Words, string? LookedAtBy);

/// <summary>What managers look at.</summary>
public sealed record GiftReportAnswer(IReadOnlyList<GiftPatternAnswer> Patterns, DateOnly Month, int Given, IReadOnlyList<SampledGiftAnswer> Sample);
