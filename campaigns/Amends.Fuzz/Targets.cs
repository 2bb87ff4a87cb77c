using Amends.Fuzz.Fuzzing;

namespace Amends.Fuzz;

/// <summary>The kinds of <c>--kind</c>.</summary>
public static class Targets
{
    /// <summary>What the command line takes.</summary>
    public static readonly string[] Kinds = ["mime", "headers", "imap", "smtp", "html"];

    /// <summary>The targets of a kind: SMTP has two sides.</summary>
    public static IEnumerable<FuzzTarget> Of(string kind) => kind switch
    {
        "mime" => [new MailTarget()],
        "headers" => [new HeaderTarget()],
        "imap" => [new ImapTarget()],
        "smtp" => [new SmtpServerTarget(), new SmtpClientTarget()],
        "html" => [new HtmlTarget()],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };
}
