using Amends.Data;

namespace Amends.Features.Cases;

/// <summary>A message as the timeline shows it; long texts are cut, the whole is one click away.</summary>
public sealed class MessageRow
{
    public long Id { get; init; }

    /// <summary>The case that it belongs to; another one for what a duplicate brought.</summary>
    public long CaseNumber { get; init; }
    public long At { get; init; }
    public int Direction { get; init; }
    public int Channel { get; init; }
    public long AuthorId { get; init; }
    public string AuthorName { get; init; } = "";
    public string Text { get; private set; } = "";
    public long Length { get; private set; }
    public string Recipients { get; init; } = "";
    public int HasElided { get; init; }
    public int HasHtml { get; init; }
    public int HasRaw { get; init; }
    public int Automatic { get; init; }

    /// <summary>The address it came from, when that is none of the customer's: it was placed here and proves nothing.</summary>
    public string? Stranger { get; init; }

    /// <summary>The invitation in it, as <see cref="Invitations"/> keeps it.</summary>
    public string? Invitation { get; init; }

    /// <summary>What is known about who sent it, as JSON; <c>null</c> when nobody checked.</summary>
    public string? SenderDetail { get; init; }

    /// <summary>The same, read.</summary>
    public Channels.Email.SenderDetail? Sender => Channels.Email.SenderDetail.Read(SenderDetail);

    /// <summary>Another mail came with the same Message-ID and other words.</summary>
    public int SameId { get; init; }

    /// <summary>This message with the words of another one.</summary>
    public MessageRow WithWords(MessageRow other)
    {
        var copy = (MessageRow)MemberwiseClone();
        (copy.Text, copy.Length) = (other.Text, other.Length);
        return copy;
    }
}

/// <summary>What was said in the duplicates of a case, newest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Files">Their files.</param>
public sealed record JoinedMessages(IReadOnlyList<MessageRow> Messages, ILookup<long, FileRow> Files);

/// <summary>What is more than a plain note.</summary>
public sealed class NoteRow
{
    public long MessageId { get; init; }
    public long NoteId { get; init; }

    /// <summary>A <see cref="NoteKind"/>.</summary>
    public int Kind { get; init; }
    public string? SaidBy { get; init; }
    public long? SaidAt { get; init; }
}

/// <summary>A file of a message.</summary>
public sealed class FileRow
{
    public long Id { get; init; }
    public long MessageId { get; init; }
    public string Name { get; init; } = "";
    public string ContentType { get; init; } = "";
    public long Size { get; init; }
}

/// <summary>An event as it is stored.</summary>
public sealed class EventRow
{
    public string Kind { get; init; } = "";
    public string Body { get; init; } = "";
    public long At { get; init; }
}

/// <summary>How far an outgoing mail is, for one recipient.</summary>
public sealed class DeliveryRow
{
    public long MessageId { get; init; }
    public string Recipient { get; init; } = "";
    public int State { get; init; }
    public string? Reply { get; init; }
}

/// <summary>A reply that can still be taken back.</summary>
public sealed class HeldRow
{
    public long Id { get; init; }
    public long PersonId { get; init; }
    public string Name { get; init; } = "";
    public string Text { get; init; } = "";
    public string? NextWhat { get; init; }
    public long PressedAt { get; init; }
    public long DueAt { get; init; }
}

/// <summary>Somebody who has the case open, too.</summary>
public sealed class WatcherRow
{
    public string Name { get; init; } = "";
    public int Writing { get; init; }
}

/// <summary>Somebody's draft.</summary>
public sealed class DraftRow
{
    public int Kind { get; init; }
    public string Text { get; init; } = "";
    public string? Html { get; init; }
    public string NextWhat { get; init; } = "";
    public string NextDue { get; init; } = "";
    public long SavedAt { get; init; }
    public long? ParkedUntil { get; init; }
    public string? OtherText { get; init; }
    public long? OtherAt { get; init; }
}

/// <summary>What we know of a customer beside the case.</summary>
public sealed class CustomerRow
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string? Phone { get; init; }
    public string? Place { get; init; }
    public string? Address { get; init; }
    public long Since { get; init; }
    public long Spent { get; init; }
    public string? Currency { get; init; }
    public int Orders { get; init; }
    public int Praise { get; init; }
    public int Cases { get; init; }
}

/// <summary>Who wrote a mail that was handed on to us, as the forwarder says.</summary>
public sealed class ForwardRow
{
    public long MessageId { get; init; }
    public string Address { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>As people are named.</summary>
    public string Shown => Name.Length > 0 ? Name : Address;
}

/// <summary>Something in a customer's history: an order or another case.</summary>
public sealed class HistoryRow
{
    public long Number { get; init; }
    public string Title { get; init; } = "";
    public string Detail { get; init; } = "";
    public long At { get; init; }
    public int? CloseReason { get; init; }
    public int IsOrder { get; init; }
}
