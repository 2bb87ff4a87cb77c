namespace Amends.Domain;

/// <summary>
/// The domain says no, in a sentence a person can act on. Edges turn it into a message beside the form (page) or a
/// problem with <see cref="Code"/> (JSON); it is never an internal error.
/// </summary>
/// <param name="code">A stable word for programs, such as <c>listen_first</c>.</param>
/// <param name="why">What is missing and what to do, for a person.</param>
public sealed class Refused(string code, string why) : Exception(why)
{
    /// <summary>A stable word for programs, such as <c>listen_first</c>.</summary>
    public string Code { get; } = code;
}
