using System.Net;

namespace Amends.Mail.Smtp;

/// <summary>Who sent a mail to whom, as the SMTP conversation said it; none of it is proven.</summary>
/// <param name="From">The return path; empty for a bounce.</param>
/// <param name="Recipients">The accepted recipients, in order, without doubles.</param>
/// <param name="Helo">The name the sender's program gave.</param>
/// <param name="Source">The address the connection came from.</param>
/// <param name="Tls">True when the mail came encrypted.</param>
/// <param name="Utf8">True when SMTPUTF8 (RFC 6531) was asked for.</param>
public sealed record SmtpEnvelope(string From, IReadOnlyList<string> Recipients, string Helo, IPAddress Source, bool Tls, bool Utf8);
