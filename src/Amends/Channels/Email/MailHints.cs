using System.Collections.Concurrent;
using Amends.Mail.Imap;
using Amends.Mail.Wire;

namespace Amends.Channels.Email;

/// <summary>
/// Waits at each mailbox for the server's word that something changed (IDLE, RFC 2177), and rings. Only a hint: the
/// rounds ask the server itself every few seconds, on connections of their own, whether or not anything was said here.
/// </summary>
/// <param name="ring">Starts a round now.</param>
/// <param name="stop">Ends all waiting.</param>
internal sealed class MailHints(Action ring, CancellationToken stop)
{
    /// <summary>A line that died in silence is noticed when the waiting is ended; well below the half hour after which servers hang up.</summary>
    private static readonly TimeSpan Waiting = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<long, Watch> _watches = new();

    private sealed record Watch(string Settings, Task Done, CancellationTokenSource Stop);

    /// <summary>Waits at a mailbox, unless that is done already. One whose waiting broke is begun again by the next round that went well.</summary>
    public void At(Mailbox box, ImapClientOptions options)
    {
        var settings = string.Join('\n', box.Host, box.Port, box.Security, box.Username, box.Password, box.GrantId, box.Folder);
        if (_watches.TryGetValue(box.Id, out var watch) && watch.Settings == settings && !watch.Done.IsCompleted)
            return;
        watch?.Stop.Cancel();
        var own = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _watches[box.Id] = new(settings, Task.Run(() => Wait(box.Folder, options, own.Token), CancellationToken.None), own);
    }

    /// <summary>Waits no longer at others than these.</summary>
    public void Only(IEnumerable<long> boxes)
    {
        foreach (var id in _watches.Keys.Except(boxes).ToList())
        {
            if (_watches.TryRemove(id, out var watch))
                watch.Stop.Cancel();
        }
    }

    private async Task Wait(string folder, ImapClientOptions options, CancellationToken ct)
    {
        try
        {
            await using var client = await ImapClient.Connect(options, ct);
            if (!client.CanIdle)
            {
                await Task.Delay(Timeout.Infinite, ct); // so that it is not tried each time
                return;
            }

            await client.Examine(folder, ct);
            while (!ct.IsCancellationRequested)
            {
                if (await client.Idle(Waiting, ct))
                    ring();
            }
        }
        catch (Exception over) when (over is MailFailure or OperationCanceledException)
        {
            // The rounds go on without hints.
        }
    }
}
