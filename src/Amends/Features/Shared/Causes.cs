using Amends.Data;
using Amends.Domain.Causes;

namespace Amends.Features.Shared;

/// <summary>What a case can be put down to: processes and things, never people. What holds at a desk is <see cref="Domain.Contents.ContentInForce.Causes"/>.</summary>
public static class Causes
{
    /// <summary>Stable code and words of the set that ships, in the order of the list, without what is retired.</summary>
    public static IReadOnlyList<(string Code, string Words)> All { get; } = [.. ContentFiles.AsShipped.Causes.Offered.Select(line => (line.Code, line.Words))];

    /// <summary>A code that may be given now; <c>null</c> for an empty field, which counts as unknown.</summary>
    /// <param name="set">The causes that hold.</param>
    /// <param name="typed">What was chosen.</param>
    /// <param name="kept">What the case has already.</param>
    /// <exception cref="Domain.Refused"><c>cause</c>: there is no such one, or it is retired.</exception>
    public static string? Chosen(CodeSet set, string? typed, string? kept = null) => set.Chosen(typed, kept, ("cause", "Choose one of the causes; “unknown” is a fair answer."));
}
