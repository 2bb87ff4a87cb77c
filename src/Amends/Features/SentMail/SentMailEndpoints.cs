using System.Text.RegularExpressions;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Mail.Mime;
using Amends.Web;
using Dapper;

namespace Amends.Features.SentMail;

/// <summary>
/// What went to customers, or still has to. In the demo company nothing leaves the machine: here is what the customer
/// received, and every link in it can be followed.
/// </summary>
public static partial class SentMailEndpoints
{
    private const int Most = 50;

    /// <summary>Maps the list and a letter.</summary>
    public static void MapSentMail(this IEndpointRouteBuilder app)
    {
        app.MapGet("/outbox", List).RequireAuthorization(Policies.Agent);
        app.MapGet("/outbox/{id:long}", Letter).RequireAuthorization(Policies.Agent);
        app.MapOutboxHold();
    }

    private static async Task<IResult> List(HttpContext context, Database database, StoredSettings settings, Frame frame, TimeProvider clock, long? before, string? state)
    {
        int[] wanted = state switch
        {
            "failed" => [(int)OutboxState.Failed],
            "waiting" => [(int)OutboxState.Queued, (int)OutboxState.Sending, (int)OutboxState.Deferred],
            _ => [],
        };
        var rows = (await database.Read(connection => connection.QueryAsync<Sent>(
            $"""
            select o.id, o.case_number, o.recipient, o.state, o.queued_at, o.reply, m.subject, m.author_name
            from outbox o join messages m on m.id = o.message_id
            where o.id < @last {(wanted.Length == 0 ? "" : $"and o.state {database.Among("@wanted")}")} order by o.id desc limit @Most
            """, new { last = before ?? long.MaxValue, wanted, Most }), context.RequestAborted)).AsList();
        return Html.Show<OutboxPage, OutboxPage.View>(new(await frame.For(context), rows, await settings.Company(), clock.GetUtcNow(), rows.Count == Most ? rows[^1].Id : null, state,
            await OutboxHoldEndpoints.Find(database, settings, context.RequestAborted)));
    }

    private static async Task<IResult> Letter(long id, HttpContext context, Database database, Outbox outbox, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var row = await database.Read(connection => connection.QuerySingleOrDefaultAsync<Sent>(
            """
            select o.id, o.case_number, o.recipient, o.state, o.queued_at, o.reply, o.raw_digest, m.subject, m.author_name
            from outbox o join messages m on m.id = o.message_id where o.id = @id
            """, new { id }), context.RequestAborted);
        if (row is null)
            return TypedResults.NotFound();

        var company = await settings.Company();
        var text = MimeReader.Read(await outbox.Open(database, row.RawDigest, context.RequestAborted)).Text;
        if (!company.IsDemo) // the customer's link is the customer's alone
            text = CustomerLink().Replace(text, "(the customer's own link)");
        return Html.Show<LetterPage, LetterPage.View>(new(await frame.For(context), row, Pieces(text).ToList(), company, clock.GetUtcNow()));
    }

    /// <summary>The text cut at its links.</summary>
    private static IEnumerable<(string Text, bool IsLink)> Pieces(string text)
    {
        var from = 0;
        foreach (Match link in AnyLink().Matches(text))
        {
            yield return (text[from..link.Index], false);
            yield return (link.Value, true);
            from = link.Index + link.Length;
        }

        yield return (text[from..], false);
    }

    [GeneratedRegex(@"https?://[^\s<>""]+/c/[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex CustomerLink();

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.NonBacktracking)]
    private static partial Regex AnyLink();
}

/// <summary>A letter to one recipient, as the list shows it.</summary>
public sealed class Sent
{
    public long Id { get; init; }
    public long CaseNumber { get; init; }
    public string Recipient { get; init; } = "";
    public int State { get; init; }
    public long QueuedAt { get; init; }
    public string? Reply { get; init; }
    public string Subject { get; init; } = "";
    public string AuthorName { get; init; } = "";
    public string RawDigest { get; init; } = "";

    /// <summary>It has not gone yet.</summary>
    public bool Waits => (OutboxState)State is OutboxState.Queued or OutboxState.Sending or OutboxState.Deferred;

    /// <summary>The state in a word or two, and the colour of its badge.</summary>
    public (string Words, string Colour) Shown => (OutboxState)State switch
    {
        OutboxState.Queued => ("goes out soon", ""),
        OutboxState.Sending => ("being sent", ""),
        OutboxState.Accepted => ("sent", "green"),
        OutboxState.Deferred => ("tried again later", "amber"),
        OutboxState.Failed => ("did not arrive", "red"),
        OutboxState.TakenBack => ("taken back", ""),
        _ => ("kept here (demo)", "green"),
    };
}
