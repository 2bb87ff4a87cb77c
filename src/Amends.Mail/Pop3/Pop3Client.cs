using System.Globalization;
using Amends.Mail.Wire;

namespace Amends.Mail.Pop3;

/// <summary>
/// Reads a mailbox by POP3 (RFC 1939, with CAPA of RFC 2449), for servers without IMAP. Mails are told apart by UIDL
/// only; nothing is deleted unless it is asked for, and then only by a good-bye that succeeds. Only
/// <see cref="Pop3Failure"/> and <see cref="OperationCanceledException"/> leave it; after a failure other than
/// <see cref="MailTrouble.Refused"/> <see cref="IsConnected"/> is false.
/// </summary>
public sealed class Pop3Client : IAsyncDisposable
{
    /// <summary>Bytes of the header of a mail.</summary>
    private const int LargestHeader = 256 * 1024;

    private readonly Pop3ClientOptions options;
    private readonly Pop3Connection connection;

    private Pop3Client(Pop3ClientOptions options, Pop3Connection connection)
    {
        this.options = options;
        this.connection = connection;
    }

    /// <summary>False once the connection is of no more use.</summary>
    public bool IsConnected => connection.IsGood;

    /// <summary>Connects, encrypts and signs in.</summary>
    /// <exception cref="Pop3Failure">It could not be done; the message says why.</exception>
    public static async Task<Pop3Client> Connect(Pop3ClientOptions options, CancellationToken cancel) =>
        new(options, await Pop3Connection.Open(options, cancel).ConfigureAwait(false));

    /// <summary>All mails in the order of their numbers. One that the server lists twice, or without a size, is an error of the server.</summary>
    /// <exception cref="Pop3Failure">Among others: the server has no UIDL, so that nothing could be told apart.</exception>
    public async Task<IReadOnlyList<Pop3Entry>> List(CancellationToken cancel)
    {
        var uids = new Dictionary<int, string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await connection.Run("UIDL", cancel, line =>
            {
                var (number, uid) = Pair(line);
                // RFC 1939 §7: 1 to 70 characters from ! to ~. Some servers write a little more.
                if (uid.Length > 128 || uid.AsSpan().ContainsAnyExceptInRange('!', '~') || !known.Add(uid) || !uids.TryAdd(number, uid)) throw connection.Garbage("lists its mails in a way that cannot be read");
                if (uids.Count > options.MaxMails) throw new Pop3Failure(MailTrouble.Limit, $"{options.Host} lists more than {options.MaxMails} mails.");
            }).ConfigureAwait(false);
        }
        catch (Pop3Failure failure) when (failure.Trouble == MailTrouble.Refused)
        {
            throw new Pop3Failure(MailTrouble.Refused, $"{options.Host} cannot tell mails apart (UIDL), so nothing can be fetched without risk of doubles: {failure.Message}", failure.Code, failure);
        }
        var entries = new List<Pop3Entry>(uids.Count);
        await connection.Run("LIST", cancel, line =>
        {
            var (number, text) = Pair(line);
            if (!long.TryParse(text.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) throw connection.Garbage("lists its mails in a way that cannot be read");
            if (uids.Remove(number, out var uid)) entries.Add(new(number, uid, size));
        }).ConfigureAwait(false);
        entries.Sort(static (one, other) => one.Number.CompareTo(other.Number));
        return entries;
    }

    /// <summary>A whole mail; null when the server will not give it out.</summary>
    /// <param name="entry">Which; one that is larger than the limit is refused without asking.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<ReadOnlyMemory<byte>?> Retrieve(Pop3Entry entry, CancellationToken cancel) => entry.Size > options.MaxMailSize
        ? throw new Pop3Failure(MailTrouble.Limit, $"The mail has {entry.Size} bytes where {options.MaxMailSize} are allowed.")
        : await Body(string.Create(CultureInfo.InvariantCulture, $"RETR {entry.Number}"), options.MaxMailSize, entry.Size, cancel).ConfigureAwait(false);

    /// <summary>The header of a mail (TOP, RFC 1939 §7); null when the server will not give it out or has no TOP.</summary>
    public Task<ReadOnlyMemory<byte>?> Header(Pop3Entry entry, CancellationToken cancel) => Body(string.Create(CultureInfo.InvariantCulture, $"TOP {entry.Number} 0"), LargestHeader, 4096, cancel);

    /// <summary>Marks a mail to be deleted at the good-bye.</summary>
    public Task Delete(Pop3Entry entry, CancellationToken cancel) => connection.Run(string.Create(CultureInfo.InvariantCulture, $"DELE {entry.Number}"), cancel);

    /// <summary>Says good-bye; only then does the server delete what was marked (RFC 1939 §6).</summary>
    /// <exception cref="Pop3Failure">The server could not delete all of it.</exception>
    public async Task Quit(CancellationToken cancel)
    {
        await connection.Run("QUIT", cancel).ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connection. Nothing is deleted by that.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection.IsGood)
        {
            try
            {
                using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await connection.Run("RSET", moment.Token).ConfigureAwait(false);
                await connection.Run("QUIT", moment.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is Pop3Failure or OperationCanceledException)
            {
                // It was only politeness.
            }
        }
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<ReadOnlyMemory<byte>?> Body(string command, int most, long size, CancellationToken cancel)
    {
        var mail = new MemoryStream((int)Math.Min(size + 1024, 256 * 1024));
        try
        {
            await connection.Run(command, cancel, line =>
            {
                mail.Write(line);
                mail.Write("\r\n"u8);
            }, most).ConfigureAwait(false);
            return mail.GetBuffer().AsMemory(0, (int)mail.Length);
        }
        catch (Pop3Failure failure) when (failure.Trouble == MailTrouble.Refused)
        {
            return null;
        }
    }

    private (int Number, string Text) Pair(byte[] line)
    {
        var text = System.Text.Encoding.Latin1.GetString(line).Trim();
        var blank = text.IndexOf(' ');
        return blank > 0 && int.TryParse(text.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (number, text[(blank + 1)..].Trim())
            : throw connection.Garbage("lists its mails in a way that cannot be read");
    }
}
