using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Amends.Commands.Listening;
using Amends.Data;
using Amends.Web;
using Microsoft.Data.Sqlite;

namespace Amends.Commands;

/// <summary>Every sub-command, a line each, and how one is found and run.</summary>
public static class AllCommands
{
    private const int Busy = 5, Locked = 6; // SQLite's result codes

    /// <summary>The commands in the order that <c>amends help</c> shows them.</summary>
    public static IReadOnlyList<Command> List { get; } =
    [
        new("serve", "", "starts Amends: pages, mail, jobs", Serve.Run),
        new("demo", "", "makes the demo company in an empty database", Demo.Run),
        new("demo reset", "", "starts the demo company over", Demo.Reset),
        new("mail send", "[--server HOST:PORT] [--from A] [--to A] WORDS", "sends a complaint, to try things out", SendMail.Run),
        new("user list", "", "who works here", User.List),
        new("user add", "EMAIL [--name NAME] [--role owner|manager|lead|agent|reader]", "invites somebody and prints the link", User.Add),
        new("user role", "EMAIL owner|manager|lead|agent|reader", "changes what somebody may do", User.ChangeRole),
        new("user reset", "EMAIL", "prints a link for a new password", User.Reset),
        new("user recover", "EMAIL [--name NAME]", "makes somebody an owner when no owner can sign in", User.Recover),
        new("token list", "", "the programs that may use the JSON interface", Token.List),
        new("token add", "NAME --scopes cases:read,cases:write,customers:read [--as EMAIL]", "makes a token and shows it once; with --as it acts for one of us", Token.Add),
        new("token revoke", "NUMBER", "a token that is not to work any more", Token.Revoke),
        new("mail read", "FILE… [--receiver NAME] [--signatures] | --manifest M --out P", "shows how a mail is read, and why", MailRead.Run),
        new("mail sanitize", "--in X --out P", "cleans HTML as mail is cleaned", MailSanitize.Run),
        new("mailbox add", "--address A [--name N] [--protocol imap|pop3] [--host H] [--port P] [--security tls|starttls|none] [--user U] [--folder F] [--move-to F] [--delete] [--start all|now]", "adds an address that mail comes in by", MailboxCommands.Add),
        new("mailbox list", "[--json]", "the mailboxes and how they are doing", MailboxCommands.List),
        new("mailbox test", "ADDRESS", "signs in to a mailbox and says what is wrong", MailboxCommands.Test),
        new("mailbox outgoing", "--host H [--port P] [--security starttls|tls|offered|none] [--user U]", "sets the server that takes our mail", MailboxCommands.Outgoing),
        new("import", "FILE.csv --orders|--customers|--calls|--stock|--spend|--mentions [--skip-bad]", "orders, customers, the telephone's list of calls, what is in stock, what finding customers costs or what is said in public from CSV", Import.Run),
        new("export", "[--customer ADDRESS] [--attachments] [--out FILE]", "everything, or about one customer, as JSONL", Export.Run),
        new("export ledger", "[--from DAY] [--to DAY] [--map NAME] [--format csv|json] [--out FILE]", "the books, for an accounting program", ExportLedger.Run),
        new("listening export", "--out FILE", "what people here read in messages, for the next training", ListeningExport.Run),
        new("listening train", "--data DIR --out FILE [--own DIR] [--corrections FILE]", "makes the model that hears how upset a text is", ListeningTrain.Run),
        new("listening score", "--in X --out P [--model FILE]", "how upset each text of a file is", ListeningScore.Run),
        new("listening evaluate", "--data DIR [--own DIR] [--model FILE]", "measures how well it hears", ListeningEvaluate.Run),
        new("reports rebuild", "", "counts everything for the reports again", Reports.Rebuild),
        new("backup", "[FILE]", "everything into one file, while Amends runs", Backup.Run),
        new("restore", "FILE [--replace] [--send-waiting] [--quiet]", "a backup into an empty database", Restore.Run),
        new("verify", "", "whether every event, every stored file and every line of the books is as it was written", Verify.Run),
        new("doctor", "", "looks at everything and says what to do next", Doctor.Run),
        new("migrate", "", "brings the database up to date and ends", Migrate.Run),
        new("help", "", "this list", _ => Task.FromResult(Help.Print())),
    ];

    /// <summary>Runs the command that the words name; without words, <c>serve</c>.</summary>
    /// <param name="args">The words of the command line.</param>
    /// <param name="settings">Where settings come from; not read yet, since that can fail, too.</param>
    /// <param name="errors">Takes the one sentence on what went wrong; the console's error output when not given.</param>
    /// <returns>The exit code, as <see cref="Command.Run"/> says.</returns>
    public static async Task<int> Run(string[] args, IConfigurationBuilder settings, TextWriter? errors = null)
    {
        errors ??= Console.Error;
        var words = args.Length == 0 ? ["serve"] : args;
        var command = List.OrderByDescending(each => each.Name.Length)
            .FirstOrDefault(each => words.Take(each.Name.Split(' ').Length).SequenceEqual(each.Name.Split(' ')));
        if (command is null)
            return await Say(CommandLine.Wrong, $"amends: {Unknown(words[0])}");

        try
        {
            var rest = words[command.Name.Split(' ').Length..];
            var code = command.Takes(rest) ? await command.Run(new CommandLine(rest, Surroundings.From(Built(settings)))) : CommandLine.Wrong;
            return code == CommandLine.Wrong ? await Say(code, $"usage: amends {command.Name} {command.Usage}".TrimEnd()) : code;
        }
        catch (Exception failure) when (Known(failure) is { } known)
        {
            return await Say(known.Code, $"amends: {known.Sentence}");
        }

        async Task<int> Say(int code, string sentence)
        {
            await errors.WriteLineAsync(sentence);
            return code;
        }
    }

    /// <summary>What a failure of the surroundings means; <c>null</c> for a fault of the program, whose trace is wanted.</summary>
    private static (int Code, string Sentence)? Known(Exception failure) => failure switch
    {
        DbException { IsTransient: true } or TimeoutException or SqliteException { SqliteErrorCode: Busy or Locked } =>
            (CommandLine.TryAgain, $"the database does not answer (see AMENDS_DATABASE): {failure.Message.Split('\n')[0]}"),
        BadSetting or Domain.Refused or IOException or UnauthorizedAccessException or DbException => (CommandLine.Failed, failure.Message),
        JsonException or FormatException or InvalidDataException => (CommandLine.Failed, $"what it was given cannot be read. {failure.Message}"),
        CryptographicException => (CommandLine.Failed, "the key file is another than the one that the stored secrets were sealed with, or a secret is damaged; see AMENDS_KEY_FILE and amends doctor."),
        _ => null,
    };

    private static IConfigurationRoot Built(IConfigurationBuilder settings)
    {
        try
        {
            return settings.Build();
        }
        catch (InvalidDataException wrong)
        {
            throw new BadSetting("amends.json", $"cannot be read: {wrong.GetBaseException().Message.TrimEnd('.')}");
        }
    }

    private static string Unknown(string word) => List.Where(each => each.Name.StartsWith(word + ' ', StringComparison.Ordinal)).Select(each => each.Name[(word.Length + 1)..]).ToList() is { Count: > 0 } verbs
        ? $"{word} needs one of {string.Join(", ", verbs)}; amends help explains them"
        : $"there is no command {word}; amends help lists them";
}
