namespace Amends.Letters;

/// <summary>Words for a customer, ready to be queued. The address of the customer's page is filled in when it is queued.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">The body, plain text; <see cref="Link"/> stands where the secure link goes.</param>
public sealed record Letter(string Subject, string Text)
{
    /// <summary>Stands for the secure link; a private character, so that nobody's words can hold it.</summary>
    public const string Link = "\uE8FF";

    /// <summary>Stands for a one-time code, which neither the conversation nor the search has.</summary>
    public const string CodeMark = "\uE8FE";

    /// <summary>Stands for the address with which the customer says no to letters that are not about a case; only the customer has it.</summary>
    public const string OffMark = "\uE8FD";

    /// <summary>Stands for what the addresses of our public pages begin with, without a slash at the end.</summary>
    public const string SiteMark = "\uE8FC";

    /// <summary>The address that goes where <see cref="OffMark"/> stands.</summary>
    public string? Off { get; init; }

    /// <summary>The one-time code that goes where <see cref="CodeMark"/> stands.</summary>
    public string? Code { get; init; }

    /// <summary>The body as HTML, or <c>null</c> for plain text alone; <see cref="Link"/> may stand in it, too.</summary>
    public string? Html { get; init; }

    /// <summary>Files to send along.</summary>
    public IReadOnlyList<LetterFile> Attachments { get; init; } = [];

    /// <summary>No person wrote it: it says so (RFC 3834) and must never be answered by a machine.</summary>
    public bool Automatic { get; init; }

    /// <summary>Whether it carries the customer's link.</summary>
    public bool WithLink => Text.Contains(Link, StringComparison.Ordinal) || Html?.Contains(Link, StringComparison.Ordinal) == true;
}

/// <summary>A file in a letter.</summary>
/// <param name="Name">As the customer sees it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record LetterFile(string Name, string ContentType, ReadOnlyMemory<byte> Content);
