using System.Text;
using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>Commands out, responses in. Turns every fault of the connection into <see cref="ImapFailure"/>.</summary>
internal sealed class ImapWire(LineConnection wire, ImapClientOptions options) : IAsyncDisposable
{
    private static readonly string[] StatusWords = ["OK", "NO", "BAD", "BYE", "PREAUTH"];
    private readonly ImapBounds bounds = options.Bounds;

    public bool IsTls => wire.IsTls;

    public void StartClock()
    {
        wire.Patience = options.SilenceTimeout;
        wire.Deadline = Environment.TickCount64 + (long)options.CommandTimeout.TotalMilliseconds;
    }

    public Task Send(string text, CancellationToken cancel) => Guarded(async () =>
    {
        await wire.Write(Encoding.UTF8.GetBytes(text + "\r\n"), cancel).ConfigureAwait(false);
        return true;
    });

    public Task<bool> WaitForInput(TimeSpan longest, CancellationToken cancel) => Guarded(async () => await wire.WaitForInput(longest, cancel).ConfigureAwait(false));

    public Task StartTls(CancellationToken cancel) => Guarded(async () =>
    {
        await wire.UpgradeToTls(options.TrustedRoots, cancel).ConfigureAwait(false);
        return true;
    });

    /// <summary>Reads one response with its literals.</summary>
    /// <param name="literalLimit">The longest literal that is taken.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<ImapResponse> Read(int literalLimit, CancellationToken cancel) => Guarded(async () =>
    {
        var line = await wire.ReadLine(bounds.Text, cancel).ConfigureAwait(false);
        if (line is [(byte)'+', ..]) return ImapResponse.Status(ImapResponseKind.Continue, "", "+", "");
        var blank = line.AsSpan().IndexOf((byte)' ');
        if (blank is <= 0 or > 16) throw Garbage();
        var tag = ImapResponse.Clean(line.AsSpan(0, blank));
        var rest = line.AsSpan(blank + 1);
        var wordEnd = rest.IndexOf((byte)' ');
        var word = ImapResponse.Clean(wordEnd < 0 ? rest[..Math.Min(rest.Length, 16)] : rest[..Math.Min(wordEnd, 16)]).ToUpperInvariant();
        // The text of a status is for people: braces at its end announce nothing.
        if (Array.IndexOf(StatusWords, word) >= 0)
            return ImapResponse.Status(tag == "*" ? ImapResponseKind.Status : ImapResponseKind.Done, tag, word, wordEnd < 0 ? "" : ImapResponse.Clean(rest[(wordEnd + 1)..]));
        if (tag != "*") throw Garbage();

        List<byte[]> texts = [line];
        List<byte[]> literals = [];
        var length = line.Length;
        // Small literals beside a mail are normal; many large ones are an attack on memory.
        var room = (long)literalLimit + bounds.SmallLiteral;
        while (ImapParser.AnnouncedLiteral(texts[^1]) is >= 0 and var announced)
        {
            if (announced > literalLimit || announced > room || literals.Count >= bounds.Literals)
                throw new ImapFailure(MailTrouble.Limit, $"The IMAP server wants to send {announced} bytes where {literalLimit} are allowed.");
            room -= announced;
            literals.Add(await wire.ReadBytes((int)announced, cancel).ConfigureAwait(false));
            texts.Add(await wire.ReadLine(bounds.Text - length, cancel).ConfigureAwait(false));
            length += texts[^1].Length;
        }
        return ImapResponse.Data(new ImapParser(texts, literals, bounds).ReadAll(2));
    });

    public async ValueTask DisposeAsync() => await wire.DisposeAsync().ConfigureAwait(false);

    private ImapFailure Garbage() => new(MailTrouble.Garbage, $"{options.Host} does not speak IMAP here.");

    private static async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (WireFault fault)
        {
            throw new ImapFailure(fault.Trouble, fault.Message, "", fault);
        }
    }
}
