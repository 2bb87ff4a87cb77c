using Amends.Channels.Email;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.IncomingMail;

/// <summary>
/// The ledger of mail as people read it: for each mailbox what came and what became of it, what is wrong with it in words,
/// and each mail with its raw bytes.
/// </summary>
public static class IncomingMailEndpoints
{
    /// <summary>How many mails a page lists.</summary>
    internal const int PageSize = 50;

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapIncomingMail(this IEndpointRouteBuilder app)
    {
        app.MapGet("/incoming", All).RequireAuthorization(Policies.Agent);
        app.MapGet("/incoming/{id:long}", One).RequireAuthorization(Policies.Agent);
        app.MapGet("/incoming/mails/{id:long}/raw", Raw).RequireAuthorization(Policies.Agent);
        app.MapPost("/incoming/{id:long}/look", Look).RequireAuthorization(Policies.Lead);
        app.MapPost("/incoming/{id:long}/again", ReadAgain).RequireAuthorization(Policies.Lead);
    }

    private static async Task<IResult> All(HttpContext context, Database database, Mailboxes mailboxes, Frame frame, StoredSettings settings, TimeProvider clock) =>
        Html.Show<MailboxesPage, MailboxesPage.View>(new(await frame.For(context), await MailboxAccount.All(database, mailboxes, context.RequestAborted), clock.GetUtcNow(), (await settings.Company()).Zone()));

    private static async Task<IResult> One(long id, string? state, long? before, HttpContext context, Database database, Mailboxes mailboxes, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        if (await Find(mailboxes, id, context.RequestAborted) is not { } box)
            return TypedResults.NotFound();
        var which = StateFilter.Of(state);
        var mails = (await database.Read(connection => connection.QueryAsync<IncomingMail>(
            $"""
            select i.id, i.received_at, i.size, i.state, i.reason, i.case_number, i.raw_digest, m.subject, m.author_name
            from intake i left join messages m on m.id = i.message_id
            where i.mailbox_id = @id and i.id < @before {(which.Condition.Length == 0 ? "" : "and " + which.Condition)} order by i.id desc limit {PageSize}
            """, new { id, before = before ?? long.MaxValue }), context.RequestAborted)).AsList();
        return Html.Show<MailboxPage, MailboxPage.View>(new(await frame.For(context), box, await MailboxAccount.Of(database, id, context.RequestAborted), which, mails, clock.GetUtcNow(), (await settings.Company()).Zone()));
    }

    private static async Task<IResult> Raw(long id, HttpContext context, Database database)
    {
        var digest = await database.Read(connection => connection.ExecuteScalarAsync<string?>("select raw_digest from intake where id = @id", new { id }), context.RequestAborted);
        if (string.IsNullOrEmpty(digest))
            return TypedResults.NotFound();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(await Blobs.Get(database, digest, context.RequestAborted), "application/octet-stream", $"mail-{id}.eml");
    }

    private static async Task<IResult> Look(long id, HttpContext context, Mailboxes mailboxes, FetchMail fetch)
    {
        if (await Find(mailboxes, id, context.RequestAborted) is not { Host: not null })
            return TypedResults.NotFound();
        fetch.Ring();
        return Back(context, id, "Amends looks there now. Load this page again in a moment.");
    }

    private static async Task<IResult> ReadAgain(long id, HttpContext context, Mailboxes mailboxes, MailLedger ledger)
    {
        if (await Find(mailboxes, id, context.RequestAborted) is null)
            return TypedResults.NotFound();
        var count = await ledger.ReadAllAgain(id);
        return Back(context, id, count switch { 0 => "None of them can be read again.", 1 => "It is read again.", _ => $"{count} mails are read again." });
    }

    private static async Task<Mailbox?> Find(Mailboxes mailboxes, long id, CancellationToken ct) =>
        id == 0 ? MailboxAccount.Listener : (await mailboxes.All(ct)).FirstOrDefault(box => box.Id == id && box.Host is not null);

    private static IResult Back(HttpContext context, long id, string words)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303($"/incoming/{id}");
    }
}
