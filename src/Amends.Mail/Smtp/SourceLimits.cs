using System.Net;
using System.Net.Sockets;

namespace Amends.Mail.Smtp;

/// <summary>
/// What one address may do: connections at once, mails a minute, wrong recipients an hour. An IPv6 source is its /64,
/// since one customer line has all of it. Refusals are for a while (4xx), so an honest server that is busy loses nothing.
/// </summary>
/// <param name="options">The bounds; 0 mails a minute is no bound.</param>
/// <param name="clock">Measures how fast an allowance fills again.</param>
internal sealed class SourceLimits(SmtpServerOptions options, TimeProvider clock)
{
    /// <summary>Sources that are remembered; beyond it those that did the least are forgotten.</summary>
    private const int MostRemembered = 10_000;

    private readonly Lock counting = new();
    private readonly Dictionary<IPAddress, Source> sources = [];

    /// <summary>Counts a connection; <c>false</c> when the source has as many as it may.</summary>
    public bool Enter(IPAddress address)
    {
        lock (counting)
        {
            var source = Of(address);
            if (source.Connections >= options.MaxConnectionsPerSource) return false;
            source.Connections++;
            return true;
        }
    }

    /// <summary>A connection that was counted has ended.</summary>
    public void Leave(IPAddress address)
    {
        lock (counting) Of(address).Connections--;
    }

    /// <summary>Counts a mail; <c>false</c> when the source has sent as many as it may for now.</summary>
    public bool TakesMail(IPAddress address)
    {
        if (options.MailsPerMinutePerSource == 0 || options.IsTrusted(address)) return true;
        lock (counting) return Of(address).Mails.Take(options.MailsPerMinutePerSource, TimeSpan.FromMinutes(1), clock.GetTimestamp(), clock);
    }

    /// <summary>Counts a recipient who is not here; <c>false</c> when the source seems to be trying out addresses.</summary>
    public bool MayGuess(IPAddress address)
    {
        if (options.IsTrusted(address)) return true;
        lock (counting) return Of(address).Guesses.Take(options.WrongRecipientsPerHour, TimeSpan.FromHours(1), clock.GetTimestamp(), clock);
    }

    private Source Of(IPAddress address)
    {
        var key = KeyOf(address);
        if (sources.TryGetValue(key, out var known)) return known;
        if (sources.Count >= MostRemembered) Forget();
        return sources[key] = new Source();
    }

    private void Forget()
    {
        foreach (var key in sources.Where(static each => each.Value.Connections == 0).OrderByDescending(static each => each.Value.Guesses.Left).Take(MostRemembered / 2).Select(static each => each.Key).ToList())
            sources.Remove(key);
    }

    private static IPAddress KeyOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed class Source
    {
        public int Connections;
        public Allowance Mails;
        public Allowance Guesses;
    }

    /// <summary>A bucket that is full at first and fills evenly.</summary>
    private struct Allowance
    {
        private long at;
        private double spent;

        public readonly double Left => -spent;

        public bool Take(int most, TimeSpan within, long now, TimeProvider clock)
        {
            if (at != 0) spent = Math.Max(0, spent - clock.GetElapsedTime(at, now) / within * most);
            at = now;
            if (spent + 1 > most) return false;
            spent++;
            return true;
        }
    }
}
