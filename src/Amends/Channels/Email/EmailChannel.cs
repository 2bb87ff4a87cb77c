using Amends.Data;

namespace Amends.Channels.Email;

/// <summary>Electronic mail, in and out: what it needs.</summary>
public static class EmailChannel
{
    /// <summary>Adds the channel.</summary>
    public static void AddEmail(this IServiceCollection services)
    {
        services.AddSingleton<MailTokens>();
        services.AddSingleton<Outbox>();
    }
}
