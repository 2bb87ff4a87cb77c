using Amends.Domain.Cases;

namespace Amends.Data;

/// <summary>Which way words went.</summary>
public enum Direction
{
    /// <summary>From the customer.</summary>
    In = 1,

    /// <summary>To the customer.</summary>
    Out,

    /// <summary>A note for the team.</summary>
    Note,

    /// <summary>A call, written down by one of us.</summary>
    Call,
}

/// <summary>Something that was said, to be stored beside the case.</summary>
public sealed record NewMessage(Direction Direction, Channel Channel, string AuthorName, string Text, DateTimeOffset At)
{
    /// <summary>Its id, when the caller had to know that first.</summary>
    public long? Id { get; init; }
    public long AuthorId { get; init; }
    public string Subject { get; init; } = "";
    public string Elided { get; init; } = "";

    /// <summary>Cleaned HTML, or <c>null</c> for plain text.</summary>
    public string? Html { get; init; }
    public string Recipients { get; init; } = "";

    /// <summary>Message-ID without brackets.</summary>
    public string? MailId { get; init; }
    public string? RawDigest { get; init; }
    public bool Automatic { get; init; }

    /// <summary>What the search finds it by (<see cref="SearchIndex.WordsOf"/>), when the caller took its subject and text apart before the unit of work.</summary>
    public string? Words { get; init; }

    /// <summary>It opens the case, whose row in the lists shows it already.</summary>
    public bool IsFirst { get; init; }
    public IReadOnlyList<NewAttachment> Attachments { get; init; } = [];
}

/// <summary>A file of a message; its content is in <see cref="Blobs"/> under the digest.</summary>
public sealed record NewAttachment(string Name, string ContentType, long Size, string? ContentId, string Digest);

/// <summary>Writes what was said, keeps the case's row in the list up to date, and makes it searchable, in one unit of work.</summary>
public static class Conversation
{
    /// <summary>Stores a message; returns its id. The caller tells the case with <c>Hear</c>, <c>Speak</c> or <c>Note</c>.</summary>
    public static async Task<long> Add(Unit unit, long number, NewMessage message)
    {
        var said = new Said
        {
            AuthorName = Storable.Of(message.AuthorName), Subject = Storable.Of(message.Subject), Text = Storable.Of(message.Text), Elided = Storable.Of(message.Elided),
            Html = message.Html is null ? null : Storable.Of(message.Html),
        };
        var id = await unit.Insert("messages.id",
            "case_number, at, direction, channel, author_id, author_name, subject, text, elided, html, recipients, mail_id, raw_digest, automatic",
            "@number, @at, @direction, @channel, @AuthorId, @AuthorName, @Subject, @Text, @Elided, @Html, @Recipients, @MailId, @RawDigest, @automatic",
            new
            {
                number, at = message.At.ToUnixTimeMilliseconds(), direction = (int)message.Direction, channel = (int)message.Channel, message.AuthorId,
                said.AuthorName, said.Subject, said.Text, said.Elided, said.Html, Recipients = Storable.Of(message.Recipients), MailId = message.MailId is null ? null : Storable.Of(message.MailId), message.RawDigest, automatic = message.Automatic ? 1 : 0,
            }, message.Id);
        unit.SaidHere[id] = said;
        foreach (var file in message.Attachments)
        {
            await unit.Put("insert into attachments (message_id, name, content_type, size, content_id, digest) values (@id, @Name, @ContentType, @Size, @ContentId, @Digest)",
                new { id, Name = Storable.Of(file.Name), ContentType = Storable.Of(file.ContentType), file.Size, ContentId = file.ContentId is null ? null : Storable.Of(file.ContentId), file.Digest });
        }

        if (message is { Direction: not Direction.Note, Automatic: false, IsFirst: false })
        {
            await unit.Put("update cases set preview = @preview, last_message_at = @at where number = @number",
                new { number, at = message.At.ToUnixTimeMilliseconds(), preview = Preview.Of(message.Text) });
        }

        if (message is not { Direction: Direction.Out, Automatic: true }) // the same words in every case find nothing
            await SearchIndex.AddWords(unit, number, id, message.Words ?? SearchIndex.WordsOf(message.Subject + "\n" + message.Text));
        return id;
    }
}
