using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Tests.Cases;
using Amends.Tests.Channels.Email;
using Dapper;
using Known = Amends.Domain.Tests.Cases.Desk;

namespace Amends.Tests.Storage;

/// <summary>The invariants of the life cycle over random histories, as in memory, on the databases: what is stored is what the events tell.</summary>
public sealed class StoredHistoryTests
{
    private const int Histories = 8;
    private const int MostHistories = 32; // until they have been everywhere that matters
    private const int Steps = 45;

    private static readonly HashSet<CaseStage> Through = [CaseStage.Received, CaseStage.Working, CaseStage.Offered, CaseStage.Delivering];

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_is_stored_after_a_random_history_is_what_its_events_tell_and_the_invariants_hold(string kind)
    {
        await using var desk = await Desk.Start(kind);
        foreach (var who in new[] { Known.Jo, Known.Lea, Known.Max, Known.Rita })
            Assert.Equal(who.Id, (await desk.AddPerson(who.Name, who.Role)).Id);
        for (var id = 1; id <= 10; id++)
            Assert.Equal(id, (await desk.AddCustomer(id == Known.Amara.Id ? Known.Amara.Name : $"Customer {id}")).Id);

        var (stages, steps, refused) = (new HashSet<CaseStage>(), 0, 0);
        for (var i = 0; i < Histories || (i < MostHistories && !stages.IsSupersetOf(Through)); i++)
        {
            var seed = Random.Shared.Next();
            try
            {
                var random = new Random(seed);
                await History(desk, [.. Enumerable.Range(0, Steps).Select(_ => Leaning(random))], state => { stages.Add(state.Stage); steps++; }, () => refused++);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"The history of new Random({seed}) on {kind}: {e.Message}", e);
            }
        }

