using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Worth;
using Amends.Features.Shared;
using Dapper;

namespace Amends.Features.Cases;

/// <summary>Reads all that the page of a case shows in one round trip.</summary>
public sealed class CaseQuery(Database database, StoredSettings settings, WorthDesk worth, TimeProvider clock)
{
    /// <summary>Messages shown at first; older ones on demand.</summary>
    public const int PageSize = 30;

    private const int MostEvents = 150;
    private const int MostLetters = 6000;

    private static readonly string Messages =
        $"""
        select id, case_number, at, direction, channel, author_id, author_name, substr(text, 1, {MostLetters}) as text, length(text) as length, recipients, automatic,
            case when elided = '' then 0 else 1 end as has_elided, case when html is null then 0 else 1 end as has_html, case when raw_digest is null then 0 else 1 end as has_raw,
            (select s.address from mail_senders s where s.message_id = messages.id and s.known = 0 and s.trust <> 3) as stranger, (select s.same_id from mail_senders s where s.message_id = messages.id) as same_id,
            (select s.trust_detail from mail_senders s where s.message_id = messages.id) as sender_detail,
            (select i.document from invitations i where i.message_id = messages.id) as invitation
        from messages where case_number
        """;

    private const string OfDuplicates = $"in ({OtherCases.Duplicates}) and direction <> 3"; // notes stay with the case that they were written on

    private static readonly string CaseSql =
        $"""
        select version, state from cases where number = @number;
        {Messages} = @number order by id desc limit {PageSize + 1};
        select a.id, a.message_id, a.name, a.content_type, a.size from attachments a where a.message_id in (select id from messages where case_number = @number order by id desc limit {PageSize + 1}) order by a.id;
        select message_id, recipient, state, reply from outbox where case_number = @number order by id desc limit {PageSize * 2};
        select kind, body, at from events where case_number = @number order by seq desc limit {MostEvents};
        select message_id, note_id, kind, said_by, said_at from notes where case_number = @number order by message_id;
        select h.id, h.person_id, p.name, h.text, h.next_what, h.pressed_at, h.due_at from held_replies h join people p on p.id = h.person_id where h.case_number = @number order by h.id;
        select kind, text, html, next_what, next_due, saved_at, parked_until, other_text, other_at from drafts where case_number = @number and person_id = @me;
        select p.name, w.writing from presence w join people p on p.id = w.person_id where w.case_number = @number and w.person_id <> @me and w.until > @now order by w.writing desc, p.name limit 3;
        select u.id, u.name, u.phone, u.place, u.since, (select a.address from customer_addresses a where a.customer_id = u.id order by a.address limit 1) as address,
            (select coalesce(sum(o.total_minor), 0) from orders o where o.customer_id = u.id) as spent, (select count(*) from orders o where o.customer_id = u.id) as orders,
            (select max(o.currency) from orders o where o.customer_id = u.id) as currency, (select count(*) from cases k where k.customer_id = u.id and k.kind = 5) as praise, (select count(*) from cases k where k.customer_id = u.id) as cases
        from cases c join customers u on u.id = c.customer_id where c.number = @number;
        select k.number, k.subject as title, '' as detail, k.opened_at as at, k.close_reason, 0 as is_order from cases k
            where k.customer_id = (select customer_id from cases where number = @number) and k.number <> @number order by k.opened_at desc limit 4;
        select 0 as number, o.number || case when o.product = '' then '' else ' ' || o.product end as title, o.status as detail, o.placed_at as at, null as close_reason, 1 as is_order from orders o
            where o.customer_id = (select customer_id from cases where number = @number) order by o.placed_at desc limit 3;
        """ + $"""
        select {AddressBounce.Columns} from {AddressBounce.Join} where a.customer_id = (select customer_id from cases where number = @number) order by b.at desc limit 5;
        select f.message_id, f.address, f.name from forwards f where f.case_number = @number
            and not exists (select 1 from customer_addresses a join cases c on c.customer_id = a.customer_id where c.number = f.case_number and lower(a.address) = lower(f.address)) order by f.message_id desc limit 1;
        {EarlierComplaints.Sql};
        {Messages} {OfDuplicates} order by id desc limit {PageSize};
        select a.id, a.message_id, a.name, a.content_type, a.size from attachments a where a.message_id in (select id from messages where case_number {OfDuplicates} order by id desc limit {PageSize}) order by a.id;
        {ListeningDesk.MarksSql};
        select preferences from people where id = @me;
        select {WorthDesk.HistoryOf("c.customer_id", "@now")} from cases c where c.number = @number
        """;

