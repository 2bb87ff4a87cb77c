using System.Net;
using System.Text;
using Amends.Channels.Email;
using Amends.Mail.Smtp;

namespace Amends.Tests.Channels.Email;

/// <summary>An outgoing server that keeps what it is given.</summary>
internal sealed class Catcher : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly SmtpServer _server;
    private readonly Task _running;

    private Catcher(Func<string, bool> accepts)
    {
        _server = new SmtpServer(new SmtpServerOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0) }, Keep, (address, _) => ValueTask.FromResult(accepts(address)));
        _server.Start();
        _running = _server.Run(_end.Token);
    }

    public List<string> Mails { get; } = [];

    public OutgoingServer Setting => new() { Host = "127.0.0.1", Port = _server.Endpoint.Port, Security = "none" };

    public static Task<Catcher> Start(Func<string, bool>? accepts = null) => Task.FromResult(new Catcher(accepts ?? (_ => true)));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private Task<SmtpReply> Keep(SmtpEnvelope envelope, ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        lock (Mails)
            Mails.Add(Encoding.UTF8.GetString(mail.Span));
        return Task.FromResult(SmtpReply.Taken);
    }
}