        Assert.InRange(steps, Histories * Steps / 5, int.MaxValue); // otherwise the histories prove little
        Assert.InRange(refused, 1, int.MaxValue);
        Assert.Superset(Through, stages);
    }

    /// <summary>Every second step is one that leads on: there are fewer of them than in memory.</summary>
    private static int Leaning(Random random) => random.Next(100_000) is var step && random.Next(2) == 0 ? step - step % 3 : step;

    private static async Task History(Desk desk, int[] history, Action<CaseState> reached, Action refused)
    {
        var opened = Known.Opened(repeat: history[0] % 5 == 0);
        var number = await desk.Cases.Open(opened);
        var (state, at, said) = ((await desk.Cases.Find(number))!, Known.Start, new HashSet<string>());
        var book = await desk.Get<DeadlineDesk>().Book();
        foreach (var step in history)
        {
            at = at.AddMinutes(1 + step % 977);
            var texts = CaseInvariants.Texts(state);
            try
            {
                state = (await desk.Cases.Change(number, @case => RandomVerbs.Try(@case, step, at, history[1] % 4, book)))!;
                reached(state);
            }
            catch (Refused)
            {
                refused();
            }

            Assert.True(texts.IsSubsetOf(CaseInvariants.Texts(state)), "a transition deleted text");
            said.UnionWith(new[] { state.WantedOutcome, state.Impact, state.SupportWords, state.WaitsForWhat }.OfType<string>());
        }

        await MustBeWhole(desk, number, state, at, said);
    }

    private static async Task MustBeWhole(Desk desk, long number, CaseState last, DateTimeOffset at, HashSet<string> said)
    {
        var rows = await desk.Rows<Row>("select seq, at, kind, body, sealed, hash from events where case_number = @number order by seq", new { number });
        var log = rows.Select(each => CaseJson.Event(each.Kind, each.Body)).ToList();
        var stored = (await desk.Cases.Find(number))!;
        Assert.Equivalent(last, stored, strict: true);
        CaseInvariants.Hold(stored, log, at, await desk.Get<DeadlineDesk>().Book()); // the state is the fold of its stored events, among them
        CaseInvariants.HeldThroughout(log);
        var told = log.Select(news => CaseJson.Write(news)).ToList();
        Assert.All(said, words => Assert.Contains(told, news => news.Contains($"\"{words}\"", StringComparison.Ordinal)));

        var row = (IDictionary<string, object?>)Assert.Single(await desk.Database.Read(connection => connection.QueryAsync("select * from cases where number = @number", new { number })));
        var head = Array.Empty<byte>();
        for (var i = 0; i < rows.Count; i++)
        {
            var each = rows[i];
            Assert.Equal((i + 1, log[i].At.ToUnixTimeMilliseconds()), (each.Seq, each.At));
            head = CaseJson.Link(head, number, each.Seq, each.At, each.Kind, each.Sealed);
            Assert.Equal(head, each.Hash);
        }

        Assert.Equal(head, row["chain_head"]);
        Assert.Equal(rows.Count, Convert.ToInt32(row["chain_length"]));
        foreach (var (column, value) in Columns(stored))
            Assert.True(Equals(value, row[column] is null or string ? row[column] : Convert.ToInt64(row[column])), $"{column} is {row[column]}, and the state says {value}");
    }

    /// <summary>What lists and alarms read beside the state, as the state has it.</summary>
    private static Dictionary<string, object?> Columns(CaseState state) => new()
    {
        ["customer_id"] = state.CustomerId,
        ["owner_id"] = state.OwnerId,
        ["stage"] = (long)state.Stage,
        ["kind"] = (long)state.Kind,
        ["channel"] = (long)state.Channel,
        ["severity"] = (long)state.Severity,
        ["subject"] = state.Subject,
        ["opened_at"] = Ms(state.OpenedAt),
        ["closed_at"] = Ms(state.ClosedAt),
        ["close_reason"] = (long?)state.CloseReason,
        ["wake_at"] = Ms(Case.Load(state).WakeAt),
        ["next_contact_at"] = state.IsOpen ? Ms(state.NextContact!.DueAt) : null,
        ["missed"] = state is { IsOpen: true, NextContact.MissedAt: not null } ? 1L : 0L,
        ["fix_due_at"] = Ms(state.FixDueAt),
        ["check_back_at"] = state.Stage == CaseStage.CheckBack ? Ms(state.CheckBack!.DueAt) : null,
        ["waits_for_us"] = state.WaitsForReply ? 1L : 0L,
        ["step"] = (long)state.Step,
        ["with_customer"] = state.IsWithCustomer ? 1L : 0L,
        ["call_at"] = Ms(state.CallBacks.LastOrDefault(call => call.IsOpen)?.From ?? (state.Stage == CaseStage.CheckBack ? state.CheckBack!.CallDueAt : null)),
        ["approval_at"] = state.IsOpen && state.Offers.LastOrDefault() is { NeedsApproval: true, ApprovedBy: null, RefusedAt: null, SentAt: null } offer ? Ms(offer.AskedAt) : null,
        ["urgency"] = (long)state.Urgency,
        ["snoozed_until"] = Ms(state.SnoozedUntil),
        ["reply_due_at"] = Ms(state.ReplyDueAt),
        ["is_hard"] = state.IsHard ? 1L : 0L,
        ["category"] = state.Category?.Code,
        ["silent_since"] = Ms(state.LastContactAt ?? state.OpenedAt),
        ["mood"] = (long?)state.Tone?.Level,
        ["stop_sale_at"] = state is { AtRisk: true, StopSale: { IsOpen: true } sale } ? Ms(sale.AskedAt) : null,
        ["duty_due_at"] = Ms(state.NextDuty?.DueAt),
        ["unanswered_at"] = state is { Stage: CaseStage.Offered, SentOffer: { IsUnanswered: true } silent } ? Ms(silent.UnansweredAt) : null,
        ["goes_on_in"] = state.GoesOnIn,
    };

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public int Seq { get; init; }
        public long At { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
        public string Sealed { get; init; } = "";
        public byte[] Hash { get; init; } = [];
    }
}
