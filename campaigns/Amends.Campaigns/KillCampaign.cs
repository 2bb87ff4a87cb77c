using System.Data.Common;
using System.Diagnostics;
using Amends.Tests.Servers;
using Dapper;

namespace Amends.Campaigns;

/// <summary>
/// Pours mail through a real Postfix into a running Amends, by its SMTP intake and by a Dovecot mailbox that it fetches,
/// and kills the program and the mail servers in turn with SIGKILL at random moments meanwhile. Everything it starts, it ends.
/// </summary>
public static class KillCampaign
{
    private static readonly string[] Victims = ["Amends", "Dovecot", "Postfix"];

    /// <summary>Runs it to the verdict.</summary>
    /// <exception cref="InvalidOperationException">The program did not start again, or did not come to rest in time; the message says what still waited.</exception>
    public static async Task<Verdict> Run(Campaign campaign, Action<string> say)
    {
        var folder = OwnProcess.Folder("campaign");
        try
        {
            var ledger = new Ledger();
            await using var dovecot = await DovecotServer.Start();
            await using var post = new Post(ledger);
            await using var app = new RunningAmends(campaign.Program, folder, campaign.Kind == "postgres" ? await PostgresServer.CreateDatabase() : null);
            await PreparedDesk.Make(app, folder, dovecot, post.Port);
            await using var postfix = await PostfixServer.Start(new Dictionary<string, string>
            {
                ["intake.test"] = PostfixServer.ToSmtp(app.SmtpPort), ["fetched.test"] = dovecot.Transport,
            });

            app.Start();
            await app.Answers("/readyz", TimeSpan.FromMinutes(2));
            await PourAndKill(campaign, app, dovecot, postfix, post, say);
            await using var database = await Verdict.Open(campaign.Kind, app.Database);
            await Rest(campaign, ledger, database, postfix, post, app, say);
            return await Verdict.Of(ledger, database);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PourAndKill(Campaign campaign, RunningAmends app, DovecotServer dovecot, PostfixServer postfix, Post post, Action<string> say)
    {
        var chance = new Random(campaign.Seed);
        var mails = campaign.BySmtp + campaign.ByImap;
        var poured = 0;
        for (var kill = 1; kill <= campaign.Kills + 1; kill++)
        {
            var upTo = (int)((long)mails * kill / (campaign.Kills + 1));
            var pouring = post.Pour(postfix, campaign, poured, upTo);
            poured = upTo;
            if (kill <= campaign.Kills)
            {
                var moment = chance.Next(50, 2500);
                await Task.Delay(moment);
                var pause = chance.Next(0, 300);
                var victim = campaign.KillsServers ? Victims[(kill - 1) % Victims.Length] : Victims[0];
                switch (victim)
                {
                    case "Dovecot": await dovecot.Restart(); break;
                    case "Postfix": await postfix.Restart(); break;
                    default:
                        await app.Kill();
                        await Task.Delay(pause);
                        app.Start();
                        await app.Answers("/healthz", TimeSpan.FromMinutes(2));
                        break;
                }

                say($"{campaign.Kind}: kill {kill} of {campaign.Kills} ({victim}), {moment} ms into {upTo} of {mails} mails");
            }

            await pouring;
            await post.Answer(postfix);
        }
    }

    /// <summary>Waits until nothing is on its way any more.</summary>
    private static async Task Rest(Campaign campaign, Ledger ledger, DbConnection database, PostfixServer postfix, Post post, RunningAmends app, Action<string> say)
    {
        var waited = Stopwatch.StartNew();
        var said = TimeSpan.Zero;
        while (true)
        {
            await post.Answer(postfix);
            var handed = ledger.HandedOver;
            var taken = await database.ExecuteScalarAsync<long>("select count(*) from intake where state in (2, 3)");
            var waiting = await database.ExecuteScalarAsync<long>("select count(*) from intake where state = 1");
            var unsent = await database.ExecuteScalarAsync<long>("select count(*) from outbox where state in (1, 2, 4)");
            if (postfix.Queued == 0 && waiting == 0 && unsent == 0 && taken >= handed.Count && ledger.HandedOver.Count == handed.Count)
                return;
            var words = $"{handed.Count} handed over, {postfix.Queued} with Postfix, {waiting} stored and not read, {taken} read, {unsent} to send";
            if (waited.Elapsed > campaign.Patience)
                throw new InvalidOperationException($"It did not come to rest: {words}.\n{app.Log[Math.Max(0, app.Log.Length - 4000)..]}");
            if (waited.Elapsed - said > TimeSpan.FromSeconds(10))
            {
                said = waited.Elapsed;
                say($"{campaign.Kind}: {words}");
            }

            await Task.Delay(200);
        }
    }
}
