using System.Security.Cryptography;
using System.Text.Json;
using Amends.Data;
using Amends.Web;

namespace Amends.Commands;

/// <summary>Every sub-command, a line each, and how one is found and run.</summary>
public static class AllCommands
{
    /// <summary>The commands in the order that <c>amends help</c> shows them.</summary>
    public static IReadOnlyList<Command> List { get; } =
    [
        new("serve", "", "starts Amends: pages, mail, jobs", Serve.Run),
        new("demo", "", "makes the demo company in an empty database", Demo.Run),
        new("demo reset", "", "starts the demo company over", Demo.Reset),
        new("mail send", "[--server HOST:PORT] [--from A] [--to A] WORDS", "sends a complaint, to try things out", SendMail.Run),
        new("user list", "", "who works here", User.List),
        new("user add", "EMAIL [--name NAME] [--role ROLE]", "invites somebody and prints the link", User.Add),
        new("user role", "EMAIL ROLE", "changes what somebody may do", User.ChangeRole),
        new("user reset", "EMAIL", "prints a link for a new password", User.Reset),
        new("user recover", "EMAIL [--name NAME]", "makes somebody an owner when no owner can sign in", User.Recover),
        new("token list", "", "the programs that may use the JSON interface", Token.List),
        new("token add", "NAME --scopes cases:read,cases:write,customers:read", "makes a token and shows it once", Token.Add),
        new("token revoke", "NUMBER", "a token that is not to work any more", Token.Revoke),
        new("mail read", "FILE… | --manifest M --out P", "shows how a mail is read, and why", MailRead.Run),
        new("mail sanitize", "--in X --out P", "cleans HTML as mail is cleaned", MailSanitize.Run),
        new("mailbox add", "--address A [--host H …]", "adds an address that mail comes in by", MailboxCommands.Add),
        new("mailbox list", "[--json]", "the mailboxes and how they are doing", MailboxCommands.List),
        new("mailbox test", "ADDRESS", "signs in to a mailbox and says what is wrong", MailboxCommands.Test),
        new("mailbox outgoing", "--host H [--port P …]", "sets the server that takes our mail", MailboxCommands.Outgoing),
        new("import", "FILE.csv --orders|--customers [--skip-bad]", "orders or customers from CSV", Import.Run),
        new("export", "[--customer ADDRESS] [--attachments] [--out FILE]", "everything, or about one customer, as JSONL", Export.Run),
        new("backup", "[FILE]", "everything into one file, while Amends runs", Backup.Run),
        new("restore", "FILE [--replace] [--send-waiting] [--quiet]", "a backup into an empty database", Restore.Run),
        new("verify", "", "whether every event and every stored file is as it was written", Verify.Run),
        new("doctor", "", "looks at everything and says what to do next", Doctor.Run),
        new("migrate", "", "brings the database up to date and ends", Migrate.Run),
        new("help", "", "this list", _ => Task.FromResult(Help.Print())),
    ];

    /// <summary>Runs the command that the words name; without words, <c>serve</c>.</summary>
    public static async Task<int> Run(string[] args, IConfiguration settings)
    {
        var words = args.Length == 0 ? ["serve"] : args;
        var command = List.OrderByDescending(each => each.Name.Length)
            .FirstOrDefault(each => words.Take(each.Name.Split(' ').Length).SequenceEqual(each.Name.Split(' ')));
        if (command is null)
        {
            await Console.Error.WriteLineAsync($"amends: there is no command {words[0]}; amends help lists them");
            return CommandLine.Wrong;
        }

        try
        {
            return await command.Run(new CommandLine(words[command.Name.Split(' ').Length..], Surroundings.From(settings)));
        }
        catch (Exception failure) when (failure is BadSetting or Domain.Refused or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync($"amends: {failure.Message}");
            return 1;
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"amends: what it was given cannot be read. {failure.Message}");
            return 1;
        }
        catch (CryptographicException)
        {
            await Console.Error.WriteLineAsync("amends: the key file is another than the one that the stored secrets were sealed with, or a secret is damaged; see AMENDS_KEY_FILE and amends doctor.");
            return 1;
        }
    }
}
