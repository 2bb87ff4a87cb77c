using System.Collections;

namespace Amends.Mail.Mime;

/// <summary>One header field.</summary>
/// <param name="Name">The field's name as written.</param>
/// <param name="Raw">The value unfolded, encoded words left as they are.</param>
/// <param name="Value">The value unfolded with encoded words (RFC 2047) decoded.</param>
public sealed record MailHeader(string Name, string Raw, string Value);

/// <summary>The header fields of a mail or part in their order; names may repeat and are compared without case.</summary>
public sealed class MailHeaders(IReadOnlyList<MailHeader> fields) : IReadOnlyList<MailHeader>
{
    /// <summary>No fields.</summary>
    public static MailHeaders Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => fields.Count;

    /// <inheritdoc/>
    public MailHeader this[int index] => fields[index];

    /// <summary>The first field of that name, or null.</summary>
    public MailHeader? First(string name)
    {
        foreach (var field in fields)
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return field;
        }
        return null;
    }

    /// <summary>The decoded value of the first field of that name, or null.</summary>
    public string? Value(string name) => First(name)?.Value;

    /// <summary>All fields of that name, in order.</summary>
    public IEnumerable<MailHeader> All(string name) =>
        fields.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a field of that name stands here.</summary>
    public bool Has(string name) => First(name) is not null;

    /// <inheritdoc/>
    public IEnumerator<MailHeader> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
