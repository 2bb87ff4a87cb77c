using Amends.Data;
using Amends.Domain.Contents;
using Amends.Domain.Deadlines;
using Amends.Domain.Hiring;
using Amends.Web;

namespace Amends.Features.Api;

/// <summary>Questions, letters, extras, the hiring kit and policies, in the versions that hold and in those that held.</summary>
public sealed class ContentReads(ContentDesk desk, Database database, StoredSettings settings, TimeProvider clock)
{
    /// <summary>What holds today.</summary>
    /// <exception cref="BadField"><c>kind</c>: there is no such one.</exception>
    public async Task<ContentListAnswer> List(string? kind, CancellationToken ct)
    {
        ContentKind? asked = kind is null ? null : Enum.TryParse<ContentKind>(kind, true, out var known) && Enum.IsDefined(known) && !char.IsAsciiDigit(kind[0]) ? known : throw new BadField("kind", "There are questions, letter, extra, hiring, policy, categories and causes.");
        var (company, today, stock) = await Today(ct);
        return new([.. (await desk.On(today, ct)).Items.Where(item => asked is null || item.Kind == asked).Select(item => Of(item, company, stock))]);
    }

    /// <summary>One item as it holds today; <c>null</c> when there is no such one, or it does not hold today.</summary>
    public async Task<ContentAnswer?> One(string key, CancellationToken ct)
    {
        var (company, today, stock) = await Today(ct);
        return (await desk.On(today, ct)).Items.FirstOrDefault(item => item.Key == key) is { } item ? Of(item, company, stock) : null;
    }

    /// <summary>Every version of an item, the newest first; <c>null</c> when there is no such one.</summary>
    public async Task<ContentListAnswer?> Versions(string key, CancellationToken ct)
    {
        var (company, _, stock) = await Today(ct);
        return await desk.Versions(key, ct) is { Count: > 0 } versions ? new([.. versions.Select(item => Of(item, company, stock))]) : null;
    }

    private async Task<(Company Company, DateOnly Today, IReadOnlyDictionary<string, int> Stock)> Today(CancellationToken ct)
    {
        var company = await settings.Company(ct);
        return (company, PlaybookDesk.DayOf(clock.GetUtcNow(), company), await ExtraStock.All(database, ct));
    }

    private static ContentAnswer Of(ContentItem item, Company company, IReadOnlyDictionary<string, int> stock) => new(item.Key, item.Kind, item.Title, item.Version, item.Edition, item.EffectiveFrom == default ? null : item.EffectiveFrom, item.EffectiveUntil)
    {
        Categories = item.Categories, Letter = item.Letter, Text = item.Text.Length == 0 ? null : item.Text, Why = item.Why.Length == 0 ? null : item.Why, Beyond = item.Beyond.Length == 0 ? null : item.Beyond,
        Cost = item.Kind == ContentKind.Extra ? new(item.CostMinor, company.Currency) : null, Worth = item.Kind == ContentKind.Extra ? new(item.WorthMinor, company.Currency) : null, Questions = item.Questions, Situations = item.Situations, Codes = item.Codes,
        Left = item.Kind == ContentKind.Extra && stock.TryGetValue(item.Key, out var left) ? left : null,
    };
}

/// <summary>Maps the reads.</summary>
internal static class ContentReadEndpoints
{
    /// <summary>Maps all of them.</summary>
    public static void MapContentReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/content", async (ContentReads reads, string? kind, CancellationToken ct) => ApiJson.Answer(await reads.List(kind, ct)))
            .Describe<ContentListAnswer>("Questions, letters, extras, the hiring kit, policies, categories and causes, each in the version that holds today", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/content/{key}", async (ContentReads reads, string key, CancellationToken ct) => await reads.One(key, ct) is { } item ? ApiJson.Answer(item) : TypedResults.NotFound())
            .Describe<ContentAnswer>("One of them as it holds today", Scopes.CasesRead).ProducesProblem(404);
        api.MapGet("/content/{key}/versions", async (ContentReads reads, string key, CancellationToken ct) => await reads.Versions(key, ct) is { } versions ? ApiJson.Answer(versions) : TypedResults.NotFound())
            .Describe<ContentListAnswer>("Every version of one of them, the newest first", Scopes.CasesRead).ProducesProblem(404);
    }
}

/// <summary>Items of content.</summary>
public sealed record ContentListAnswer(IReadOnlyList<ContentAnswer> Items);

/// <summary>An item of content. Version 0 is the text as it ships, in that edition; what its kind does not have is empty.</summary>
public sealed record ContentAnswer(string Key, ContentKind Kind, string Title, int Version, int Edition, DateOnly? EffectiveFrom, DateOnly? EffectiveUntil)
{
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Of a letter: which one.</summary>
    public LetterKind? Letter { get; init; }

    /// <summary>Of a letter its words, of a policy the rule, of something extra when it suits.</summary>
    public string? Text { get; init; }

    /// <summary>Of a policy: why it is there.</summary>
    public string? Why { get; init; }

    /// <summary>Of a policy: when people may go beyond it.</summary>
    public string? Beyond { get; init; }

    /// <summary>Of something extra: what it costs you.</summary>
    public Amount? Cost { get; init; }

    /// <summary>Of something extra: what it is worth to a customer.</summary>
    public Amount? Worth { get; init; }

    /// <summary>Of something extra that is counted: how many are left beside what is promised.</summary>
    public int? Left { get; init; }
    public IReadOnlyList<BankQuestion> Questions { get; init; } = [];
    public IReadOnlyList<HiringQuestion> Situations { get; init; } = [];

    /// <summary>Of the categories and the causes: every code with its words; retired ones are given no more.</summary>
    public IReadOnlyList<Domain.Causes.CodeLine> Codes { get; init; } = [];
}
