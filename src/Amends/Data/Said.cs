namespace Amends.Data;

/// <summary>What a message says, as the chain of its case covers it.</summary>
internal sealed class Said
{
    /// <summary>Reads it; <c>@message</c> is the message's id.</summary>
    public const string Query = "select author_name, subject, text, elided, html from messages where id = @message";

    public string AuthorName { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Text { get; init; } = "";
    public string Elided { get; init; } = "";
    public string? Html { get; init; }

    /// <summary>All of it in one text. NUL parts the pieces: no stored text has one.</summary>
    public string Words => string.Join('\0', AuthorName, Subject, Text, Elided, Html);
}
