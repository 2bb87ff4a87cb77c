using Amends.Domain.Listening.Drafts;
using Dapper;

namespace Amends.Data;

/// <summary>
/// What the confirmed categories of this installation tell: counted anew from the newest complaints now and then, kept in memory alone, so
/// that nothing stays of a case that is erased.
/// </summary>
public sealed class CategoryMemory(Database database, TimeProvider clock)
{
    private const int Newest = 2000;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _turn = new(1);
    private (DateTimeOffset At, OwnCategories Own)? _kept;

    /// <summary>What they tell; at most a quarter of an hour old.</summary>
    public async Task<OwnCategories> Own(CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        if (_kept is { } kept && now - kept.At < Fresh && now >= kept.At)
            return kept.Own;
        await _turn.WaitAsync(ct);
        try
        {
            if (_kept is { } other && now - other.At < Fresh && now >= other.At)
                return other.Own;
            var documents = await database.Read(async connection => (await connection.QueryAsync<string>(
                "select state from cases where kind = 1 and category is not null and number > (select coalesce(max(number), 0) from cases) - @Newest order by number", new { Newest })).AsList(), ct);
            var own = OwnCategories.Learn([.. documents.Select(CaseJson.State).Where(state => state.ConfirmedCategory is not null).Select(state => (state.ConfirmedCategory!.Code, $"{state.Subject}\n{state.Story}"))], ListeningFiles.Categories, ListeningFiles.Words);
            _kept = (now, own);
            return own;
        }
        finally
        {
            _turn.Release();
        }
    }
}
