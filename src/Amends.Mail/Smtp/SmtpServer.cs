using System.Net;
using System.Net.Sockets;

namespace Amends.Mail.Smtp;

/// <summary>
/// Takes mail by SMTP (RFC 5321 with PIPELINING, SIZE, 8BITMIME, SMTPUTF8, ENHANCEDSTATUSCODES and STARTTLS) or by
/// LMTP (RFC 2033).
/// The sender hears 250 only after <c>store</c> has completed; if it throws, the sender hears 451 and keeps the mail.
/// </summary>
/// <param name="options">Address, name and bounds.</param>
/// <param name="store">
/// Stores one mail durably and answers for it. The bytes are exactly the mail's (dots taken off) and are valid only
/// until the task completes. Called by several connections at once.
/// </param>
/// <param name="accepts">Whether mail for this recipient is taken; no means 550.</param>
/// <param name="notice">Takes short remarks for a log; they carry no addresses and no content.</param>
/// <param name="clock">Measures how much a source sends; the system's when null.</param>
public sealed class SmtpServer(
    SmtpServerOptions options,
    Func<SmtpEnvelope, ReadOnlyMemory<byte>, CancellationToken, Task<SmtpReply>> store,
    Func<string, CancellationToken, ValueTask<bool>> accepts,
    Action<string>? notice = null,
    TimeProvider? clock = null)
{
    private readonly Lock counting = new();
    private readonly Dictionary<long, Task> sessions = [];
    private Socket? listener;
    private long lastSession;

    /// <summary>Where the server listens, with the port it really has; known after <see cref="Start"/>.</summary>
    /// <exception cref="InvalidOperationException">The server was not started.</exception>
    public IPEndPoint Endpoint => (IPEndPoint)(listener ?? throw new InvalidOperationException("Start the server first.")).LocalEndPoint!;

    internal SmtpServerOptions Options => options;

    internal Func<SmtpEnvelope, ReadOnlyMemory<byte>, CancellationToken, Task<SmtpReply>> Store => store;

    internal Func<string, CancellationToken, ValueTask<bool>> Accepts => accepts;

    internal MemoryAllowance Allowance { get; } = new(options.MaxMemory);

    internal SourceLimits Sources { get; } = new(options, clock ?? TimeProvider.System);

    /// <summary>Binds the address; from here on connections wait to be served.</summary>
    /// <exception cref="SocketException">The address is taken or may not be used.</exception>
    public void Start()
    {
        if (listener is not null) return;
        var socket = new Socket(options.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(options.Endpoint);
            socket.Listen(512);
            listener = socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Serves until cancelled; then takes no more, lets mails that are being stored finish within
    /// <see cref="SmtpServerOptions.StopGrace"/>, and returns. Starts the server if that was not done.
    /// </summary>
    public async Task Run(CancellationToken cancel)
    {
        Start();
        using var stopStoring = new CancellationTokenSource();
        try
        {
            while (true)
            {
                try
                {
                    Serve(await listener!.AcceptAsync(cancel).ConfigureAwait(false), cancel, stopStoring.Token);
                }
                catch (SocketException fault) when (!cancel.IsCancellationRequested)
                {
                    // Out of handles, or a connection gone before it was taken: neither may end the listener.
                    Notice($"A connection could not be taken ({fault.SocketErrorCode}).");
                    await Task.Delay(50, cancel).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            listener!.Dispose();
            stopStoring.CancelAfter(options.StopGrace);
            Task[] open;
            lock (counting) open = [.. sessions.Values];
            await Task.WhenAll(open).WaitAsync(options.StopGrace + TimeSpan.FromSeconds(2), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal void Notice(string text) => notice?.Invoke(text);

    private void Serve(Socket socket, CancellationToken stop, CancellationToken stopStoring)
    {
        var source = (socket.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (source.IsIPv4MappedToIPv6) source = source.MapToIPv4();
        socket.NoDelay = true;
        var session = new SmtpSession(this, socket, source, stop, stopStoring);
        string? refusal = null;
        lock (counting)
        {
            if (sessions.Count >= options.MaxConnections) refusal = "421 4.3.2 Too many connections, try again";
            else if (!Sources.Enter(source)) refusal = "421 4.7.0 Too many connections from you, try again";
            if (refusal is null)
            {
                var key = ++lastSession;
                // The session's task may not end before it is entered, so it starts on the pool and leaves under the lock.
                sessions.Add(key, Task.Run(() => Served(key, source, session), CancellationToken.None));
            }
        }
        if (refusal is not null) _ = session.TurnAway(refusal);
    }

    private async Task Served(long key, IPAddress source, SmtpSession session)
    {
        try
        {
            await session.Run().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Notice($"An SMTP connection failed ({fault.GetType().Name}).");
        }
        finally
        {
            lock (counting) sessions.Remove(key);
            Sources.Leave(source);
        }
    }
}
