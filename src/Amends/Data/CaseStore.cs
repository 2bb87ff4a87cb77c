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
    private const string Added =
        """
        insert into cases (number, version, customer_id, owner_id, stage, kind, channel, severity, subject, preview, opened_at, closed_at, close_reason, wake_at, next_contact_at, missed,
            fix_due_at, check_back_at, last_message_at, waits_for_us, step, with_customer, second_look, call_at, approval_at, urgency, snoozed_until, reply_due_at, is_hard, mood, category, first_category, confirmed_category, cause, silent_since, stop_sale_at, duty_due_at, unanswered_at, goes_on_in, team_id, chain_length, chain_head, state)
        values (@number, @version, @CustomerId, @OwnerId, @Stage, @Kind, @Channel, @Severity, @Subject, @Preview, @OpenedAt, @ClosedAt, @CloseReason, @WakeAt, @NextContactAt, @Missed,
            @FixDueAt, @CheckBackAt, @OpenedAt, @WaitsForUs, @Step, @WithCustomer, @SecondLook, @CallAt, @ApprovalAt, @Urgency, @SnoozedUntil, @ReplyDueAt, @IsHard, @Mood, @Category, @FirstCategory, @ConfirmedCategory, @Cause, @SilentSince, @StopSaleAt, @DutyDueAt, @UnansweredAt, @GoesOnIn, @TeamId, @seq, @head, @Document)
        """;

    private const string Changed =
        """
        update cases set version = @version, sealed_for = case when sealed_for is null and customer_id <> @CustomerId then customer_id else sealed_for end, customer_id = @CustomerId, owner_id = @OwnerId, stage = @Stage, kind = @Kind, severity = @Severity,
            subject = @Subject, closed_at = @ClosedAt, close_reason = @CloseReason, wake_at = @WakeAt, next_contact_at = @NextContactAt, missed = @Missed,
            fix_due_at = @FixDueAt, check_back_at = @CheckBackAt, waits_for_us = @WaitsForUs, step = @Step, with_customer = @WithCustomer, second_look = @SecondLook, call_at = @CallAt, approval_at = @ApprovalAt, urgency = @Urgency, snoozed_until = @SnoozedUntil, reply_due_at = @ReplyDueAt, is_hard = @IsHard, mood = @Mood, category = @Category, first_category = @FirstCategory, confirmed_category = @ConfirmedCategory, cause = @Cause, silent_since = @SilentSince, stop_sale_at = @StopSaleAt, duty_due_at = @DutyDueAt, unanswered_at = @UnansweredAt, goes_on_in = @GoesOnIn, chain_length = @seq, chain_head = @head, state = @Document
        where number = @number and version = @version - 1
        """;

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
        if (await Load(unit, number) is not { } row)
            return null;

        var before = CaseJson.State(row.State);
        var @case = Case.Load(before);
        await change(@case, unit);
        if (@case.News.Count > 0)
            await Save(unit, number, row, @case, before);
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
        var row = new Row();
        if (!unit.AllowsLaterRows)
            await unit.Put(Added, Values(number, 0, @case, 0, row.ChainHead));
        if (also is not null)
            await also(number);
        row.TextKey = textKey ?? (await unit.Value<byte[]>("select text_key from customers where id = @CustomerId", new { @case.State.CustomerId }))!;
        await Save(unit, number, row, @case, new CaseState(), isNew: unit.AllowsLaterRows);
        return number;
    }

    /// <summary>A case's state, or <c>null</c>.</summary>
    public async Task<CaseState?> Find(long number, CancellationToken ct = default) =>
        await database.Read(connection => connection.ExecuteScalarAsync<string?>("select state from cases where number = @number", new { number }), ct) is { } state
            ? CaseJson.State(state)
            : null;

    private Task<Row?> Load(Unit unit, long number) => unit.One<Row>(
        $"""
        select c.version, c.chain_length, c.chain_head, c.state, (select text_key from customers where id = coalesce(c.sealed_for, c.customer_id)) as text_key
        from cases c where c.number = @number{database.ForUpdate}
        """, new { number });

    /// <summary>Puts a case that was just opened under the presets that fit, so that its acknowledgement can say what they ask for. Saving does it, too.</summary>
    public async Task FollowDuties(Case @case) => @case.FollowDuties(await deadlines.Book());

    private async Task Save(Unit unit, long number, Row row, Case @case, CaseState before, bool isNew = false)
    {
        await FollowDuties(@case);
        await CheckBackDesk.Plan(unit, @case);
        var state = @case.State;
        var head = row.ChainHead;
        var seq = row.ChainLength;
        var events = new List<object>(@case.News.Count);
        var reactions = new List<Job>();
        foreach (var news in @case.News)
        {
            var kind = CaseJson.NameOf(news.GetType());
            var body = CaseJson.Write(news);
            var message = (news as IHasMessage)?.MessageId;
            var said = message is not { } id ? null : unit.SaidHere.GetValueOrDefault(id) ?? await unit.One<Said>(Said.Query, new { message });
            var sealedBody = CaseJson.Seal(news, body, row.TextKey, said?.Words);
            var at = news.At.ToUnixTimeMilliseconds();
            head = CaseJson.Link(head, number, ++seq, at, kind, sealedBody);
            events.Add(new { number, seq, at, kind, body, sealedBody, head, message });
            reactions.AddRange(Reactions.To(number, seq, news, body));
        }

        var values = Values(number, row.Version + 1, @case, seq, head);
        if (isNew)
            await unit.Put(Added, values);
        else
            await unit.Put(Changed, values, () => new InvalidOperationException($"Case {number} was changed outside its lock."));
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
        live.Announce(unit, new LiveSignal("case", number, row.Version + 1, state.OwnerId));
        unit.AfterCommit(() =>
        {
            if (told.Any(Reactions.AnyTo))
                jobs.Ring();
        });
    }

    /// <summary>The columns of a case.</summary>
    private static object Values(long number, long version, Case @case, int seq, byte[] head)
    {
        var state = @case.State;
        return new
        {
            number, version, state.CustomerId, state.OwnerId, Stage = (int)state.Stage, Kind = (int)state.Kind, Channel = (int)state.Channel, Severity = (int)state.Severity, state.Subject,
            Preview = Preview.Of(state.Story), OpenedAt = Ms(state.OpenedAt), ClosedAt = Ms(state.ClosedAt), CloseReason = (int?)state.CloseReason, WakeAt = Ms(@case.WakeAt),
            NextContactAt = state.IsOpen ? Ms(state.NextContact?.DueAt) : null, Missed = state.IsOpen && state.NextContact?.MissedAt is not null ? 1 : 0,
            FixDueAt = Ms(state.FixDueAt), Urgency = (int)state.Urgency, SnoozedUntil = Ms(state.SnoozedUntil), ReplyDueAt = Ms(state.ReplyDueAt), IsHard = state.IsHard ? 1 : 0, Mood = (int?)state.Upset?.Level, Category = state.Category?.Code, FirstCategory = state.FirstImpression?.Code, ConfirmedCategory = state.ConfirmedCategory?.Code, state.Cause, SilentSince = Ms(state.LastContactAt ?? state.OpenedAt),
            StopSaleAt = state is { AtRisk: true, StopSale: { IsOpen: true } sale } ? Ms(sale.AskedAt) : null, DutyDueAt = Ms(state.NextDuty?.DueAt),
            UnansweredAt = state is { Stage: CaseStage.Offered, SentOffer: { IsUnanswered: true } silent } ? Ms(silent.UnansweredAt) : null, state.GoesOnIn, TeamId = state.Team?.Id,
            CheckBackAt = state.Stage == CaseStage.CheckBack ? Ms(state.CheckBack?.DueAt) : null,
            WaitsForUs = state.WaitsForReply ? 1 : 0,
            state.Step, WithCustomer = state.IsWithCustomer ? 1 : 0, SecondLook = state.SecondLook is null ? 0 : state.SecondLook.TakenAt is null ? 1 : 2, CallAt = Ms(state.CallBack?.From ?? (state.Stage == CaseStage.CheckBack ? state.CheckBack?.CallDueAt : null)), ApprovalAt = state is { IsOpen: true, Offer: { AwaitsApproval: true, AskedAt: { } asked } } ? Ms(asked) : null, seq, head, Document = CaseJson.Write(state),
        };
    }

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Version { get; init; }
        public int ChainLength { get; init; }
        public byte[] ChainHead { get; init; } = [];
        public string State { get; init; } = "";
        public byte[] TextKey { get; set; } = [];
    }
}
