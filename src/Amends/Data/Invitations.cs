using System.Text.Json;
using Amends.Mail.Mime;
using Amends.Mail.Reading;

namespace Amends.Data;

/// <summary>Keeps the invitation of a message as one document.</summary>
public static class Invitations
{
    private const int Longest = 500;

    /// <summary>The document of a mail's invitation; <c>null</c> when it has none.</summary>
    public static string? DocumentOf(MailMessage mail) => Invitation.Of(mail) is not { } found ? null : JsonSerializer.Serialize(found with
    {
        Summary = Cut(found.Summary), Place = Cut(found.Place), Organiser = Cut(found.Organiser), Comment = Cut(found.Comment), Method = Cut(found.Method), Answer = Cut(found.Answer),
    });

    /// <summary>The invitation again.</summary>
    public static Invitation? Read(string? document) => document is null ? null : JsonSerializer.Deserialize<Invitation>(document);

    private static string Cut(string text) => Storable.Of(Domain.Texts.Cut(text, Longest));
}
