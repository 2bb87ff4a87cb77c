using System.Globalization;
using System.Text;
using Amends.Mail.Wire;

namespace Amends.Mail.Smtp;

/// <summary>One open connection to an outgoing server: greeting, EHLO, TLS, AUTH, and replies read within bounds.</summary>
internal sealed class SmtpDialogue : IAsyncDisposable
{
    private const int LongestLine = 4096;
    private const int MostLines = 128;

    private readonly SmtpClientOptions options;
    private readonly LineConnection wire;
    private Dictionary<string, string> offers = [];

    private SmtpDialogue(SmtpClientOptions options, LineConnection wire)
    {
        this.options = options;
        this.wire = wire;
        wire.Patience = options.CommandTimeout;
    }

    public bool LooksStale => wire.LooksStale;

    public bool HasInput => wire.HasBuffered;

    public bool Pipelining => offers.ContainsKey("PIPELINING");

    public bool EightBit => offers.ContainsKey("8BITMIME");

    public bool Dsn => offers.ContainsKey("DSN");

    public bool Utf8 => offers.ContainsKey("SMTPUTF8");

    public bool Size => offers.ContainsKey("SIZE");

    /// <summary>The server's size limit in bytes; 0 when it names none.</summary>
    public long SizeLimit => offers.TryGetValue("SIZE", out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    /// <summary>Connects and gets ready to send.</summary>
    /// <exception cref="WireFault">It could not be done; the text says why.</exception>
    public static async Task<SmtpDialogue> Open(SmtpClientOptions options, CancellationToken cancel)
    {
        var wire = await LineConnection.Connect(options.Host, options.Port, options.ConnectTimeout, cancel).ConfigureAwait(false);
        var dialogue = new SmtpDialogue(options, wire);
        try
        {
            await dialogue.Prepare(cancel).ConfigureAwait(false);
            return dialogue;
        }
        catch
        {
            await dialogue.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask Write(ReadOnlyMemory<byte> bytes, TimeSpan patience, CancellationToken cancel)
    {
        wire.Patience = patience;
        return wire.Write(bytes, cancel);
    }

    public ValueTask Say(string command, CancellationToken cancel) => Write(Encoding.UTF8.GetBytes(command + "\r\n"), options.CommandTimeout, cancel);

    public async Task<SmtpReply> Ask(string command, CancellationToken cancel)
    {
        await Say(command, cancel).ConfigureAwait(false);
        return await Hear(options.CommandTimeout, cancel).ConfigureAwait(false);
    }

    /// <summary>Reads one reply of any number of lines (RFC 5321 §4.2.1).</summary>
    public async Task<SmtpReply> Hear(TimeSpan patience, CancellationToken cancel)
    {
        var lines = await HearLines(patience, cancel).ConfigureAwait(false);
        var code = Code(lines[0]);
        var texts = new List<string>();
        var enhanced = "";
        foreach (var line in lines)
        {
            var text = line.Length > 4 ? line[4..] : "";
            var blank = text.IndexOf(' ');
            var word = blank < 0 ? text : text[..blank];
            if (IsEnhanced(word, code))
            {
                if (enhanced.Length == 0) enhanced = word;
                text = blank < 0 ? "" : text[(blank + 1)..];
            }
            if (text.Length > 0) texts.Add(text);
        }
        return new SmtpReply(code, enhanced, string.Join(' ', texts));
    }

    public async ValueTask DisposeAsync() => await wire.DisposeAsync().ConfigureAwait(false);

    private static int Code(string line) => (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';

    private static bool IsEnhanced(string word, int code)
    {
        var parts = word.Split('.');
        return parts.Length == 3 && parts[0].Length == 1 && parts[0][0] == '0' + code / 100
            && parts.Skip(1).All(static part => part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit));
    }

    private async Task<List<string>> HearLines(TimeSpan patience, CancellationToken cancel)
    {
        wire.Patience = patience;
        // A server that sends a line now and then must not hold us longer than one that is silent.
        wire.Deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        try
        {
            var lines = new List<string>();
            while (true)
            {
                var line = Clean(await wire.ReadLine(LongestLine, cancel).ConfigureAwait(false));
                var fits = line.Length >= 3 && line[0] is >= '2' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2])
                    && (line.Length == 3 || line[3] is ' ' or '-') && (lines.Count == 0 || line.AsSpan(0, 3).SequenceEqual(lines[0].AsSpan(0, 3)));
                if (!fits) throw new WireFault(MailTrouble.Garbage, $"{options.Host} does not speak SMTP here.");
                lines.Add(line);
                if (line.Length == 3 || line[3] == ' ') return lines;
                if (lines.Count >= MostLines) throw new WireFault(MailTrouble.Limit, $"{options.Host} answered with more than {MostLines} lines.");
            }
        }
        finally
        {
            wire.Deadline = null;
        }
    }

    // Replies end up on pages and in the store: no controls, no broken UTF-8.
    private static string Clean(byte[] line) => string.Concat(Encoding.UTF8.GetString(line).Select(static letter => char.IsControl(letter) ? ' ' : letter));

    private async Task Prepare(CancellationToken cancel)
    {
        if (options.Security == SmtpSecurity.Tls) await wire.UpgradeToTls(options.TrustedRoots, cancel).ConfigureAwait(false);
        Expect(await Hear(options.CommandTimeout, cancel).ConfigureAwait(false), "would not talk to us");
        await Hello(cancel).ConfigureAwait(false);
        if (options.Security is SmtpSecurity.StartTls or SmtpSecurity.StartTlsIfOffered)
        {
            if (offers.ContainsKey("STARTTLS"))
            {
                Expect(await Ask("STARTTLS", cancel).ConfigureAwait(false), "would not start TLS");
                await wire.UpgradeToTls(options.TrustedRoots, cancel).ConfigureAwait(false);
                await Hello(cancel).ConfigureAwait(false);
            }
            else if (options.Security == SmtpSecurity.StartTls)
            {
                throw new WireFault(MailTrouble.TlsMissing, $"{options.Host} does not offer STARTTLS; nothing was sent.");
            }
        }
        if (!string.IsNullOrEmpty(options.User)) await Authenticate(options.User, options.Password ?? "", cancel).ConfigureAwait(false);
    }

    private async Task Hello(CancellationToken cancel)
    {
        await Say("EHLO " + options.HelloName, cancel).ConfigureAwait(false);
        var lines = await HearLines(options.CommandTimeout, cancel).ConfigureAwait(false);
        offers = new(StringComparer.OrdinalIgnoreCase);
        if (lines[0][0] == '2')
        {
            foreach (var line in lines.Skip(1))
            {
                var words = line.Length > 4 ? line[4..].Split(' ', 2, StringSplitOptions.TrimEntries) : [""];
                offers[words[0]] = words.Length > 1 ? words[1] : "";
            }
            return;
        }
        if (lines[0][0] != '5') throw new WireFault(MailTrouble.Refused, $"{options.Host} would not talk to us: {string.Join(' ', lines)}");
        Expect(await Ask("HELO " + options.HelloName, cancel).ConfigureAwait(false), "would not talk to us");
    }

    private async Task Authenticate(string user, string password, CancellationToken cancel)
    {
        if (!wire.IsTls && !options.AllowPlainCredentials)
            throw new WireFault(MailTrouble.CredentialsNeedTls, $"The connection to {options.Host} is not encrypted, so the password was not sent.");
        var ways = offers.GetValueOrDefault("AUTH", "").ToUpperInvariant().Split(' ');
        SmtpReply reply;
        if (options.AccessToken is { } token)
        {
            if (ways.Contains("XOAUTH2")) reply = await Ask("AUTH XOAUTH2 " + Sasl.XOAuth2(user, token), cancel).ConfigureAwait(false);
            else if (ways.Contains("OAUTHBEARER")) reply = await Ask("AUTH OAUTHBEARER " + Sasl.OAuthBearer(user, token, options.Host, options.Port), cancel).ConfigureAwait(false);
            else throw new WireFault(MailTrouble.CredentialsRefused, $"{options.Host} does not take sign-ins by Microsoft's or Google's consent (XOAUTH2); use a password.");
            // A refusal comes as one more challenge that tells why; an empty answer ends it.
            if (reply.Code == 334) reply = await Ask("", cancel).ConfigureAwait(false);
        }
        else if (ways.Contains("PLAIN"))
        {
            reply = await Ask("AUTH PLAIN " + Base64($"\0{user}\0{password}"), cancel).ConfigureAwait(false);
        }
        else if (ways.Contains("LOGIN"))
        {
            reply = await Ask("AUTH LOGIN", cancel).ConfigureAwait(false);
            if (reply.Code == 334) reply = await Ask(Base64(user), cancel).ConfigureAwait(false);
            if (reply.Code == 334) reply = await Ask(Base64(password), cancel).ConfigureAwait(false);
        }
        else
        {
            throw new WireFault(MailTrouble.CredentialsRefused, $"{options.Host} offers no way to sign in that we know (PLAIN or LOGIN).");
        }
        if (reply.IsTemporary) throw new WireFault(MailTrouble.Refused, $"{options.Host} cannot check the password now: {reply}");
        if (reply.Code != 235) throw new WireFault(MailTrouble.CredentialsRefused, $"{options.Host} did not accept the user name or password: {reply}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private void Expect(SmtpReply reply, string otherwise)
    {
        if (!reply.IsPositive) throw new WireFault(MailTrouble.Refused, $"{options.Host} {otherwise}: {reply}");
    }
}