    /// <summary>A case for its page, or <c>null</c>.</summary>
    public async Task<CaseModel?> Load(long number, Actor me, string? view, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var now = clock.GetUtcNow();
        var zone = company.Zone();
        var (model, ordered) = await database.Read<(CaseModel?, OrderHistory?)>(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(CaseSql, new { number, me = me.Id, now = now.ToUnixTimeMilliseconds(), currency = company.Currency });
            var (version, document) = await all.ReadSingleOrDefaultAsync<(long, string?)>();
            if (document is null)
                return default;
            var state = CaseJson.State(document);
            var messages = (await all.ReadAsync<MessageRow>()).AsList();
            var files = (await all.ReadAsync<FileRow>()).ToLookup(file => file.MessageId);
            var deliveries = (await all.ReadAsync<DeliveryRow>()).ToLookup(row => row.MessageId);
            var events = (await all.ReadAsync<EventRow>()).AsList();
            var notes = (await all.ReadAsync<NoteRow>()).AsList();
            var held = (await all.ReadAsync<HeldRow>()).AsList();
            var drafts = (await all.ReadAsync<DraftRow>()).AsList();
            var others = (await all.ReadAsync<WatcherRow>()).AsList();
            var customer = await all.ReadSingleAsync<CustomerRow>();
            var history = (await all.ReadAsync<HistoryRow>()).AsList();
            history.AddRange(await all.ReadAsync<HistoryRow>());
            var bounces = (await all.ReadAsync<AddressBounce>()).AsList();
            var forward = await all.ReadSingleOrDefaultAsync<ForwardRow>();
            var straw = Domain.Customers.LastStraw.Of(state, EarlierComplaints.From(await all.ReadAsync<EarlierComplaints.Row>()));
            var joined = new JoinedMessages((await all.ReadAsync<MessageRow>()).AsList(), (await all.ReadAsync<FileRow>()).ToLookup(file => file.MessageId));
            var marks = (await all.ReadAsync<ListeningDesk.MarkRow>()).AsList();
            var likes = Preferences.Read(await all.ReadSingleOrDefaultAsync<string?>());
            var ordered = (await all.ReadSingleAsync<WorthDesk.HistoryRow>()).Read();

            var words = new EventWords(state, me.Id, now, zone) { Content = company.Content };
            var timeline = TimelineBuilder.Build(number, me, words, messages, files, deliveries, notes, events, held, events.Count == MostEvents, joined) with { AsksModel = AsksOfMessages(company) };
            return (new CaseModel
            {
                Number = number, Version = version, State = state, Me = me, Now = now, Zone = zone, Currency = company.Currency, LanguageModel = company.LanguageModel, Timeline = timeline, Customer = customer,
                OpenQuestions = state.IsOpen && me.Role >= Role.Agent ? ListeningDesk.Questions(state, messages.AsEnumerable().Reverse().Select(row => new SaidRow { Id = row.Id, At = row.At, Direction = row.Direction, Automatic = row.Automatic, Text = row.Text }), marks).Count(question => question.IsOpen) : 0,
                Framework = FrameworkSet.For(likes.Framework, company.Framework), Bounces = bounces, Straw = straw, Forward = forward,
                History = history, Others = others, In = view, Composer = Composer(state, messages, drafts, company, now),
            }, ordered);
        }, ct);
        return ordered is not { Orders: > 0 } || (await worth.Book(ct)).WorthOf(ordered, now) is not { } brings ? model : model! with { Worth = Rough.Of(brings.Discounted.Mid, company.Currency) };
    }

    /// <summary>The timeline before a message, or <c>null</c> when there is no such case.</summary>
    public async Task<TimelineModel?> Older(long number, long before, Actor me, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var zone = company.Zone();
        return await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                $"""
                select state from cases where number = @number;
                {Messages} = @number and id < @before order by id desc limit {PageSize + 1};
                select a.id, a.message_id, a.name, a.content_type, a.size from attachments a where a.message_id in (select id from messages where case_number = @number and id < @before order by id desc limit {PageSize + 1}) order by a.id;
                select o.message_id, o.recipient, o.state, o.reply from outbox o where o.case_number = @number and o.message_id < @before order by o.id desc limit {PageSize * 2};
                select kind, body, at from events where case_number = @number and at < coalesce((select at from messages where id = @before), 0) order by seq desc limit {MostEvents};
                select message_id, note_id, kind, said_by, said_at from notes where case_number = @number order by message_id;
                {Messages} {OfDuplicates} and at < coalesce((select at from messages where id = @before), 0) order by id desc limit {PageSize};
                select a.id, a.message_id, a.name, a.content_type, a.size from attachments a where a.message_id in (select id from messages where case_number {OfDuplicates} and at < coalesce((select at from messages where id = @before), 0) order by id desc limit {PageSize}) order by a.id
                """, new { number, before });
            if (await all.ReadSingleOrDefaultAsync<string>() is not { } document)
                return null;
            var messages = (await all.ReadAsync<MessageRow>()).AsList();
            var files = (await all.ReadAsync<FileRow>()).ToLookup(file => file.MessageId);
            var deliveries = (await all.ReadAsync<DeliveryRow>()).ToLookup(row => row.MessageId);
            var events = (await all.ReadAsync<EventRow>()).AsList();
            var notes = (await all.ReadAsync<NoteRow>()).AsList();
            var joined = new JoinedMessages((await all.ReadAsync<MessageRow>()).AsList(), (await all.ReadAsync<FileRow>()).ToLookup(file => file.MessageId));
            var words = new EventWords(CaseJson.State(document), me.Id, clock.GetUtcNow(), zone) { Content = company.Content };
            return TimelineBuilder.Build(number, me, words, messages, files, deliveries, notes, events, [], events.Count == MostEvents, joined) with { AsksModel = AsksOfMessages(company) };
        }, ct);
    }

    private static bool AsksOfMessages(Company company) => company.LanguageModel.May(Domain.Language.ModelFeature.Translation) || company.LanguageModel.May(Domain.Language.ModelFeature.Gist);

    private static ComposerModel Composer(CaseState state, List<MessageRow> messages, List<DraftRow> drafts, Company company, DateTimeOffset now)
    {
        var newest = drafts.MaxBy(draft => draft.SavedAt);
        return new ComposerModel
        {
            Kind = newest?.Kind == (int)DraftKind.Note || !state.IsOpen ? "note" : "reply",
            Text = newest?.Text ?? "",
            Html = newest?.Html,
            NextWhat = newest?.NextWhat ?? "",
            NextDue = newest?.NextDue is { Length: > 0 } due ? due : LocalTime.Of(NextSlot(company, now), company.Zone()),
            Seen = messages.FirstOrDefault(message => message.Direction == (int)Direction.In)?.Id ?? 0,
            DraftAt = newest is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(newest.SavedAt),
            ParkedUntil = newest?.ParkedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
            Other = newest is { OtherText: { } text, OtherAt: { } at } ? (text, DateTimeOffset.FromUnixTimeMilliseconds(at)) : null,
        };
    }

    /// <summary>A believable moment for the next contact: the usual open time from now, on the half hour.</summary>
    public static DateTimeOffset NextSlot(Company company, DateTimeOffset now)
    {
        var calendar = company.Calendar();
        var due = calendar.After(calendar.NextOpen(now), Case.FirstContactWithin);
        var half = TimeSpan.FromMinutes(30).Ticks;
        var rounded = new DateTimeOffset((due.Ticks + half - 1) / half * half, due.Offset);
        return calendar.IsOpen(rounded) ? rounded : due;
    }
}
