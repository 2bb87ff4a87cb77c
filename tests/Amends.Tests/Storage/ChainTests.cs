using Amends.Data;
using Amends.Domain.Cases;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;
using Dapper;

namespace Amends.Tests.Storage;

/// <summary>The hash chain of a case's events: whoever changes the past is found, and a person's words can go.</summary>
public sealed class ChainTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_changed_removed_or_moved_event_is_found(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        Assert.True(await desk.Value<long>("select count(*) from events") > 6);
        Assert.Null(await FirstBroken(desk, complaint.Number));

        foreach (var tampering in (string[])
        [
            "update events set sealed = replace(sealed, 'person', 'customer') where seq = (select min(seq) from events where sealed like '%person%')",
            "update events set at = at - 1 where seq = 3",
            "update events set kind = 'case_closed' where seq = 4",
            "update events set hash = (select hash from events where seq = 1) where seq = 5",
            "delete from events where seq = (select max(seq) from events)",
            "delete from events where seq = 2",
        ])
        {
            var found = await Tampered(desk, tampering);
            Assert.True(Broken(found, complaint.Number, (await desk.Value<byte[]>("select chain_head from cases"))!) is not null, tampering);
        }
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_the_chain_covers_holds_no_words_of_or_about_a_person(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise("The Vermilion machine arrived broken.");
        await complaint.Offer();
        await desk.Cases.Change(complaint.Number, @case => @case.Choose(1, 1, Channel.Page, "Vermilion is my word.", complaint.Customer, Complaint.Calendar, desk.Clock.Now));

        Assert.Contains("Vermilion", string.Join('\n', await desk.Rows<string>("select body from events")));
        var covered = string.Join('\n', await desk.Rows<string>("select sealed from events"));
        Assert.DoesNotContain("Vermilion", covered);
        Assert.DoesNotContain("Amara", covered);
        Assert.DoesNotContain("damaged", covered);

        await desk.Database.Write(unit => unit.Run("update events set body = '{}'")); // erased
        Assert.Null(await FirstBroken(desk, complaint.Number));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_sealed_event_belongs_to_its_words(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        var key = (await desk.Value<byte[]>("select text_key from customers"))!;
        foreach (var row in await desk.Rows<Row>("select e.seq, e.at, e.kind, e.sealed, e.hash, e.body, m.author_name, m.subject, m.text, m.elided, m.html, m.id as message from events e left join messages m on m.id = e.message_id"))
        {
            var news = CaseJson.Event(row.Kind, row.Body);
            Assert.Equal(row.Sealed, CaseJson.Seal(news, CaseJson.Write(news), key, row.Message is null ? null : string.Join('\0', row.AuthorName, row.Subject, row.Text, row.Elided, row.Html)));
        }
    }

    /// <summary>The events as they are after somebody's hand in the database; it is taken back at once.</summary>
    private static async Task<List<Row>> Tampered(Desk desk, string sql)
    {
        List<Row>? seen = null;
        await Assert.ThrowsAsync<OperationCanceledException>(() => desk.Database.Write(async unit =>
        {
            Assert.NotEqual(0, await unit.Run(sql));
            seen = await unit.List<Row>("select seq, at, kind, sealed, hash from events order by seq");
            throw new OperationCanceledException();
        }));
        return seen!;
    }

    private static async Task<int?> FirstBroken(Desk desk, long number) =>
        Broken(await desk.Rows<Row>("select seq, at, kind, sealed, hash from events where case_number = @number order by seq", new { number }), number,
            (await desk.Value<byte[]>("select chain_head from cases where number = @number", new { number }))!);

    /// <summary>The place of the first event that does not follow from the one before it; <c>null</c> while all do and the last is the case's.</summary>
    private static int? Broken(IReadOnlyList<Row> events, long number, byte[] end)
    {
        byte[] head = [];
        for (var i = 0; i < events.Count; i++)
        {
            head = CaseJson.Link(head, number, i + 1, events[i].At, events[i].Kind, events[i].Sealed);
            if (events[i].Seq != i + 1 || !head.AsSpan().SequenceEqual(events[i].Hash))
                return i + 1;
        }

        return head.AsSpan().SequenceEqual(end) ? null : events.Count;
    }

    private sealed class Row
    {
        public int Seq { get; init; }
        public long At { get; init; }
        public string Kind { get; init; } = "";
        public string Sealed { get; init; } = "";
        public byte[] Hash { get; init; } = [];
        public string Body { get; init; } = "";
        public long? Message { get; init; }
        public string AuthorName { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Text { get; init; } = "";
        public string Elided { get; init; } = "";
        public string? Html { get; init; }
    }
}
