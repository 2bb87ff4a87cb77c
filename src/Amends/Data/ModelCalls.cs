using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Language;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>What became of a call.</summary>
public enum ModelOutcome
{
    /// <summary>It is on its way.</summary>
    Running,

    /// <summary>An answer came.</summary>
    Answered,

    /// <summary>The provider would not: a wrong key, an unknown model, too much at once.</summary>
    Refused,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>It could not be reached, or what came was no answer.</summary>
    Failed,

    /// <summary>It was not sent: the month's ceiling would have been passed.</summary>
    OverCeiling,

    /// <summary>Whoever asked went away.</summary>
    Left,
}

/// <summary>The log of what was asked of a language model. It is written before anything is sent and brought up to date when the answer is there.</summary>
public sealed class ModelCalls(Database database, StoredSettings settings)
{
    private const int Most = 200, MostInFile = 10_000;
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    private const string Columns =
        """
        m.id, m.case_number, m.message_id, m.person_id, p.name as person, m.task, m.into_language, m.host, m.model, m.prompt_version, m.request, m.placeholders, m.answer, m.taken_out, m.cut, m.tokens_in, m.tokens_out, m.counted,
        m.cost, m.currency, m.started_at, m.milliseconds, m.outcome, m.problem, m.decision, m.decided_at, m.erased_at
        """;

    private const string From = "from model_calls m join people p on p.id = m.person_id";

    /// <summary>Writes down a call that is about to be sent, if the month's ceiling allows it and no other of this person is on its way.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ceiling">The ceiling, minor units.</param>
    /// <param name="monthBegan">When the month began at the desk.</param>
    /// <param name="now">Now.</param>
    /// <returns>Its id, and whether it may be sent; one above the ceiling is written down as such.</returns>
    /// <exception cref="Refused"><c>running</c>: an answer for the same person is on its way already.</exception>
    public Task<(long Id, bool May)> Begin(NewCall call, long ceiling, DateTimeOffset monthBegan, DateTimeOffset now) => database.Write(async unit =>
    {
        if (unit.IsPostgres)
            await unit.Value<string>("select cast(pg_advisory_xact_lock(hashtextextended('model_calls', 3)) as text)"); // two desks reckon one after the other
        var (at, alive) = (now.ToUnixTimeMilliseconds(), (now - Abandoned).ToUnixTimeMilliseconds());
        if (await unit.Value<long>("select count(*) from model_calls where person_id = @PersonId and outcome = 0 and started_at > @alive", new { call.PersonId, alive }) > 0)
            throw new Refused("running", "You have asked already and the answer is on its way. Wait for it, or try again in a minute.");
        var spent = await unit.Value<long>("select coalesce(sum(cost), 0) from model_calls where currency = @Currency and started_at >= @began and (outcome <> 0 or started_at > @alive)", new { call.Currency, began = monthBegan.ToUnixTimeMilliseconds(), alive });
        var may = CallCost.IsWithin(spent, call.MostCost, ceiling);
        var id = await unit.Insert("model_calls.id", "case_number, message_id, person_id, task, into_language, host, model, prompt_version, request, placeholders, tokens_in, tokens_out, cost, currency, started_at, outcome, problem",
            "@CaseNumber, @MessageId, @PersonId, @task, @IntoLanguage, @Host, @Model, @PromptVersion, @Request, @Placeholders, @tokens, 0, @cost, @Currency, @at, @outcome, @problem", new
            {
                call.CaseNumber, call.MessageId, call.PersonId, task = (int)call.Task, call.IntoLanguage, call.Host, call.Model, call.PromptVersion, call.Request, call.Placeholders, tokens = may ? call.TokensIn : 0, cost = may ? call.MostCost : 0, call.Currency, at,
                outcome = (int)(may ? ModelOutcome.Running : ModelOutcome.OverCeiling), problem = may ? null : "This month's ceiling would have been passed.",
            });
        return (id, may);
    });

    /// <summary>Writes down what became of a call, whoever is still there to read it.</summary>
    public Task End(long id, EndedCall end) => database.Write(unit => unit.Run(
        """
        update model_calls set outcome = @outcome, answer = @answer, taken_out = @TakenOut, cut = @cut, problem = @problem, tokens_in = @TokensIn, tokens_out = @TokensOut, counted = @counted, cost = @Cost, milliseconds = @Milliseconds where id = @id and outcome = 0
        """, new { id, outcome = (int)end.Outcome, answer = Storable.Of(end.Answer), end.TakenOut, cut = end.Cut ? 1 : 0, problem = end.Problem is { } words ? Storable.Of(words) : null, end.TokensIn, end.TokensOut, counted = end.Counted ? 1 : 0, end.Cost, end.Milliseconds }));

    /// <summary>A call of this person's on this case; <c>null</c> when there is none.</summary>
    public Task<ModelCall?> Find(long number, long id, long person, CancellationToken ct = default) =>
        database.Read(connection => connection.QuerySingleOrDefaultAsync<ModelCall>($"select {Columns} {From} where m.id = @id and m.case_number = @number and m.person_id = @person", new { id, number, person }), ct);

    /// <summary>Says that the person took the answer, or threw it away; <c>false</c> when that was said before, or there is no such answer of theirs.</summary>
    public static async Task<bool> Decide(Unit unit, long number, long id, long person, bool taken, DateTimeOffset now) => await unit.Run(
        "update model_calls set decision = @decision, decided_at = @at where id = @id and case_number = @number and person_id = @person and outcome = 1 and decision is null and erased_at is null",
        new { decision = taken ? 1 : 2, at = now.ToUnixTimeMilliseconds(), id, number, person }) == 1;

