using Amends.Data;
using Amends.Mail.Smtp;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>How letters that belong to no case leave: by which server, and what is kept of its answer. Their bytes are frozen in a row of a table before.</summary>
internal static class FrozenLetters
{
    private const int MostTries = 8;

    /// <summary>How to reach the outgoing server; <c>null</c> when letters wait: in the demo, after a restore, without a server or a consent.</summary>
    public static async Task<SmtpClientOptions?> Server(StoredSettings settings, Company company, Secrets secrets, MailGrants grants, CancellationToken ct)
    {
        if (company.IsDemo || await settings.Get<OutboxHold>(OutboxHold.Setting, ct) is not null || await settings.Get<OutgoingServer>(OutgoingServer.Setting, ct) is not { Host.Length: > 0 } server)
            return null;
        try
        {
            return await server.Options(secrets, company, grants, ct);
        }
        catch (MailGrantFailure)
        {
            return null; // whoever sends letters of cases tells the owner
        }
    }

    /// <summary>Keeps what the server said of a letter to one address.</summary>
    /// <param name="database">Where the letter is.</param>
    /// <param name="table">Its table: never typed by anybody.</param>
    /// <param name="letter">Which, and in which attempt.</param>
    /// <param name="outcome">What the server said.</param>
    /// <param name="now">Now.</param>
    public static Task Record(Database database, string table, (long Id, long Epoch, int Tries) letter, SmtpOutcome outcome, DateTimeOffset now)
    {
        var result = outcome.Recipients.Count > 0 ? outcome.Recipients[0].Result : outcome.Result;
        var state = result switch { SmtpResult.Accepted => 3, SmtpResult.Failed => 5, _ => letter.Tries >= MostTries ? 5 : 2 };
        return database.Write(unit => unit.Run(
            $"update {table} set state = @state, lease_until = 0, due_at = @due, reply = @reply, sent_at = case when @state = 3 then @now else sent_at end where id = @Id and epoch = @Epoch",
            new { letter.Id, letter.Epoch, state, now = now.ToUnixTimeMilliseconds(), due = (now + SendMail.PauseAfter(letter.Tries)).ToUnixTimeMilliseconds(), reply = Domain.Texts.Cut(outcome.Recipients.Count > 0 ? outcome.Recipients[0].Reply.ToString() : outcome.Text, 500) }));
    }
}
