using System.Collections.Concurrent;
using Amends.Mail.Smtp;

namespace Amends.Mail.Tests.Smtp;

/// <summary>Our server with a store in memory.</summary>
internal sealed class TakingServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task run;

    public TakingServer(SmtpServerOptions? options = null, Func<SmtpEnvelope, byte[], Task<SmtpReply>>? store = null)
    {
        Server = new SmtpServer(
            options ?? new SmtpServerOptions(),
            async (envelope, mail, _) =>
            {
                var copy = mail.ToArray();
                if (store is not null) return await store(envelope, copy);
                Taken.Enqueue((envelope, copy));
                return SmtpReply.Taken;
            },
            (address, _) => new(!address.StartsWith("nobody", StringComparison.Ordinal)),
            Notices.Enqueue);
        Server.Start();
        run = Server.Run(stop.Token);
    }

    public SmtpServer Server { get; }

    public ConcurrentQueue<(SmtpEnvelope Envelope, byte[] Mail)> Taken { get; } = new();

    public ConcurrentQueue<string> Notices { get; } = new();

    public int Port => Server.Endpoint.Port;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(20));
        stop.Dispose();
    }
}
