using System.Text;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Mail.Html;
using Amends.Web;
using Dapper;

namespace Amends.Features.Cases;

/// <summary>What strangers sent us, shown so that it can do nothing: bodies in a sandbox of their own, files as downloads.</summary>
public static class BodyEndpoints
{
    private const string Sandbox = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";
    private const string WithImages = "sandbox; default-src 'none'; img-src 'self' data: https:; style-src 'unsafe-inline'";
    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"]; // never SVG: it is a document

    /// <summary>A mail's HTML as a page of its own, for the frame.</summary>
    public static async Task<IResult> Body(long number, long id, string? images, HttpContext context, Database database, InlineImages inline)
    {
        var (row, files) = await database.Read(async connection =>
        {
            var message = await connection.QuerySingleOrDefaultAsync<Row>("select html, text from messages where id = @id and case_number = @number", new { id, number });
            var inside = message is null ? [] : (await connection.QueryAsync<FileRow>("select id, content_id, content_type from attachments where message_id = @id and content_id is not null", new { id })).AsList();
            return (message, inside);
        }, context.RequestAborted);
        if (row is null)
            return TypedResults.NotFound();

        var remote = images == "1";
        var byId = files.Where(file => Pictures.Contains(file.ContentType, StringComparer.OrdinalIgnoreCase)).GroupBy(file => Bare(file.ContentId!), StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First().Id, StringComparer.OrdinalIgnoreCase);
        var body = row.Html is { } html
            ? MailHtml.Clean(html, new CleanOptions(cid => byId.TryGetValue(Bare(cid), out var file) ? inline.AddressOf(file) : null, remote)).Html
            : $"<pre>{System.Net.WebUtility.HtmlEncode(row.Text)}</pre>";
        Harden(context, remote ? WithImages : Sandbox);
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers["X-DNS-Prefetch-Control"] = "off"; // the name of a link's host can say who reads
        return TypedResults.Content(
            $"<!doctype html><html lang=\"\"><head><meta charset=\"utf-8\"><title>Mail</title><meta name=\"referrer\" content=\"no-referrer\"><style>body{{margin:12px;font:15px/1.55 system-ui,sans-serif;color:#181a20;background:#fff;overflow-wrap:anywhere}}img{{max-width:100%;height:auto}}pre{{white-space:pre-wrap;font:inherit}}table{{max-width:100%}}</style></head><body dir=\"auto\">{body}</body></html>",
            "text/html; charset=utf-8");
    }

    /// <summary>All words of a message: the part that the timeline cuts, and what it quotes.</summary>
    public static async Task<IResult> Whole(long number, long id, uint? from, HttpContext context, Database database, Frame frame)
    {
        var row = await database.Read(connection => connection.QuerySingleOrDefaultAsync<Row>("select author_name, text, elided from messages where id = @id and case_number = @number", new { id, number }), context.RequestAborted);
        return row is null ? TypedResults.NotFound()
            : Html.Show<WholeMessage, WholeMessage.View>(new(context.Request.IsFragment() ? null : await frame.For(context), number, id, row.AuthorName, row.Text, row.Elided, (int)Math.Min(from ?? 0, int.MaxValue)));
    }

    /// <summary>The mail as it reached us, byte for byte.</summary>
    public static async Task<IResult> Raw(long number, long id, HttpContext context, Database database)
    {
        var digest = await database.Read(connection => connection.ExecuteScalarAsync<string?>("select raw_digest from messages where id = @id and case_number = @number", new { id, number }), context.RequestAborted);
        if (digest is null)
            return TypedResults.NotFound();
        Harden(context, "sandbox; default-src 'none'");
        return TypedResults.Bytes(await Blobs.Get(database, digest, context.RequestAborted), "application/octet-stream", $"case-{number}-message-{id}.eml");
    }

    /// <summary>A file, to be saved, never shown in the browser.</summary>
    public static async Task<IResult> Download(long number, long file, HttpContext context, Database database)
    {
        if (await database.Read(connection => connection.QuerySingleOrDefaultAsync<FileRow>(
            "select a.id, a.name, a.content_type, a.digest from attachments a join messages m on m.id = a.message_id where a.id = @file and m.case_number = @number", new { file, number }), context.RequestAborted) is not { } row)
            return TypedResults.NotFound();
        Harden(context, "sandbox; default-src 'none'");
        return TypedResults.Bytes(await Blobs.Get(database, row.Digest, context.RequestAborted), "application/octet-stream", row.Name);
    }

    /// <summary>A picture inside a mail, by its signed address.</summary>
    public static async Task<IResult> Inline(long file, long until, string? key, HttpContext context, Database database, InlineImages inline)
    {
        if (!inline.IsValid(file, until, key ?? ""))
            return TypedResults.NotFound();
        var row = await database.Read(connection => connection.QuerySingleOrDefaultAsync<FileRow>("select id, name, content_type, digest from attachments where id = @file", new { file }), context.RequestAborted);
        if (row is null || !Pictures.Contains(row.ContentType, StringComparer.OrdinalIgnoreCase))
            return TypedResults.NotFound();
        Harden(context, "sandbox; default-src 'none'");
        context.Response.Headers.CacheControl = "private, max-age=600";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // the sandboxed frame counts as another origin
        return TypedResults.Bytes(await Blobs.Get(database, row.Digest, context.RequestAborted), row.ContentType);
    }

    private static void Harden(HttpContext context, string policy)
    {
        context.Response.Headers.ContentSecurityPolicy = policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (policy.Contains("style-src", StringComparison.Ordinal))
            context.Response.Headers.XFrameOptions = "SAMEORIGIN";
    }

    private static string Bare(string id) => id.Trim().Trim('<', '>');

    private sealed class Row
    {
        public string AuthorName { get; init; } = "";
        public string Text { get; init; } = "";
        public string Elided { get; init; } = "";
        public string? Html { get; init; }
    }

    private sealed class FileRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string ContentType { get; init; } = "";
        public string? ContentId { get; init; }
        public string Digest { get; init; } = "";
    }
}
