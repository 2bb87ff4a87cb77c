namespace Amends.Mail.Reading;

/// <summary>A mail's text, divided. Nothing is lost: what is not the reply or the signature is the elided part.</summary>
/// <param name="Reply">What the writer wrote this time.</param>
/// <param name="Elided">What was quoted, with its headings.</param>
/// <param name="Signature">The signature, with the line that begins it; empty where there is none.</param>
public sealed record ReplyParts(string Reply, string Elided, string Signature);
