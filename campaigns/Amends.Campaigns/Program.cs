using System.Diagnostics;
using System.Globalization;
using Amends.Campaigns;
using Amends.Tests.Servers;

// What bin/campaign runs: bin/campaign [kill|fetch|payout] [--mails N] [--kills N] [--database sqlite|postgres|both] [--seed N] [--victims all|amends] [--program FILE]
// N mails go each way; fetch finds N in an old mailbox; payout pays --payments N refunds.
PostgresServer.IsDurable = true;
var (fetches, pays) = (args is ["fetch", ..], args is ["payout", ..]);
if (args is ["fetch" or "kill" or "payout", ..])
    args = args[1..];
var (mails, kills, servers, seed, program, kinds) = (fetches ? 100_000 : 2000, fetches ? 3 : pays ? 200 : 20, true, Random.Shared.Next(1, 100_000), RunningAmends.Built, (string[])["sqlite", "postgres"]);
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    var number = int.TryParse(value, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : 0;
    switch (args[i])
    {
        case "--mails" when number > 0 && !pays: mails = number; break;
        case "--payments" when number > 0 && pays: mails = number; break;
        case "--kills" when number > 0: kills = number; break;
        case "--seed" when number > 0: seed = number; break;
        case "--victims" when value is "all" or "amends": servers = value == "all"; break;
        case "--database" when value == "both": break;
        case "--database" when value is "sqlite" or "postgres": kinds = [value]; break;
        case "--program" when value.Length > 0: program = Path.GetFullPath(value); break;
        default:
            await Console.Error.WriteLineAsync($"bin/campaign: what is {args[i]} {value}? It takes --mails (payout: --payments), --kills, --seed (numbers), --victims all|amends, --database sqlite|postgres|both, --program FILE");
            return 2;
    }
}

if (!File.Exists(program))
{
    await Console.Error.WriteLineAsync($"There is no {program}; build it first: dotnet build src/Amends -c Release");
    return 1;
}

var holds = true;
foreach (var kind in kinds)
{
    if (fetches)
    {
        holds &= await FetchCampaign.Run(kind, mails, kills, program, Console.Error.WriteLine);
        continue;
    }

    var watch = Stopwatch.StartNew();
    if (pays)
    {
        var found = await PayoutCampaign.Run(kind, mails, kills, seed, program, Console.Error.WriteLine);
        holds &= found.Holds;
        Console.WriteLine($"{kind}: {found.Payments} refunds, {kills} times kill -9, seed {seed}, {watch.Elapsed.TotalSeconds:N0} s; the provider was asked {found.Asked} times");
        Console.WriteLine($"  keys with a second effect {Show(found.Doubled)}, payments that are not as the statement has them {Show(found.Wrong)}");
        Console.WriteLine($"  the provider paid {found.ByProvider} twice itself and {found.Unpaid} not at all, against its word: all noticed; the books sum to {found.Books} and say {found.Booked} paid");
        continue;
    }

    var verdict = await KillCampaign.Run(new Campaign(kind, mails, mails, kills, seed, program) { KillsServers = servers }, Console.Error.WriteLine);
    holds &= verdict.Holds;
    Console.WriteLine($"{kind}: {verdict.HandedOver} mails ({mails} by SMTP, {mails} by IMAP, the rest answers), {kills} times kill -9 ({(servers ? "Amends, Dovecot, Postfix in turn" : "Amends")}), seed {seed}, {watch.Elapsed.TotalSeconds:N0} s");
    Console.WriteLine($"  lost {Show(verdict.Lost)}, duplicated {Show(verdict.Duplicated)}, in the wrong case {Show(verdict.Misplaced)}, not acknowledged exactly once {Show(verdict.WronglyAcknowledged)}, unexplained {verdict.Unexplained}");
    Console.WriteLine($"  second copies of outgoing mail: {verdict.CountedCopies} between DATA and 250 and counted, {Show(verdict.UncountedCopies)} others");
}

return holds ? 0 : 1;

static string Show(IReadOnlyList<string> tokens) => tokens.Count == 0 ? "0" : $"{tokens.Count} ({string.Join(' ', tokens.Take(10))})";
