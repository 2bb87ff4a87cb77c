using Amends.Data;

namespace Amends.Channels.Email;

/// <summary>How a mail found its case.</summary>
public enum PlacedBy
{
    /// <summary>It opened one.</summary>
    NewCase = 1,

    /// <summary>It was sent to a reply address that we signed.</summary>
    ReplyAddress,

    /// <summary>It answers a Message-ID that we signed.</summary>
    MessageId,

    /// <summary>Somebody of us decided.</summary>
    Hand,

    /// <summary>It answers a mail of the same customer, and comes from one of their addresses.</summary>
    OwnMail,
}

/// <summary>
/// Finds the case that a mail continues. Only our own signatures place a stranger's mail; what anybody could write or
/// guess (a number in the subject, an id in References) places nothing by itself. A place is not trust.
/// </summary>
internal sealed class PlaceMail(MailTokens tokens)
{
    /// <summary>The case and the way it was found, or the one in which it goes on; <c>null</c> for a new case.</summary>
    public async Task<(long Number, PlacedBy By)?> Of(Unit unit, ReadableMail mail, IReadOnlyList<KnownMail> known, DateTimeOffset at) =>
        await First(unit, mail, known, at) is { } found ? (await OtherCases.Last(unit, found.Number), found.By) : null;

    private async Task<(long Number, PlacedBy By)?> First(Unit unit, ReadableMail mail, IReadOnlyList<KnownMail> known, DateTimeOffset at)
    {
        foreach (var address in mail.Recipients)
        {
            if (tokens.CaseOfAddress(address, at) is { } number && await Exists(unit, number))
                return (number, PlacedBy.ReplyAddress);
        }

        foreach (var id in mail.Answers)
        {
            if (tokens.OfMessageId(id, at) is { } ours && await Exists(unit, ours.Number))
                return (ours.Number, PlacedBy.MessageId);
        }

        if (mail is { Sender: { } sender, IsForged: false }) // here only the sender's own address speaks
        {
            foreach (var earlier in mail.Answers.SelectMany(id => known.Where(each => each.MailId == id)))
            {
                if (await IsCustomers(unit, earlier.CaseNumber, sender.Address))
                    return (earlier.CaseNumber, PlacedBy.OwnMail);
            }
        }

        return null;
    }

    /// <summary>Whether an address belongs to the customer of a case.</summary>
    public static async Task<bool> IsCustomers(Unit unit, long number, string address) => await unit.Value<long?>(
        "select 1 from cases c join customer_addresses a on a.customer_id = c.customer_id where c.number = @number and a.address_key = @key", new { number, key = Customers.KeyOf(address) }) is not null;

    private static async Task<bool> Exists(Unit unit, long number) => await unit.Value<long?>("select 1 from cases where number = @number", new { number }) is not null;
}

/// <summary>A message that is stored under a Message-ID.</summary>
internal sealed class KnownMail
{
    public string MailId { get; init; } = "";
    public long CaseNumber { get; init; }
    public long Id { get; init; }
    public string? ContentKey { get; init; }
}
