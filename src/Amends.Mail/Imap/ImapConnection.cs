using System.Globalization;
using System.Text;
using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>A signed-in connection: greeting, TLS, authentication, and the running of one command at a time.</summary>
internal sealed class ImapConnection : IAsyncDisposable
{
    private readonly ImapClientOptions options;
    private readonly ImapWire wire;
    private HashSet<string> capabilities = [];
    private readonly HashSet<string> enabled = new(StringComparer.OrdinalIgnoreCase);
    private int lastTag;
    private bool broken;

    private ImapConnection(ImapClientOptions options, ImapWire wire)
    {
        this.options = options;
        this.wire = wire;
    }

    public bool IsGood => !broken;

    public bool Can(string capability) => capabilities.Contains(capability);

    /// <summary>Whether the server said that an extension is on (RFC 5161).</summary>
    public bool IsEnabled(string extension) => enabled.Contains(extension);

    public static async Task<ImapConnection> Open(ImapClientOptions options, CancellationToken cancel)
    {
        LineConnection line;
        try
        {
            line = await LineConnection.Connect(options.Host, options.Port, options.ConnectTimeout, cancel).ConfigureAwait(false);
        }
        catch (WireFault fault)
        {
            throw new ImapFailure(fault.Trouble, fault.Message, "", fault);
        }
        var connection = new ImapConnection(options, new ImapWire(line, options));
        try
        {
            await connection.Greet(cancel).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs one command to its tagged end.</summary>
    /// <param name="command">Its text without tag; every argument is already quoted, or a literal (see <see cref="ImapText.Quoted"/>).</param>
    /// <param name="cancel">Ends it and with it the connection.</param>
    /// <param name="each">Takes the untagged responses.</param>
    /// <param name="literalLimit">The longest literal the answer may carry; 0 for the small default.</param>
    /// <param name="more">Lines for the server's continuation requests, in order.</param>
    /// <exception cref="ImapFailure">The server said no (then the connection is good), or the connection ended.</exception>
    public async Task<ImapResponse> Run(string command, CancellationToken cancel, Action<ImapResponse>? each = null, int literalLimit = 0, string[]? more = null)
    {
        if (broken) throw new ImapFailure(MailTrouble.Lost, $"The connection to {options.Host} is closed.");
        ImapResponse done;
        // Whatever leaves in the middle of a command leaves the conversation out of step.
        broken = true;
        wire.StartClock();
        var tag = NextTag();
        var asked = 0;
        if (command.Contains("\r\n", StringComparison.Ordinal)) (command, more) = WithLiterals(command, more);
        await wire.Send($"{tag} {command}", cancel).ConfigureAwait(false);
        for (var count = 0; ; count++)
        {
            if (count > options.Bounds.Responses) throw new ImapFailure(MailTrouble.Limit, $"{options.Host} sent more than {options.Bounds.Responses} responses to one command.");
            var response = await wire.Read(Math.Max(literalLimit, options.Bounds.SmallLiteral), cancel).ConfigureAwait(false);
            if (response.Kind == ImapResponseKind.Done)
            {
                if (response.Tag != tag) throw new ImapFailure(MailTrouble.Garbage, $"{options.Host} answered a command that was not given.");
                done = response;
                break;
            }
            if (response.Kind == ImapResponseKind.Continue)
            {
                if (asked >= (more?.Length ?? 0)) throw new ImapFailure(MailTrouble.Garbage, $"{options.Host} asked for more where nothing follows.");
                await wire.Send(more![asked++], cancel).ConfigureAwait(false);
                continue;
            }
            if (response.Word == "BYE" && command != "LOGOUT") throw new ImapFailure(MailTrouble.Bye, $"{options.Host} closed the connection: {response.Text}", response.CodeName);
            Notice(response);
            each?.Invoke(response);
        }
        broken = false;
        if (done.Word == "OK")
        {
            Notice(done);
            return done;
        }
        if (done.Word is not ("NO" or "BAD"))
        {
            broken = true;
            throw new ImapFailure(MailTrouble.Garbage, $"{options.Host} ended a command with {done.Word}.");
        }
        throw new ImapFailure(MailTrouble.Refused, $"{options.Host} said no: {done.Text}", done.CodeName);
    }

    /// <summary>Waits with IDLE (RFC 2177) until the mailbox changes.</summary>
    /// <returns>True when the server said that something changed.</returns>
    /// <param name="longest">How long to wait.</param>
    /// <param name="cancel">Ends it and with it the connection.</param>
    /// <param name="enough">Ends the waiting; the connection stays good.</param>
    public async Task<bool> Idle(TimeSpan longest, CancellationToken cancel, CancellationToken enough = default)
    {
        if (broken) throw new ImapFailure(MailTrouble.Lost, $"The connection to {options.Host} is closed.");
        broken = true;
        wire.StartClock();
        var tag = NextTag();
        await wire.Send($"{tag} IDLE", cancel).ConfigureAwait(false);
        var changed = false;
        var idling = false;
        var saidDone = false;
        var until = Environment.TickCount64 + (long)longest.TotalMilliseconds;
        for (var count = 0; count <= options.Bounds.Responses; count++)
        {
            if (idling && !saidDone)
            {
                var left = TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64));
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, enough);
                var over = changed || !await wire.WaitForInput(left, either.Token).ConfigureAwait(false);
                cancel.ThrowIfCancellationRequested();
                wire.StartClock();
                if (over)
                {
                    await wire.Send("DONE", cancel).ConfigureAwait(false);
                    saidDone = true;
                }
            }
            var response = await wire.Read(options.Bounds.SmallLiteral, cancel).ConfigureAwait(false);
            switch (response.Kind)
            {
                case ImapResponseKind.Continue:
                    idling = true;
                    break;
                case ImapResponseKind.Data:
                    changed |= response.Values.Any(static value => value.Is("EXISTS") || value.Is("RECENT") || value.Is("EXPUNGE") || value.Is("VANISHED"));
                    break;
                case ImapResponseKind.Status when response.Word == "BYE":
                    throw new ImapFailure(MailTrouble.Bye, $"{options.Host} closed the connection: {response.Text}", response.CodeName);
                case ImapResponseKind.Done when response.Tag == tag:
                    broken = false;
                    return response.Word == "OK" ? changed : throw new ImapFailure(MailTrouble.Refused, $"{options.Host} said no: {response.Text}", response.CodeName);
                case ImapResponseKind.Done:
                    throw new ImapFailure(MailTrouble.Garbage, $"{options.Host} answered a command that was not given.");
            }
        }
        throw new ImapFailure(MailTrouble.Limit, $"{options.Host} sent too many responses.");
    }

    public async ValueTask DisposeAsync()
    {
        broken = true;
        await wire.DisposeAsync().ConfigureAwait(false);
    }

    private string NextTag() => "A" + (++lastTag).ToString("D4", CultureInfo.InvariantCulture);

    private void Notice(ImapResponse response)
    {
        if (response.CodeName == "CAPABILITY") capabilities = new(response.Code.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
        else if (response.Values.Count > 0 && response.Values[0].Is("CAPABILITY")) capabilities = new(response.Values.Select(static value => value.Text), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The wire form of a mailbox name; a server of IMAP4rev2 alone takes UTF-8 (RFC 9051 §5.1).</summary>
    public string Name(string mailbox) => Utf8Names ? "\"" + ImapText.Escaped(mailbox) + "\"" : ImapText.Mailbox(mailbox);

    /// <summary>The name that people write.</summary>
    public string NameOf(string wireName) => Utf8Names ? wireName : MailboxName.Decode(wireName);

    private bool Utf8Names => Can("IMAP4rev2") && !Can("IMAP4rev1");

    // LITERAL+ (RFC 7888), or LITERAL- up to 4096 bytes, saves the waiting; otherwise each literal waits for its "+".
    private (string Command, string[]? More) WithLiterals(string command, string[]? more)
    {
        var parts = command.Split("\r\n");
        if (!Can("LITERAL+") && !((Can("LITERAL-") || Can("IMAP4rev2")) && Encoding.UTF8.GetByteCount(command) <= 4096)) return (parts[0], [.. parts[1..], .. more ?? []]);
        return (string.Join("\r\n", parts.Select((part, at) => at < parts.Length - 1 ? part[..^1] + "+}" : part)), more);
    }

    private async Task Greet(CancellationToken cancel)
    {
        wire.StartClock();
        if (options.Security == MailboxSecurity.Tls) await wire.StartTls(cancel).ConfigureAwait(false);
        var greeting = await wire.Read(options.Bounds.SmallLiteral, cancel).ConfigureAwait(false);
        if (greeting.Kind != ImapResponseKind.Status) throw new ImapFailure(MailTrouble.Garbage, $"{options.Host} does not speak IMAP here.");
        // Before STARTTLS, PREAUTH would skip it, which is how a man in the middle strips it (RFC 9051 §11.1).
        var isKnown = greeting.Word == "PREAUTH" && options.Security != MailboxSecurity.StartTls && (wire.IsTls || options.AllowPlainCredentials);
        if (greeting.Word != "OK" && !isKnown) throw new ImapFailure(greeting.Word == "BYE" ? MailTrouble.Bye : MailTrouble.Garbage, $"{options.Host} would not talk to us: {greeting.Text}");
        Notice(greeting);
        if (capabilities.Count == 0) await Run("CAPABILITY", cancel).ConfigureAwait(false);
        if (options.Security == MailboxSecurity.StartTls)
        {
            if (!Can("STARTTLS")) throw new ImapFailure(MailTrouble.TlsMissing, $"{options.Host} does not offer STARTTLS; nothing was sent.");
            await Run("STARTTLS", cancel).ConfigureAwait(false);
            await wire.StartTls(cancel).ConfigureAwait(false);
            capabilities = [];
            await Run("CAPABILITY", cancel).ConfigureAwait(false);
        }
        if (!isKnown)
        {
            if (!wire.IsTls && !options.AllowPlainCredentials)
                throw new ImapFailure(MailTrouble.CredentialsNeedTls, $"The connection to {options.Host} is not encrypted, so the password was not sent.");
            var before = capabilities;
            await ImapSignIn.Run(this, options, cancel).ConfigureAwait(false);
            if (ReferenceEquals(before, capabilities)) await Run("CAPABILITY", cancel).ConfigureAwait(false);
        }
        if (Can("ID")) await Run("ID (\"name\" \"Amends\")", cancel).ConfigureAwait(false);
        if (Can("ENABLE") && Can("QRESYNC")) await Enable("QRESYNC", cancel).ConfigureAwait(false);
    }

    /// <summary>Asks for an extension (RFC 5161); one that is refused is as if it was not offered.</summary>
    private async Task Enable(string extension, CancellationToken cancel)
    {
        try
        {
            await Run("ENABLE " + extension, cancel, response =>
            {
                if (response.Values is [var word, ..] && word.Is("ENABLED")) enabled.UnionWith(response.Values.Skip(1).Select(static value => value.Text));
            }).ConfigureAwait(false);
        }
        catch (ImapFailure failure) when (failure.Trouble == MailTrouble.Refused)
        {
            // Offered and not given: we go on without.
        }
    }
}
