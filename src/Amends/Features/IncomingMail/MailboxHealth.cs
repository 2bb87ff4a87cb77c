using Amends.Channels.Email;

namespace Amends.Features.IncomingMail;

/// <summary>How a mailbox is, in a word and its colour.</summary>
internal static class MailboxHealth
{
    /// <summary>The worst that can be said of it.</summary>
    public static (string Words, string Colour) Of(Mailbox box, MailboxAccount account) =>
        !box.Active ? ("switched off", "grey")
        : box.Error is not null ? ("fails", "red")
        : account.NotStored > 0 ? ($"{account.NotStored:N0} not stored", "red")
        : !account.AddsUp ? ("does not add up", "red")
        : account.Quarantined > 0 ? ("somebody is needed", "amber")
        : ("well", "green");
}
