using System.Net;
using System.Net.Sockets;
using System.Text;
using Amends.Data;
using Amends.Web;

namespace Amends.Commands.Checks;

/// <summary>What customers' links begin with, and who listens where we should.</summary>
internal static class CheckAddresses
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is to say of them.</summary>
    public static async IAsyncEnumerable<Finding> Of(Surroundings surroundings, Company company)
    {
        yield return Public(surroundings.PublicUrl ?? company.PublicUrl, company.IsDemo);
        foreach (var url in surroundings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return await Pages(url);
        yield return surroundings.SmtpListen is { } smtp ? await Mail("mail listener", smtp, "AMENDS_SMTP_LISTEN") : new Finding(Level.Ok, "mail listener", "off (AMENDS_SMTP_LISTEN=off)");
        if (surroundings.LmtpListen is { } lmtp)
            yield return await Mail("LMTP listener", lmtp, "AMENDS_LMTP_LISTEN");
    }

    private static Finding Public(string? address, bool demo)
    {
        const string about = "public address";
        if (address is null)
            return new Finding(demo ? Level.Ok : Level.Warn, about, "not set; links in mail lead to this machine", demo ? null : "Set AMENDS_PUBLIC_URL, or the public address on the company's page.");
        var uri = new Uri(address);
        return uri.IsLoopback ? new Finding(demo ? Level.Ok : Level.Warn, about, $"{address} is this machine's own; customers cannot open it", demo ? null : "Set the name that customers can open, with https.")
            : uri.Scheme != "https" ? new Finding(Level.Bad, about, $"{address} is not https", "Put TLS in front (docs/guide/reverse-proxy.md) and set the address with https://.")
            : new Finding(Level.Ok, about, address);
    }

    private static async Task<Finding> Pages(string url)
    {
        const string about = "pages";
        if (!Uri.TryCreate(url.Replace("://*", "://127.0.0.1").Replace("://+", "://127.0.0.1").Replace("://0.0.0.0", "://127.0.0.1").Replace("://[::]", "://[::1]"), UriKind.Absolute, out var uri))
            return new Finding(Level.Bad, about, $"{url} is no address", "Set AMENDS_URLS to something like http://127.0.0.1:5200.");
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
            using var answer = await client.GetAsync(new Uri(uri, "/readyz"));
            var words = (await answer.Content.ReadAsStringAsync()).Trim();
            return answer.StatusCode == HttpStatusCode.OK && words == "ready" ? new Finding(Level.Ok, about, $"Amends runs at {url} and all its loops are well")
                : answer.StatusCode == HttpStatusCode.ServiceUnavailable ? new Finding(Level.Bad, about, $"Amends runs at {url}, but {words.Replace("\n", ", ")}", "Its log says why.")
                : new Finding(Level.Bad, about, $"something else answers at {url}", "Stop it, or set AMENDS_URLS to another port.");
        }
        catch (TaskCanceledException)
        {
            return new Finding(Level.Bad, about, $"somebody listens at {url} and does not answer", "If it is Amends, look at its log and restart it.");
        }
        catch (HttpRequestException refused) when (refused.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return Free(uri.Host, uri.Port) is { } wrong
                ? new Finding(Level.Bad, about, $"nothing can listen at {url}: {wrong}", "Set AMENDS_URLS to an address of this machine and a port that this user may open.")
                : new Finding(Level.Warn, about, $"Amends does not run at {url}; the port is free", "Start it: amends serve, or systemctl start amends.");
        }
        catch (HttpRequestException failure)
        {
            return new Finding(Level.Warn, about, $"{url} could not be asked: {failure.Message}", "If it is Amends, look at its log.");
        }
    }

    private static async Task<Finding> Mail(string about, IPEndPoint listen, string setting)
    {
        var address = listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listen.Address;
        try
        {
            using var client = new TcpClient(address.AddressFamily);
            using var patience = new CancellationTokenSource(Patience);
            await client.ConnectAsync(address, listen.Port, patience.Token);
            var greeting = new byte[512];
            var length = await client.GetStream().ReadAsync(greeting, patience.Token);
            return Encoding.ASCII.GetString(greeting, 0, length).StartsWith("220", StringComparison.Ordinal)
                ? new Finding(Level.Ok, about, $"mail is taken in at {listen}")
                : new Finding(Level.Bad, about, $"something at {listen} does not take mail", $"Stop it, or set {setting} to another port.");
        }
        catch (SocketException)
        {
            return Free(address.ToString(), listen.Port) is { } wrong
                ? new Finding(Level.Bad, about, $"nothing can listen at {listen}: {wrong}", $"Set {setting} to an address of this machine and a port that this user may open, or to off.")
                : new Finding(Level.Warn, about, $"nobody takes mail at {listen}; the port is free", "It is open while Amends runs.");
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            return new Finding(Level.Bad, about, $"somebody listens at {listen} and says nothing", "If it is Amends, look at its log and restart it.");
        }
    }

    private static string? Free(string host, int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : IPAddress.Loopback, port);
            listener.Start();
            return null;
        }
        catch (SocketException refused)
        {
            return refused.Message;
        }
    }
}
