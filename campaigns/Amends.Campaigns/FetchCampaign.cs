using System.Diagnostics;
using System.Text;
using Amends.Tests.Servers;
using Dapper;

namespace Amends.Campaigns;

/// <summary>
/// The first synchronisation of a large old mailbox: every mail becomes a case, while the program is killed now and then
/// and its memory is watched.
/// </summary>
public static class FetchCampaign
{
    /// <summary>The resident memory that it may take at the most, in MB.</summary>
    public const int MostMemory = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // without one more mail

    /// <summary>Runs it; returns whether every mail is there once and the memory stayed within its limit.</summary>
    /// <param name="kind"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="mails">How many the mailbox has.</param>
    /// <param name="kills">How often the program is killed on the way.</param>
    /// <param name="program">The executable.</param>
    /// <param name="say">Where progress goes.</param>
    public static async Task<bool> Run(string kind, int mails, int kills, string program, Action<string> say)
    {
        var folder = OwnProcess.Folder("campaign");
        try
        {
            await using var dovecot = await DovecotServer.Start();
            dovecot.DeliverOld("desk", Enumerable.Range(0, mails).Select(Mail));
            say($"{kind}: {mails:N0} mails are in the mailbox");
            await using var app = new RunningAmends(program, folder, kind == "postgres" ? await PostgresServer.CreateDatabase() : null);
            await PreparedDesk.Make(app, folder, dovecot, outgoing: null);
            app.Start();
            await app.Answers("/readyz", TimeSpan.FromMinutes(2));
            await using var database = await Verdict.Open(kind, app.Database);
            var (watch, most, killed, last, changed) = (Stopwatch.StartNew(), 0L, 0, 0L, TimeSpan.Zero);
            for (var tick = 0; ; tick++)
            {
                await Task.Delay(1000);
                most = Math.Max(most, app.Resident);
                var stored = await database.ExecuteScalarAsync<long>("select count(*) from intake");
                var read = stored - await database.ExecuteScalarAsync<long>("select count(*) from intake where state = 1");
                if (tick % 15 == 0)
                    say($"{kind}: {stored:N0} fetched, {read:N0} read, {most / 1_000_000} MB at the most, {watch.Elapsed.TotalSeconds:N0} s");
                if (read >= mails)
                    break;
                if (read != last)
                    (last, changed) = (read, watch.Elapsed);
                if (watch.Elapsed - changed > Patience)
                    throw new InvalidOperationException($"It goes no further: {app.Log[Math.Max(0, app.Log.Length - 4000)..]}");
                if (killed < kills && read > (killed + 1L) * mails / (kills + 1))
                {
                    killed++;
                    await app.Kill();
                    app.Start();
                    await app.Answers("/healthz", TimeSpan.FromMinutes(2));
                    say($"{kind}: killed and started again at {read:N0}");
                }
            }

            var seconds = watch.Elapsed.TotalSeconds;
            var once = await database.ExecuteScalarAsync<long>("select count(distinct mail_id) from messages where mail_id like 'old%'");
            var all = await database.ExecuteScalarAsync<long>("select count(*) from messages where mail_id like 'old%'");
            Console.WriteLine($"{kind}: {mails:N0} mails fetched and read in {seconds:N0} s ({mails / seconds:N0} /s), {killed} times kill -9, {mails - once} lost, {all - once} twice, {most / 1_000_000} MB at the most (limit {MostMemory})");
            return once == mails && all == once && most < MostMemory * 1_000_000L;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A mail of about 2 kB from one of many senders.</summary>
    private static byte[] Mail(int i) => Encoding.UTF8.GetBytes(
        $"From: Customer {i % 30_000} <c{i % 30_000}@c{i % 300}.example>\r\nTo: {Post.Fetched}\r\nSubject: Matter {i}\r\nDate: Wed, 4 Mar 2026 09:59:00 +0000\r\nMessage-ID: <old{i}@c.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + string.Concat(Enumerable.Range(0, 25).Select(line => $"The part {i * 31 + line} came {line} days late, and nobody called me back about it.\r\n")));
}
