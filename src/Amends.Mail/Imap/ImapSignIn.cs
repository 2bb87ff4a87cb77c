using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>Signs in the best way that both sides know: a token by SASL, or a password by SASL or LOGIN.</summary>
internal static class ImapSignIn
{
    /// <exception cref="ImapFailure">The server refused, cannot tell now, or offers no way that we know.</exception>
    public static async Task Run(ImapConnection connection, ImapClientOptions options, CancellationToken cancel)
    {
        try
        {
            if (options.AccessToken is { } token) await ByToken(connection, options, token, cancel).ConfigureAwait(false);
            else await ByPassword(connection, options, cancel).ConfigureAwait(false);
        }
        catch (WireFault fault)
        {
            throw new ImapFailure(fault.Trouble, fault.Message, "", fault);
        }
        catch (ImapFailure failure) when (failure.Trouble == MailTrouble.Refused && failure.Code is not ("UNAVAILABLE" or "INUSE" or "LIMIT" or "SERVERBUG"))
        {
            throw new ImapFailure(MailTrouble.CredentialsRefused,
                options.AccessToken is null ? $"{options.Host} did not accept the user name or password." : $"{options.Host} did not accept the sign-in of {options.User}: the consent may have ended, or IMAP is switched off for the account.", failure.Code, failure);
        }
    }

    private static async Task ByToken(ImapConnection connection, ImapClientOptions options, string token, CancellationToken cancel)
    {
        // A refusal comes as one more challenge that tells why; an empty answer, or "AQ==" (RFC 7628 §3.2.3), ends it.
        if (connection.Can("AUTH=XOAUTH2")) await Sasl("XOAUTH2", Wire.Sasl.XOAuth2(options.User, token), "").ConfigureAwait(false);
        else if (connection.Can("AUTH=OAUTHBEARER")) await Sasl("OAUTHBEARER", Wire.Sasl.OAuthBearer(options.User, token, options.Host, options.Port), "AQ==").ConfigureAwait(false);
        else throw new ImapFailure(MailTrouble.CredentialsRefused, $"{options.Host} does not take sign-ins by Microsoft's or Google's consent (XOAUTH2); use a password.");

        Task Sasl(string way, string first, string end) => connection.Can("SASL-IR")
            ? connection.Run($"AUTHENTICATE {way} {first}", cancel, more: [end])
            : connection.Run("AUTHENTICATE " + way, cancel, more: [first, end]);
    }

    private static async Task ByPassword(ImapConnection connection, ImapClientOptions options, CancellationToken cancel)
    {
        var plain = Sasl.Plain(options.User, options.Password);
        if (connection.Can("AUTH=PLAIN") && connection.Can("SASL-IR")) await connection.Run("AUTHENTICATE PLAIN " + plain, cancel).ConfigureAwait(false);
        else if (connection.Can("AUTH=PLAIN")) await connection.Run("AUTHENTICATE PLAIN", cancel, more: [plain]).ConfigureAwait(false);
        else if (!connection.Can("LOGINDISABLED")) await connection.Run($"LOGIN {ImapText.Quoted(options.User)} {ImapText.Quoted(options.Password)}", cancel).ConfigureAwait(false);
        else if (connection.Can("AUTH=LOGIN")) await connection.Run("AUTHENTICATE LOGIN", cancel, more: [Sasl.Base64(options.User), Sasl.Base64(options.Password)]).ConfigureAwait(false);
        else throw new ImapFailure(MailTrouble.CredentialsRefused, $"{options.Host} offers no way to sign in that we know.");
    }
}
