using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Jobs;
using Amends.Web;
using Dapper;

namespace Amends.Data;

/// <summary>
/// The one way to change a case: load it, run a verb, and in one transaction write its state, what happened, and the
/// consequences. A lost race runs the verb again, so it must touch only the case and the unit.
/// </summary>
public sealed class CaseStore(Database database, LiveSignals live, JobSignal jobs, DeadlineDesk deadlines, Ear ear)
{
    /// <summary>What hears how upset customers' words are, on this installation.</summary>
    public Ear Ear => ear;

    /// <summary>Changes a case; returns its state afterwards, or <c>null</c> when there is no such case.</summary>
    /// <exception cref="Domain.Refused">The domain said no; nothing was written.</exception>
    public Task<CaseState?> Change(long number, Action<Case> change, CancellationToken ct = default) =>
        Change(number, (@case, _) => { change(@case); return Task.CompletedTask; }, ct);

    /// <summary>As above, with rows of the caller's own (a message, a file) in the same transaction.</summary>
    public Task<CaseState?> Change(long number, Func<Case, Unit, Task> change, CancellationToken ct = default) =>
        database.Write(unit => ChangeIn(unit, number, change), ct);

    /// <summary>As above, inside a unit of work that the caller has begun.</summary>
    public async Task<CaseState?> ChangeIn(Unit unit, long number, Func<Case, Unit, Task> change)
    {
        if (await Load(unit, number) is not { } stored)
            return null;

        var before = CaseJson.State(stored.State);
        var @case = Case.Load(before);
        await change(@case, unit);
        if (@case.News.Count > 0)
            await Save(unit, number, stored, stored.TextKey, @case, before);
        return @case.State;
    }

    /// <summary>Stores a new case; returns its number.</summary>
    public Task<long> Open(Case @case, CancellationToken ct = default) => database.Write(unit => OpenIn(unit, @case), ct);

    /// <summary>As above, inside a unit of work that the caller has begun. Where a row may come later, the case's is written last, when all is known.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="case">The case.</param>
    /// <param name="also">What else happens at once, now that the case has a number: verbs of the case, rows beside it. The case's own row may not be there yet.</param>
    /// <param name="textKey">The customer's key for the chain, when the caller has read it already.</param>
    public async Task<long> OpenIn(Unit unit, Case @case, Func<long, Task>? also = null, byte[]? textKey = null)
    {
        var number = await unit.NewId("cases.number");
        var row = CaseRow.Of(number, 0, @case, 0, [], "");
        if (!unit.AllowsLaterRows)
            await unit.Put(CaseRow.Insert, row);
        if (also is not null)
            await also(number);
        textKey ??= (await unit.Value<byte[]>("select text_key from customers where id = @CustomerId", new { @case.State.CustomerId }))!;
        await Save(unit, number, row, textKey, @case, new CaseState(), isNew: unit.AllowsLaterRows);
        return number;
    }

    /// <summary>A case's state, or <c>null</c>.</summary>
    public async Task<CaseState?> Find(long number, CancellationToken ct = default) =>
        await database.Read(connection => connection.ExecuteScalarAsync<string?>("select state from cases where number = @number", new { number }), ct) is { } state
            ? CaseJson.State(state)
            : null;

    private Task<Stored?> Load(Unit unit, long number) => unit.One<Stored>(
        $"select {CaseRow.Columns}, (select text_key from customers where id = coalesce(cases.sealed_for, cases.customer_id)) as text_key from cases where number = @number{database.ForUpdate}", new { number });

    /// <summary>Puts a case that was just opened under the presets that fit, so that its acknowledgement can say what they ask for. Saving does it, too.</summary>
    public async Task FollowDuties(Case @case) => @case.FollowDuties(await deadlines.Book());

    private async Task Save(Unit unit, long number, CaseRow was, byte[] textKey, Case @case, CaseState before, bool isNew = false)
    {
        await FollowDuties(@case);
        await CheckBackDesk.Plan(unit, @case);
        var state = @case.State;
        var (head, seq) = (was.ChainHead, was.ChainLength);
        var events = new List<object>(@case.News.Count);
        var reactions = new List<Job>();
        foreach (var news in @case.News)
        {
            var kind = CaseJson.NameOf(news.GetType());
            var body = CaseJson.Write(news);
            var message = (news as IHasMessage)?.MessageId;
            var said = message is not { } id ? null : unit.SaidHere.GetValueOrDefault(id) ?? await unit.One<Said>(Said.Query, new { message });
            var sealedBody = CaseJson.Seal(news, body, textKey, said?.Words);
            var at = news.At.ToUnixTimeMilliseconds();
            head = CaseJson.Link(head, number, ++seq, at, kind, sealedBody);
            events.Add(new { number, seq, at, kind, body, sealedBody, head, message });
            reactions.AddRange(Reactions.To(number, seq, news, body));
        }

        var row = CaseRow.Of(number, was.Version + 1, @case, seq, head, CaseJson.Write(state));
        if (isNew)
            await unit.Put(CaseRow.Insert, row);
        else
            await unit.Put(row.ChangesFrom(was), row, () => new InvalidOperationException($"Case {number} was changed outside its lock."));
        foreach (var each in events)
            await unit.Put("insert into events (case_number, seq, at, kind, body, sealed, hash, message_id) values (@number, @seq, @at, @kind, @body, @sealedBody, @head, @message)", each);
        if (@case.News.Any(news => news is OptionChosen))
            await unit.Put("update cases set has_choice = 1 where number = @number and has_choice = 0", new { number });
        await HeardTones.Write(unit, number, @case.News);
        await unit.Put("insert into report_due (case_number) values (@number)", new { number });
        await CallDesk.Apply(unit, number, @case.Claims);
        await RemedyDesk.Apply(unit, number, @case.Claims);
        await OwedLines.Write(unit, number, before, state);
        await Improvements.Write(unit, number, before, state);
        await CaseLetters.Apply(unit, number, @case.Claims);
        await MoneyDesk.Apply(unit, number, @case.Claims);
        await Books.Write(unit, number, before, @case.News);
        await PaymentDesk.Write(unit, number, before, state);
        foreach (var job in reactions)
            await JobQueue.Add(unit, job);

        var told = @case.News;
        live.Announce(unit, new LiveSignal("case", number, row.Version, state.OwnerId));
        unit.AfterCommit(() =>
        {
            if (told.Any(Reactions.AnyTo))
                jobs.Ring();
        });
    }

    /// <summary>A case as it is stored, with its customer's key for the chain.</summary>
    private sealed class Stored : CaseRow
    {
        public byte[] TextKey { get; init; } = [];
    }
}