    /// <summary>The newest calls, or those of one case; more of them for a file.</summary>
    public async Task<IReadOnlyList<ModelCall>> List(long? number, bool isForFile, CancellationToken ct) => (await database.Read(connection => connection.QueryAsync<ModelCall>(
        $"select {Columns} {From} {(number is null ? "" : "where m.case_number = @number")} order by m.id desc limit @most", new { number, most = isForFile ? MostInFile : Most }), ct)).AsList();

    /// <summary>What this month has cost so far, with what is on its way, millionths of a minor unit.</summary>
    public async Task<long> Spent(DateTimeOffset now, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        return await database.Read(connection => connection.ExecuteScalarAsync<long>("select coalesce(sum(cost), 0) from model_calls where currency = @Currency and started_at >= @began", new { company.Currency, began = MonthOf(now, company).ToUnixTimeMilliseconds() }), ct);
    }

    /// <summary>Erases the words of a case's calls: what went out, what came back, what the placeholders stand for. Figures stay, for the month's ceiling.</summary>
    /// <returns>How many calls had words.</returns>
    public Task<int> Erase(long number, DateTimeOffset now) => database.Write(unit => unit.Run(
        "update model_calls set request = '', placeholders = '', answer = '', problem = null, erased_at = @at where case_number = @number and erased_at is null and outcome <> 0", new { number, at = now.ToUnixTimeMilliseconds() }));

    /// <summary>Forgets calls that are older than is set, and ends those whose program ended before their answer came. Calls on a case that may not be deleted stay.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> Forget(DateTimeOffset now, int most, CancellationToken ct)
    {
        var keep = Math.Clamp((await settings.Get<LanguageModelSettings>(LanguageModelSettings.Setting, ct) ?? new()).KeepDays, LanguageModelSettings.FewestDays, LanguageModelSettings.MostDays);
        var before = now.AddDays(-keep).ToUnixTimeMilliseconds();
        var held = (await database.Read(connection => connection.QueryAsync<Held>("select distinct c.number, c.state from model_calls m join cases c on c.number = m.case_number where m.started_at < @before", new { before }), ct))
            .Where(row => CaseJson.State(row.State).LegalHold).Select(row => row.Number).ToHashSet();
        return await database.Write(async unit =>
        {
            await unit.Run("update model_calls set outcome = 4, problem = 'The program ended before an answer came.' where outcome = 0 and started_at < @old", new { old = (now - Abandoned).ToUnixTimeMilliseconds() });
            var forgotten = 0;
            foreach (var row in (await unit.List<Old>("select id, case_number from model_calls where started_at < @before order by id", new { before })).Where(row => !held.Contains(row.CaseNumber)).Take(most))
                forgotten += await unit.Run("delete from model_calls where id = @Id", new { row.Id });
            return forgotten;
        }, ct);
    }

    /// <summary>When the month began at the desk.</summary>
    public static DateTimeOffset MonthOf(DateTimeOffset now, Company company)
    {
        var local = TimeZoneInfo.ConvertTime(now, company.Zone());
        var first = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return new DateTimeOffset(first, company.Zone().GetUtcOffset(first));
    }

    private sealed class Held
    {
        public long Number { get; init; }
        public string State { get; init; } = "";
    }

    private sealed class Old
    {
        public long Id { get; init; }
        public long CaseNumber { get; init; }
    }
}

/// <summary>A call that is about to be sent.</summary>
public sealed record NewCall(long CaseNumber, long? MessageId, long PersonId, ModelTask Task, string? IntoLanguage, string Host, string Model, int PromptVersion, string Request, string Placeholders, long TokensIn, long MostCost, string Currency);

/// <summary>What became of it.</summary>
public sealed record EndedCall(ModelOutcome Outcome, string Answer, int TakenOut, bool Cut, string? Problem, long TokensIn, long TokensOut, bool Counted, long Cost, long Milliseconds);

/// <summary>A call as it is kept.</summary>
public sealed class ModelCall
{
    public long Id { get; init; }
    public long CaseNumber { get; init; }
    public long? MessageId { get; init; }
    public long PersonId { get; init; }
    public string Person { get; init; } = "";
    public int Task { get; init; }
    public string? IntoLanguage { get; init; }
    public string Host { get; init; } = "";
    public string Model { get; init; } = "";
    public int PromptVersion { get; init; }

    /// <summary>The messages, masked, as JSON; empty once erased.</summary>
    public string Request { get; init; } = "";

    /// <summary>What the placeholders stand for, sealed.</summary>
    public string Placeholders { get; init; } = "";
    public string Answer { get; init; } = "";
    public int TakenOut { get; init; }
    public int Cut { get; init; }
    public long TokensIn { get; init; }
    public long TokensOut { get; init; }
    public int Counted { get; init; }

    /// <summary>Millionths of a minor unit.</summary>
    public long Cost { get; init; }
    public string Currency { get; init; } = "";
    public long StartedAt { get; init; }
    public long? Milliseconds { get; init; }
    public int Outcome { get; init; }
    public string? Problem { get; init; }
    public int? Decision { get; init; }
    public long? DecidedAt { get; init; }
    public long? ErasedAt { get; init; }

    /// <summary>What it was asked for.</summary>
    public ModelTask What => (ModelTask)Task;

    /// <summary>What became of it.</summary>
    public ModelOutcome How => (ModelOutcome)Outcome;

    /// <summary>The messages as they went out, masked.</summary>
    public IReadOnlyList<ModelMessage> Messages => Request.Length == 0 ? [] : JsonSerializer.Deserialize<List<ModelMessage>>(Request, JsonSerializerOptions.Web) ?? [];
}
