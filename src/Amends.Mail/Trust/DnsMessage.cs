using System.Buffers.Binary;
using System.Text;

namespace Amends.Mail.Trust;

/// <summary>What a server said to a question for TXT records.</summary>
/// <param name="Outcome">Whether there was an answer.</param>
/// <param name="Texts">The records, each with its strings joined.</param>
/// <param name="Lifetime">How long the answer holds.</param>
public sealed record DnsAnswer(DnsOutcome Outcome, IReadOnlyList<string> Texts, TimeSpan Lifetime);

/// <summary>Whether the DNS has an answer.</summary>
public enum DnsOutcome
{
    /// <summary>Nobody could be asked, or nobody answered sensibly: perhaps later.</summary>
    Failed,

    /// <summary>There are records.</summary>
    Found,

    /// <summary>There is no such name, or it has no such records.</summary>
    Nothing,
}

/// <summary>Messages of the DNS (RFC 1035 §4), so far as TXT records need them. Reading is bounded by the message and never throws.</summary>
internal static class DnsMessage
{
    const int Text = 16, Alias = 5, Internet = 1, Extension = 41;
    const int MostRecords = 100, MostAliases = 8, MostText = 8 * 1024;

    /// <summary>What UDP answers may hold (RFC 6891); larger ones come by TCP.</summary>
    public const int LargestDatagram = 1232;

    /// <summary>A question for the TXT records of a name.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="name">The name as it is written into the question.</param>
    /// <param name="extended">Say that answers may have <see cref="LargestDatagram"/> bytes.</param>
    public static byte[] Question(ushort id, string name, bool extended)
    {
        var message = new List<byte>(64) { (byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(extended ? 1 : 0) };
        foreach (var label in name.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }
        message.AddRange([0, 0, Text, 0, Internet]);
        if (extended) message.AddRange([0, 0, Extension, LargestDatagram >> 8, LargestDatagram & 255, 0, 0, 0, 0, 0, 0]);
        return [.. message];
    }

    /// <summary>
    /// Reads an answer; <c>null</c> when it is not an answer to this question. The question comes back letter by letter, large
    /// and small as it was sent, so that a stranger who answers first has more to guess.
    /// </summary>
    /// <param name="message">The bytes.</param>
    /// <param name="question">The question as it was sent.</param>
    /// <param name="truncated">The rest is to be had by TCP.</param>
    public static DnsAnswer? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question, out bool truncated)
    {
        truncated = false;
        var asked = question[12..QuestionEnd(question)];
        if (message.Length < 12 + asked.Length || !message[..2].SequenceEqual(question[..2]) || (message[2] & 0xF8) != 0x80) return null; // an answer to a plain query
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1 || !message[12..].StartsWith(asked)) return null;
        truncated = (message[2] & 2) != 0;
        var code = message[3] & 15;
        if (code is not (0 or 3)) return new DnsAnswer(DnsOutcome.Failed, [], TimeSpan.Zero);

        var at = 12 + asked.Length;
        var name = Name(message, 12, out _)!;
        var aliases = 0;
        var found = new List<(string Owner, string Text)>();
        var lifetime = 3600u;
        var count = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(message[6..]), MostRecords);
        for (var i = 0; i < count; i++)
        {
            if (Name(message, at, out var after) is not { } owner || after + 10 > message.Length) return Damaged(truncated);
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[after..]);
            var size = BinaryPrimitives.ReadUInt16BigEndian(message[(after + 8)..]);
            var data = after + 10;
            if (data + size > message.Length) return Damaged(truncated);
            lifetime = Math.Min(lifetime, BinaryPrimitives.ReadUInt32BigEndian(message[(after + 4)..]));
            if (BinaryPrimitives.ReadUInt16BigEndian(message[(after + 2)..]) == Internet)
            {
                if (type == Alias && owner == name)
                {
                    if (++aliases > MostAliases || Name(message, data, out _) is not { } target) return Damaged(truncated);
                    name = target;
                }
                else if (type == Text) found.Add((owner, Strings(message.Slice(data, size))));
            }
            at = data + size;
        }
        var texts = found.Where(record => record.Owner == name).Select(record => record.Text).ToList();
        // What is not there yet may be published in a moment.
        return texts.Count > 0 ? new DnsAnswer(DnsOutcome.Found, texts, TimeSpan.FromSeconds(lifetime)) : new DnsAnswer(DnsOutcome.Nothing, [], TimeSpan.FromSeconds(Math.Min(lifetime, 60)));
    }

    /// <summary>A name in lower case; <c>null</c> when it is damaged. Pointers (§4.1.4) must lead back, so that none can go round.</summary>
    static string? Name(ReadOnlySpan<byte> message, int at, out int after)
    {
        var name = new StringBuilder();
        after = -1;
        var before = at;
        while (at < message.Length)
        {
            var length = message[at];
            if (length == 0)
            {
                if (after < 0) after = at + 1;
                return name.ToString();
            }
            if (length >= 0xC0)
            {
                if (at + 1 >= message.Length) return null;
                if (after < 0) after = at + 2;
                var target = ((length & 0x3F) << 8) | message[at + 1];
                if (target >= before) return null;
                (before, at) = (target, target);
                continue;
            }
            if (length > 63 || at + 1 + length > message.Length || name.Length + length > DnsName.Longest) return null;
            if (name.Length > 0) name.Append('.');
            foreach (var letter in message.Slice(at + 1, length)) name.Append(char.ToLowerInvariant((char)letter));
            at += 1 + length;
        }
        return null;
    }

    static string Strings(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        while (!data.IsEmpty && text.Length < MostText)
        {
            var length = Math.Min(data[0], data.Length - 1);
            text.Append(Encoding.Latin1.GetString(data.Slice(1, length)));
            data = data[(1 + length)..];
        }
        return text.ToString();
    }

    static int QuestionEnd(ReadOnlySpan<byte> question)
    {
        var at = 12;
        while (question[at] != 0) at += 1 + question[at];
        return at + 5;
    }

    /// <summary>A datagram that was cut may end anywhere; the whole comes by TCP.</summary>
    static DnsAnswer? Damaged(bool truncated) => truncated ? new DnsAnswer(DnsOutcome.Failed, [], TimeSpan.Zero) : null;
}
