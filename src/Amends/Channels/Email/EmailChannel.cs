using Amends.Data;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>Electronic mail, in and out: what it needs.</summary>
public static class EmailChannel
{
    /// <summary>Adds the channel.</summary>
    public static void AddEmail(this IServiceCollection services)
    {
        services.AddSingleton<MailTokens>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Mailboxes>();
        services.AddSingleton<OAuthClient>();
        services.AddSingleton<MailGrants>();
        services.AddSingleton<MailLedger>();
        services.AddSingleton<SenderTrust>();
        services.AddSingleton<DkimKeys>();
        services.AddSingleton<TakeMail>();
        services.AddLoop<ReadMail>();
        services.AddLoop<FetchMail>();
        services.AddLoop<SendMail>();
        services.AddLoop<SendNotices>();
        services.AddSingleton<ReportMailDesk>();
        services.AddLoop<SendReports>();
        services.AddSingleton<SmtpIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<SmtpIntake>());
    }
}
