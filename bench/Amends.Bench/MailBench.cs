using System.Diagnostics;
using System.Text;
using Amends.Mail.Smtp;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Amends.Bench;

/// <summary>
/// Mails of 4 kB over several connections into the SMTP intake, until the last of them is found by the search: stored,
/// read, a case of its own, acknowledged. Beside it, what the same bytes cost as bare durable rows.
/// </summary>
public static class MailBench
{
    private const int MailBytes = 4096;
    private const int WarmUp = 1_000;
    private static readonly TimeSpan LimitLength = TimeSpan.FromSeconds(4);

    /// <summary>Measures it.</summary>
    public static async Task Run(string kind, Options options, Table table)
    {
        await using var place = await Place.On(kind, options);
        await place.Prepare(DataSet.AddCompany);
        var mails = Enumerable.Range(0, WarmUp + options.Mails).Select(Mail).ToList();
        var limitBefore = await InsertLimit.Measure(kind, place, mails, options.Connections, LimitLength);

        place.App.Start();
        await place.App.Answers("/readyz", TimeSpan.FromMinutes(2));
        await using var probe = await Connect(kind, place.App.Database);
        await Pour(place, mails, 0, WarmUp, options.Connections);
        await Found(kind, probe, WarmUp);
        if (kind == "postgres") // as it does by itself within a minute of the first mails
            await probe.ExecuteAsync("vacuum analyze", commandTimeout: 120, commandType: System.Data.CommandType.Text);
        var size = await place.Size();

        var busy = MemoryBench.Processor(place.App.Id);
        var watch = Stopwatch.StartNew();
        await Pour(place, mails, WarmUp, mails.Count, options.Connections);
        var stored = options.Mails / watch.Elapsed.TotalSeconds;
        await Found(kind, probe, mails.Count);
        var searchable = options.Mails / watch.Elapsed.TotalSeconds;
        busy = MemoryBench.Processor(place.App.Id) - busy;
        var resident = place.App.Resident / 1e6;
        var bytes = (await place.Size() - size) / (double)options.Mails;
        await place.App.Kill();

        // The disk is shared and its speed changes: the limit is taken on both sides of the measurement.
        await using var second = await Place.On(kind, options);
        var limit = (limitBefore + await InsertLimit.Measure(kind, second, mails, options.Connections, LimitLength)) / 2;
        table.Add(kind, $"mails to 250, {options.Connections} connections", stored, "/s", limit, "durable inserts /s");
        table.Add(kind, "mails to a case that search finds", searchable, "/s", limit, "durable inserts /s", 200);
        table.Add(kind, "the same, in hundredths of the durable inserts", 100 * searchable / limit, "%", target: 10);
        table.Add(kind, "processor time of the program a mail", busy.TotalMilliseconds / options.Mails, "ms");
        table.Add(kind, "bytes stored a mail: raw, case, acknowledgement, search", bytes, "bytes", MailBytes, "bytes of mail");
        table.Add(kind, "resident memory while taking mail", resident, "MB");
    }

    /// <summary>A mail from one of many senders at many domains, with a word of its own.</summary>
    private static byte[] Mail(int i)
    {
        var chance = new Random(i);
        var head = $"From: Customer {i} <customer{i}@c{i % 200}.example>\r\nTo: {DataSet.Ours}\r\nSubject: {DataSet.Text(chance, 5)}\r\nDate: Wed, 4 Mar 2026 09:59:00 +0000\r\n" +
            $"Message-ID: <{Guid.NewGuid():n}@c{i % 200}.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
        var mail = new StringBuilder(head).Append(TokenOf(i));
        while (mail.Length < MailBytes - 80)
            mail.Append("\r\n").Append(DataSet.Text(chance, 12));
        return Encoding.UTF8.GetBytes(mail.Append("\r\n").ToString());
    }

    private static string TokenOf(int i) => $"tk{i:d7}z";

    private static async Task Pour(Place place, List<byte[]> mails, int from, int to, int connections)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var client = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = place.App.SmtpPort, Security = SmtpSecurity.None });
            while (Interlocked.Increment(ref next) is var i && i < to)
            {
                var outcome = await client.Send($"customer{i}@c{i % 200}.example", [DataSet.Ours], mails[i], CancellationToken.None);
                if (outcome.Result != SmtpResult.Accepted)
                    throw new InvalidOperationException($"Mail {i} was not taken: {outcome.Text}");
            }
        })));
    }

    /// <summary>Waits until as many mails are in cases, and the newest are found by the search.</summary>
    private static async Task Found(string kind, System.Data.Common.DbConnection probe, int count)
    {
        var patience = Stopwatch.StartNew();
        while (await probe.ExecuteScalarAsync<long>("select count(*) from messages where direction = 1") < count)
        {
            await Task.Delay(100); // the count itself costs the database something
            if (patience.Elapsed > TimeSpan.FromMinutes(5))
                throw new InvalidOperationException("Not all mails became cases within five minutes.");
        }

        for (var i = Math.Max(0, count - 20); i < count; i++)
        {
            var sql = kind == "postgres" ? "select count(*) from search where words @@ to_tsquery('simple', @token)" : "select count(*) from search where search match @token";
            if (await probe.ExecuteScalarAsync<long>(sql, new { token = TokenOf(i) }) != 1)
                throw new InvalidOperationException($"{TokenOf(i)} is not found.");
        }
    }

    private static async Task<System.Data.Common.DbConnection> Connect(string kind, string url)
    {
        var place = new Uri(kind == "postgres" ? url : "x://x");
        System.Data.Common.DbConnection connection = kind == "postgres"
            ? new NpgsqlConnection($"Host={place.Host};Port={place.Port};Username={place.UserInfo};Database={place.AbsolutePath[1..]}")
            : new SqliteConnection($"Data Source={url["sqlite:".Length..]};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
