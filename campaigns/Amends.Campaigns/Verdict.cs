using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Amends.Campaigns;

/// <summary>What plain SQL, the customers' server and the ledger say after everything has come to rest.</summary>
public sealed record Verdict
{
    /// <summary>Mails that Postfix took.</summary>
    public required int HandedOver { get; init; }

    /// <summary>Tokens that are in no case and not in quarantine.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Tokens that are there more than once, as a message, a case or a mail in quarantine.</summary>
    public required IReadOnlyList<string> Duplicated { get; init; }

    /// <summary>Answers that are not in the case of the mail that they answer.</summary>
    public required IReadOnlyList<string> Misplaced { get; init; }

    /// <summary>First mails whose sender got no acknowledgement, or two different ones.</summary>
    public required IReadOnlyList<string> WronglyAcknowledged { get; init; }

    /// <summary>Second copies of one outgoing mail, same bytes and Message-ID, where Amends counted no possible copy.</summary>
    public required IReadOnlyList<string> UncountedCopies { get; init; }

    /// <summary>Second copies from between DATA and 250, where nobody can know; each was counted by Amends.</summary>
    public required int CountedCopies { get; init; }

    /// <summary>Messages of customers in the database that nobody handed over.</summary>
    public required long Unexplained { get; init; }

    /// <summary>Nothing lost, nothing doubled, everything in its place.</summary>
    public bool Holds => Lost.Count + Duplicated.Count + Misplaced.Count + WronglyAcknowledged.Count + UncountedCopies.Count == 0 && Unexplained == 0;

    /// <summary>Compares.</summary>
    public static async Task<Verdict> Of(Ledger ledger, DbConnection database)
    {
        var messages = (await database.QueryAsync<(string Subject, long Number)>("select subject, case_number from messages where direction = 1")).ToLookup(row => TokenIn(row.Subject), row => row.Number);
        var cases = (await database.QueryAsync<(string Subject, long Number)>("select subject, number from cases")).ToLookup(row => TokenIn(row.Subject), row => row.Number);
        var held = await database.ExecuteScalarAsync<long>("select count(*) from intake where state = 3");
        var possible = (await database.QueryAsync<(string MailId, long Count)>("select mail_id, sum(possible_duplicates) from outbox group by mail_id")).ToDictionary(row => row.MailId, row => row.Count);

        List<string> lost = [], duplicated = [], misplaced = [], acknowledged = [], uncounted = [];
        var counted = 0;
        var sent = ledger.HandedOver;
        var mustBeHeld = sent.Where(mail => mail.Fate == Fate.Held).ToList();
        foreach (var mail in sent.Except(mustBeHeld))
        {
            var found = messages[mail.Token].ToList();
            if (found.Count == 0)
                lost.Add(mail.Token);
            if (found.Count > 1 || (mail.Fate == Fate.Case && cases[mail.Token].Count() > 1))
                duplicated.Add(mail.Token);
            if (mail.Answers is { } first && found.Count > 0 && found[0] != messages[first].FirstOrDefault())
                misplaced.Add(mail.Token);
            if (mail.Fate != Fate.Case)
                continue;

            var received = ledger.ReceivedBy(mail.Sender).CountBy(id => id).ToList();
            if (received.Count != 1)
                acknowledged.Add(mail.Token);
            foreach (var (id, copies) in received.Where(each => each.Value > 1))
            {
                if (possible.GetValueOrDefault(id) >= copies - 1)
                    counted += copies - 1;
                else
                    uncounted.Add(mail.Token);
            }
        }

        for (var missing = held; missing < mustBeHeld.Count; missing++)
            lost.Add("a mail without a sender");
        for (var more = mustBeHeld.Count; more < held; more++)
            duplicated.Add("a mail in quarantine");
        return new Verdict
        {
            HandedOver = sent.Count, Lost = lost, Duplicated = duplicated, Misplaced = misplaced, WronglyAcknowledged = acknowledged, UncountedCopies = uncounted, CountedCopies = counted,
            Unexplained = messages.Sum(each => each.Count()) - messages.Where(each => sent.Any(mail => mail.Token == each.Key)).Sum(each => each.Count()),
        };
    }

    /// <summary>Opens the database past Amends.</summary>
    public static async Task<DbConnection> Open(string kind, string url)
    {
        DbConnection connection;
        if (kind == "postgres")
        {
            var place = new Uri(url);
            connection = new NpgsqlConnection($"Host={place.Host};Port={place.Port};Username={place.UserInfo};Database={place.AbsolutePath[1..]};Pooling=false");
        }
        else
        {
            connection = new SqliteConnection($"Data Source={url["sqlite:".Length..]};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        }

        await connection.OpenAsync();
        return connection;
    }

    private static string TokenIn(string subject) => subject[(subject.LastIndexOf(' ') + 1)..];
}
