using Amends.Domain;
using Amends.Mail.Mime;
using Amends.Mail.Smtp;
using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends mail send</c>: a complaint by SMTP, as a customer's mail program would send it; for trying things out.</summary>
public static class SendMail
{
    /// <summary>Sends one mail with the words of the command line as its text.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        var words = line.Args.Where((word, i) => !word.StartsWith("--", StringComparison.Ordinal) && (i == 0 || !line.Args[i - 1].StartsWith("--", StringComparison.Ordinal))).ToList();
        if (words.Count == 0)
            return CommandLine.Wrong;

        var at = line.Option("--server") ?? line.Surroundings.SmtpListen?.ToString() ?? "127.0.0.1:2525";
        if (!Uri.TryCreate($"smtp://{at}", UriKind.Absolute, out var server) || server.Port <= 0)
            throw new Refused("server", $"{at} is no server with a port, such as 127.0.0.1:2525.");
        var (from, to) = (line.Option("--from") ?? "somebody@mail.example", line.Option("--to") ?? "service@northwind-home.example");
        var text = string.Join(' ', words);
        var mail = MimeWriter.Write(new OutgoingMail
        {
            From = new MailAddress("", from), To = [new MailAddress("", to)], Subject = text, Text = text, Date = DateTimeOffset.Now, MessageId = $"{Guid.NewGuid():n}@mail.example",
        });
        await using var client = new SmtpClient(new SmtpClientOptions { Host = server.DnsSafeHost, Port = server.Port, Security = SmtpSecurity.None });
        var outcome = await client.Send(from, [to], mail, CancellationToken.None);
        if (outcome.Result != SmtpResult.Accepted)
        {
            await Console.Error.WriteLineAsync($"amends: {outcome.Text}");
            return outcome.Result == SmtpResult.Failed ? CommandLine.Failed : CommandLine.TryAgain;
        }

        Console.WriteLine("Taken in. It becomes a case in a moment; its acknowledgement is in the outbox.");
        return 0;
    }
}
