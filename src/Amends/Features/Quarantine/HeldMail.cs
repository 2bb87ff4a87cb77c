using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Mail.Mime;
using Dapper;

namespace Amends.Features.Quarantine;

/// <summary>A mail in quarantine, as people see it.</summary>
/// <param name="Id">Its place in the ledger.</param>
/// <param name="From">Who it says that it is from; empty when it does not.</param>
/// <param name="Subject">Its subject; empty when there is none.</param>
/// <param name="Reason">Why it is here.</param>
/// <param name="ReceivedAt">When it reached us.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Raw">The beginning of the mail as it came; empty in lists, and when it was too large to take.</param>
public sealed record HeldMail(long Id, string From, string Subject, string Reason, DateTimeOffset ReceivedAt, long Size, string Raw)
{
    private const int Shown = 60_000;
    private const string Columns = "id, mailbox_id, content_key, raw_digest, size, received_at, envelope_from, recipients, state, epoch, tries, reason";

    /// <summary>A page of what is held, newest first.</summary>
    public static async Task<IReadOnlyList<HeldMail>> Page(Database database, long before, int most, CancellationToken ct)
    {
        var rows = await database.Read(connection => connection.QueryAsync<IntakeRow>(
            $"select {Columns} from intake where state = 3 and id < @before order by id desc limit @most", new { before, most }), ct);
        var held = new List<HeldMail>();
        foreach (var row in rows)
            held.Add(await Of(database, row, withRaw: false, ct));
        return held;
    }

    /// <summary>One of them with its raw text, or <c>null</c>.</summary>
    public static Task<(HeldMail Mail, IntakeRow Row)?> Find(Database database, long id, CancellationToken ct) => Find(database, "state = 3", id, ct);

    /// <summary>One that was left out and waits for a lead, or <c>null</c>.</summary>
    public static Task<(HeldMail Mail, IntakeRow Row)?> FindLeftOut(Database database, long id, CancellationToken ct) => Find(database, "state = 4 and second_look = 1", id, ct);

    private static async Task<(HeldMail Mail, IntakeRow Row)?> Find(Database database, string which, long id, CancellationToken ct) =>
        await database.Read(connection => connection.QuerySingleOrDefaultAsync<IntakeRow>($"select {Columns} from intake where {which} and id = @id", new { id }), ct) is { } row
            ? (await Of(database, row, withRaw: true, ct), row)
            : null;

    private static async Task<HeldMail> Of(Database database, IntakeRow row, bool withRaw, CancellationToken ct)
    {
        string from = "", subject = "", raw = "";
        if (row.RawDigest.Length > 0 && (withRaw || row.Size < 1024 * 1024 || row.IsHeaderOnly))
        {
            var bytes = await Blobs.Get(database, row.RawDigest, ct);
            var mail = MimeReader.Read(bytes, MimeLimits.Stored);
            (from, subject) = (mail.From?.ToString() ?? "", mail.Subject);
            if (withRaw)
                raw = Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, Shown))).Replace("\0", "");
        }

        return new HeldMail(row.Id, from, subject, row.Reason ?? "", DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedAt), row.Size, raw);
    }
}
