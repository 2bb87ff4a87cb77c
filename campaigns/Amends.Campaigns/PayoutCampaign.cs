using System.Collections.Concurrent;
using System.Diagnostics;
using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.Payments;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Servers;
using Amends.Web;
using Dapper;

namespace Amends.Campaigns;

/// <summary>
/// Refunds that are agreed to and wait to be paid; the program pays them through a provider that stalls, breaks off, says no and pays, says yes and does
/// not, and pays twice; and it is killed with SIGKILL again and again meanwhile. Afterwards the provider's statement, the cases and the books are compared.
/// </summary>
public static class PayoutCampaign
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>What was found.</summary>
    /// <param name="Payments">How many there were.</param>
    /// <param name="Asked">How often the provider was asked to pay.</param>
    /// <param name="Doubled">Keys with two effects, though the provider was honest with them.</param>
    /// <param name="Wrong">Payments whose state is not what the statement says.</param>
    /// <param name="ByProvider">Paid twice by the provider under one key; each was noticed.</param>
    /// <param name="Unpaid">Said to be paid, and were not; each was noticed.</param>
    /// <param name="Books">The sum of all lines of the books, minor units.</param>
    /// <param name="Booked">How many refunds the books say were paid.</param>
    public sealed record Found(int Payments, int Asked, IReadOnlyList<string> Doubled, IReadOnlyList<string> Wrong, int ByProvider, int Unpaid, long Books, long Booked)
    {
        /// <summary>One effect a key, or somebody was told; the books are as the statement.</summary>
        public bool Holds => Doubled.Count == 0 && Wrong.Count == 0 && Books == 0 && Booked == Payments - Unpaid;
    }

    /// <summary>Runs it.</summary>
    /// <param name="kind">sqlite or postgres.</param>
    /// <param name="payments">How many refunds.</param>
    /// <param name="kills">How often it is killed.</param>
    /// <param name="seed">Repeats the moments and the tricks.</param>
    /// <param name="program">The executable.</param>
    /// <param name="say">Takes what happens.</param>
    /// <exception cref="InvalidOperationException">It did not come to rest in time.</exception>
    public static async Task<Found> Run(string kind, int payments, int kills, int seed, string program, Action<string> say)
    {
        var folder = OwnProcess.Folder("payouts");
        try
        {
            var (tricks, pause) = (new ConcurrentDictionary<string, StripeTrick>(), new Random(seed + 1));
            await using var stripe = new FakeStripe { Trick = (key, tries) => TrickOf(tricks, seed, key, tries), Delay = () => { lock (pause) return pause.Next(0, 40); } };
            await using var app = new RunningAmends(program, folder, kind == "postgres" ? await PostgresServer.CreateDatabase() : null);
            var numbers = await Prepare(app, folder, stripe, payments);
            say($"{kind}: {payments} refunds wait to be paid");
            var chance = new Random(seed);
            app.Start();
            for (var kill = 1; kill <= kills; kill++)
            {
                await app.Answers("/healthz", TimeSpan.FromMinutes(2));
                await Task.Delay(chance.Next(0, 900));
                await app.Kill();
                app.Start();
                if (kill % 20 == 0)
                    say($"{kind}: kill {kill} of {kills}, asked {stripe.Asked} times so far");
            }

            await app.Answers("/readyz", TimeSpan.FromMinutes(2));
            await using var database = await Verdict.Open(kind, app.Database);
            var waited = Stopwatch.StartNew();
            while (await database.ExecuteScalarAsync<long>("select count(*) from payments where state in (1, 2, 3)") is > 0 and var left)
            {
                if (waited.Elapsed > Patience)
                    throw new InvalidOperationException($"It did not come to rest: {left} payments are still on their way.\n{app.Log[Math.Max(0, app.Log.Length - 4000)..]}");
                await Task.Delay(500);
            }

            return await Compare(database, stripe, tricks, numbers);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A third of the first tries, and a seventh of the second ones, meet a trick; what it is depends on the key alone.</summary>
    private static StripeTrick TrickOf(ConcurrentDictionary<string, StripeTrick> lies, int seed, string key, int tries)
    {
        var at = new Random(key.Split('-').SkipLast(1).Aggregate(seed + tries, (sum, part) => part.Aggregate(sum, (all, letter) => unchecked((all * 31) + letter)))).Next(0, 1000);
        var trick = (tries, at) switch
        {
            ( > 1, _) => StripeTrick.None,
            (_, < 80) => StripeTrick.HangsUpBefore,
            (_, < 160) => StripeTrick.HangsUpAfter,
            (_, < 200) => StripeTrick.BreaksAfter,
            (0, < 260) => StripeTrick.SaysNoAndPays,
            (0, < 280) => StripeTrick.Rubbish,
            (0, < 300) => StripeTrick.PaysTwice,
            (0, < 310) => StripeTrick.SaysPaidAndDoesNot,
            (0, < 313) => StripeTrick.Stalls,
            _ => StripeTrick.None,
        };
        if (trick is StripeTrick.PaysTwice or StripeTrick.SaysPaidAndDoesNot)
            lies[key] = trick;
        return trick;
    }

    private static async Task<IReadOnlyList<long>> Prepare(RunningAmends app, string folder, FakeStripe stripe, int payments)
    {
        await using var host = AmendsHost.Build(new Surroundings { Data = folder, Database = app.Database, Urls = "http://127.0.0.1:0", KeyFile = Path.Combine(folder, "keys", "amends.key") });
        await host.Prepare();
        var (settings, database, cases) = (host.Services.GetRequiredService<StoredSettings>(), host.Services.GetRequiredService<Database>(), host.Services.GetRequiredService<CaseStore>());
        var company = new Company { Name = "Kettle & Co", IsSetUp = true };
        await settings.Set(company);
        await settings.Set(PaymentSettings.Setting, new PaymentSettings { Provider = StripeRefunds.Key, StripeUrl = stripe.Url, StripeKey = host.Services.GetRequiredService<Secrets>().Seal(stripe.Key, StripeRefunds.Purpose) });
        await database.Write(unit => unit.Run("insert into people (name, email, email_key, role, created_at) values ('Ona', 'ona@desk.example', 'ona@desk.example', @role, 0)", new { role = (int)Role.Owner }));
        var (ona, now, calendar) = (Actor.Person(1, "Ona", Role.Owner), TimeProvider.System.GetUtcNow(), company.Calendar());
        var numbers = new List<long>(payments);
        for (var i = 0; i < payments; i++)
        {
            numbers.Add(await database.Write(async unit =>
            {
                var who = await Customers.Add(unit, "", $"Customer {i}", null, now);
                var @case = Case.Open(new Opening(Channel.Phone, CaseKind.Complaint, "The kettle leaks", "It leaks on the table.", who.Id, who.Name, ona), ona, calendar, now);
                var refund = new OptionRemedy(RemedyKind.Refund, "Money back", new Money(2000, "EUR"), now.AddDays(2));
                @case.CheckSafety(false, ona, now);
                @case.ResolveNow(new OnTheSpot("My money back", "The kettle leaks", "Tea in the morning", "The money back", refund, true, null, "Yes, please.", false, null, now.AddDays(9)), Channel.Phone, ona, calendar, now);
                @case.RequestPayment(1, StripeRefunds.Key, false, ona, now, FormattableString.Invariant($"pi_{i}"));
                return await cases.OpenIn(unit, @case);
            }));
        }

        return numbers;
    }

    private static async Task<Found> Compare(System.Data.Common.DbConnection database, FakeStripe stripe, ConcurrentDictionary<string, StripeTrick> lies, IReadOnlyList<long> numbers)
    {
        var states = (await database.QueryAsync<(long Number, string State)>("select number, state from cases")).ToDictionary(row => row.Number, row => CaseJson.State(row.State));
        var rows = (await database.QueryAsync<(long Number, int State)>("select case_number, state from payments")).ToDictionary(row => row.Number, row => (PaymentState)row.State);
        var told = (await database.QueryAsync<long>("select case_number from notices where text like 'A payment %'")).ToHashSet();
        List<string> doubled = [], wrong = [];
        var (byProvider, unpaid) = (0, 0);
        foreach (var number in numbers)
        {
            var key = Payment.KeyOf(number, 1);
            var lie = lies.FirstOrDefault(each => each.Key.StartsWith(key + "-", StringComparison.Ordinal)).Value;
            var effects = stripe.Statement(key).Count;
            var payment = states[number].Payments.Single();
            if (effects > 1 && lie == StripeTrick.PaysTwice)
                byProvider++;
            else if (effects > 1)
                doubled.Add(key);
            if (effects == 0)
                unpaid++;
            var isRight = rows[number] == payment.State && (effects == 0 ? payment.State == PaymentState.Failed && lie == StripeTrick.SaysPaidAndDoesNot : payment.State == PaymentState.Confirmed)
                && (effects == 1 || told.Contains(number));
            if (!isRight)
                wrong.Add($"{key}: {effects} effects, {payment.State}, {lie}");
        }

        return new Found(numbers.Count, stripe.Asked, doubled, wrong, byProvider, unpaid,
            await database.ExecuteScalarAsync<long>("select coalesce(sum(minor), 0) from ledger_lines"), await database.ExecuteScalarAsync<long>("select count(*) from ledger_lines where kind = 2 and minor > 0"));
    }
}
