namespace Amends.Domain.Outreach;

/// <summary>A notice to customers who have the same thing and said nothing. The same words go to all; their name is put in.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Body">Its words; <see cref="NameMark"/> stands for the customer's name.</param>
public sealed record NoticeText(string Subject, string Body)
{
    /// <summary>Where the customer's name goes.</summary>
    public const string NameMark = "{name}";

    /// <summary>The longest subject and the longest words.</summary>
    public const int LongestSubject = 150, LongestBody = 4000;

    /// <summary>Fit to be sent.</summary>
    /// <exception cref="Refused"><c>subject</c> or <c>body</c>: empty, too long, or with a blank that nobody filled.</exception>
    public NoticeText Checked()
    {
        var (subject, body) = (Subject.Trim().ReplaceLineEndings(" "), Body.Trim().ReplaceLineEndings("\n"));
        if (subject.Length is 0 or > LongestSubject)
            throw new Refused("subject", subject.Length == 0 ? "Give it a subject that says what it is about." : $"A subject has {LongestSubject} characters at the most.");
        if (body.Length is 0 or > LongestBody)
            throw new Refused("body", body.Length == 0 ? "Write what you know, what they should do, and what you do." : $"Keep it under {LongestBody} characters.");
        var rest = subject + body.Replace(NameMark, "", StringComparison.Ordinal);
        if (rest.IndexOfAny(['{', '}']) >= 0 || rest.Contains("[[", StringComparison.Ordinal))
            throw new Refused(subject.IndexOfAny(['{', '}']) >= 0 ? "subject" : "body", $"A blank was left in it. Only {NameMark} is filled in, and only in the text.");
        return new(subject, body);
    }

    /// <summary>The words for one customer.</summary>
    /// <param name="name">Their name; "there" where it is not known.</param>
    public string For(string name) => Body.Replace(NameMark, name.Trim().Length == 0 ? "there" : name.Trim(), StringComparison.Ordinal);
}
