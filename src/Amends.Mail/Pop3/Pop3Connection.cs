using System.Text;
using Amends.Mail.Wire;

namespace Amends.Mail.Pop3;

/// <summary>A signed-in connection and the running of one command at a time.</summary>
internal sealed class Pop3Connection : IAsyncDisposable
{
    private const int LongestLine = 4096;

    private readonly Pop3ClientOptions options;
    private readonly LineConnection wire;
    private readonly Dictionary<string, string> capabilities = new(StringComparer.OrdinalIgnoreCase);
    private bool broken;

    private Pop3Connection(Pop3ClientOptions options, LineConnection wire)
    {
        this.options = options;
        this.wire = wire;
    }

    public bool IsGood => !broken;

    public static async Task<Pop3Connection> Open(Pop3ClientOptions options, CancellationToken cancel)
    {
        LineConnection line;
        try
        {
            line = await LineConnection.Connect(options.Host, options.Port, options.ConnectTimeout, cancel).ConfigureAwait(false);
        }
        catch (WireFault fault)
        {
            throw new Pop3Failure(fault.Trouble, fault.Message, "", fault);
        }
        var connection = new Pop3Connection(options, line);
        try
        {
            await connection.Greet(cancel).ConfigureAwait(false);
            return connection;
        }
        catch (WireFault fault)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new Pop3Failure(fault.Trouble, fault.Message, "", fault);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs one command.</summary>
    /// <param name="command">Its text; what strangers wrote is in none.</param>
    /// <param name="cancel">Ends it and with it the connection.</param>
    /// <param name="each">Takes the lines of a multi-line answer, without the stuffed dots (RFC 1939 §3); null for an answer of one line.</param>
    /// <param name="most">Bytes of all lines together.</param>
    /// <param name="more">Answers to the server's challenges, in order.</param>
    /// <returns>The text of the first line.</returns>
    /// <exception cref="Pop3Failure">The server said no (then the connection is good), or the connection ended.</exception>
    public async Task<string> Run(string command, CancellationToken cancel, Action<byte[]>? each = null, int most = 128 * 1024 * 1024, string[]? more = null)
    {
        if (broken) throw new Pop3Failure(MailTrouble.Lost, $"The connection to {options.Host} is closed.");
        // Whatever leaves in the middle of a command leaves the conversation out of step.
        broken = true;
        try
        {
            wire.Patience = options.SilenceTimeout;
            wire.Deadline = Environment.TickCount64 + (long)options.CommandTimeout.TotalMilliseconds;
            await wire.Write(Encoding.UTF8.GetBytes(command + "\r\n"), cancel).ConfigureAwait(false);
            var line = Encoding.UTF8.GetString(await wire.ReadLine(LongestLine, cancel).ConfigureAwait(false));
            for (var asked = 0; IsChallenge(line); asked++)
            {
                if (asked >= (more?.Length ?? 0)) throw Garbage("asked for more where nothing follows");
                await wire.Write(Encoding.UTF8.GetBytes(more![asked] + "\r\n"), cancel).ConfigureAwait(false);
                line = Encoding.UTF8.GetString(await wire.ReadLine(LongestLine, cancel).ConfigureAwait(false));
            }
            if (line.StartsWith("-ERR", StringComparison.OrdinalIgnoreCase))
            {
                broken = false;
                throw Refusal(line[4..]);
            }
            if (!line.StartsWith("+OK", StringComparison.OrdinalIgnoreCase)) throw Garbage("does not speak POP3 here");
            var left = (long)most;
            while (each is not null)
            {
                var next = await wire.ReadLine((int)Math.Min(left, int.MaxValue), cancel).ConfigureAwait(false);
                if (next is [(byte)'.']) break;
                if ((left -= next.Length + 2) < 0) throw new Pop3Failure(MailTrouble.Limit, $"{options.Host} sent more than {most} bytes.");
                each(next is [(byte)'.', ..] ? next[1..] : next);
            }
            broken = false;
            return line[3..].Trim();
        }
        catch (WireFault fault)
        {
            throw new Pop3Failure(fault.Trouble, fault.Message, "", fault);
        }
    }

    public Pop3Failure Garbage(string what) => new(MailTrouble.Garbage, $"{options.Host} {what}.");

    public async ValueTask DisposeAsync()
    {
        broken = true;
        await wire.DisposeAsync().ConfigureAwait(false);
    }

    private static bool IsChallenge(string line) => line == "+" || line.StartsWith("+ ", StringComparison.Ordinal);

    private Pop3Failure Refusal(string text)
    {
        text = string.Concat(text.Trim().Select(static letter => char.IsControl(letter) ? ' ' : letter));
        var code = text.StartsWith('[') && text.IndexOf(']') is > 0 and var close ? text[1..close].ToUpperInvariant() : "";
        return new(MailTrouble.Refused, $"{options.Host} said no: {(text.Length > 300 ? text[..300] : text)}", code);
    }

    private async Task Greet(CancellationToken cancel)
    {
        wire.Patience = options.SilenceTimeout;
        if (options.Security == MailboxSecurity.Tls) await wire.UpgradeToTls(options.TrustedRoots, cancel).ConfigureAwait(false);
        var greeting = Encoding.UTF8.GetString(await wire.ReadLine(LongestLine, cancel).ConfigureAwait(false));
        if (greeting.StartsWith("-ERR", StringComparison.OrdinalIgnoreCase)) throw Refusal(greeting[4..]);
        if (!greeting.StartsWith("+OK", StringComparison.OrdinalIgnoreCase)) throw Garbage("does not speak POP3 here");
        await Capabilities(cancel).ConfigureAwait(false);
        if (options.Security == MailboxSecurity.StartTls)
        {
            if (!capabilities.ContainsKey("STLS")) throw new Pop3Failure(MailTrouble.TlsMissing, $"{options.Host} does not offer STLS; nothing was sent.");
            await Run("STLS", cancel).ConfigureAwait(false);
            await wire.UpgradeToTls(options.TrustedRoots, cancel).ConfigureAwait(false);
            await Capabilities(cancel).ConfigureAwait(false);
        }
        if (!wire.IsTls && !options.AllowPlainCredentials)
            throw new Pop3Failure(MailTrouble.CredentialsNeedTls, $"The connection to {options.Host} is not encrypted, so the password was not sent.");
        try
        {
            await SignIn(cancel).ConfigureAwait(false);
        }
        // IN-USE, LOGIN-DELAY and SYS/TEMP pass by themselves (RFC 2449 §8, RFC 3206).
        catch (Pop3Failure failure) when (failure is { Trouble: MailTrouble.Refused, Code: not ("IN-USE" or "LOGIN-DELAY" or "SYS/TEMP") })
        {
            throw new Pop3Failure(MailTrouble.CredentialsRefused,
                options.AccessToken is null ? $"{options.Host} did not accept the user name or password." : $"{options.Host} did not accept the sign-in of {options.User}: the consent may have ended, or POP is switched off for the account.", failure.Code, failure);
        }
    }

    private async Task Capabilities(CancellationToken cancel)
    {
        capabilities.Clear();
        try
        {
            await Run("CAPA", cancel, line =>
            {
                var words = Encoding.Latin1.GetString(line).Split(' ', 2, StringSplitOptions.TrimEntries);
                capabilities[words[0]] = words.Length > 1 ? words[1] : "";
            }, 64 * 1024).ConfigureAwait(false);
        }
        catch (Pop3Failure failure) when (failure.Trouble == MailTrouble.Refused)
        {
            // An old server: what every server can do is left.
        }
    }

    private async Task SignIn(CancellationToken cancel)
    {
        var ways = capabilities.GetValueOrDefault("SASL", "").ToUpperInvariant().Split(' ');
        if (options.AccessToken is { } token)
        {
            // A refusal comes as one more challenge that tells why.
            if (ways.Contains("XOAUTH2")) await Run("AUTH XOAUTH2", cancel, more: [Sasl.XOAuth2(options.User, token), ""]).ConfigureAwait(false);
            else if (ways.Contains("OAUTHBEARER")) await Run("AUTH OAUTHBEARER", cancel, more: [Sasl.OAuthBearer(options.User, token, options.Host, options.Port), "AQ=="]).ConfigureAwait(false);
            else throw new Pop3Failure(MailTrouble.CredentialsRefused, $"{options.Host} does not take sign-ins by Microsoft's or Google's consent (XOAUTH2); use a password.");
        }
        else if (ways.Contains("PLAIN"))
        {
            await Run("AUTH PLAIN", cancel, more: [Sasl.Plain(options.User, options.Password)]).ConfigureAwait(false);
        }
        else
        {
            await Run("USER " + Word(options.User), cancel).ConfigureAwait(false);
            await Run("PASS " + Word(options.Password), cancel).ConfigureAwait(false);
        }
    }

    private static string Word(string text) => text.Any(char.IsControl) ? throw new Pop3Failure(MailTrouble.CredentialsRefused, "A user name or password may not hold a line end.") : text;
}
