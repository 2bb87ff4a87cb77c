using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amends.Data;
using Amends.Web;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>
/// Consents to read and send mail (OAuth 2.0, RFC 6749 with PKCE of RFC 7636, and RFC 8628 for another device). One node
/// renews a token at a time; what a provider says becomes a sentence that an owner can act on.
/// </summary>
public sealed class MailGrants(Database database, Secrets secrets, Leases leases, OAuthClient http, TimeProvider clock)
{
    private const string Purpose = "mail grant";

    /// <summary>A token is renewed this long before it ends, so that none ends inside a round.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SignIn = TimeSpan.FromMinutes(15);

    private sealed record Pending(string State, string Verifier, string Redirect, string? DeviceCode = null);

    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<MailGrant>> All(CancellationToken ct = default) =>
        (await database.Read(connection => connection.QueryAsync<MailGrant>("select * from mail_grants order by id"), ct)).AsList();

    /// <summary>Keeps a registration with which somebody is about to consent; returns it. The same account is changed.</summary>
    public async Task<MailGrant> Keep(MailGrant grant, string? secret)
    {
        var sealedSecret = string.IsNullOrEmpty(secret) ? null : secrets.Seal(secret, Purpose);
        var id = await database.Write(async unit =>
        {
            if (await unit.Value<long?>("select id from mail_grants where provider = @Provider and account = @Account", grant) is not { } known)
            {
                return await unit.Value<long>(
                    """
                    insert into mail_grants (provider, account, client_id, client_secret, authorize_url, token_url, device_url, scope, created_at)
                    values (@Provider, @Account, @ClientId, @sealedSecret, @AuthorizeUrl, @TokenUrl, @DeviceUrl, @Scope, @now) returning id
                    """, new { grant.Provider, grant.Account, grant.ClientId, sealedSecret, grant.AuthorizeUrl, grant.TokenUrl, grant.DeviceUrl, grant.Scope, now = Ms(clock.GetUtcNow()) });
            }

            // A kept secret goes only to the endpoint that it was given for.
            await unit.Run(
                """
                update mail_grants set client_secret = case when @sealedSecret is not null then @sealedSecret when client_id = @ClientId and token_url = @TokenUrl then client_secret end,
                    client_id = @ClientId, authorize_url = @AuthorizeUrl, token_url = @TokenUrl, device_url = @DeviceUrl, scope = @Scope where id = @known
                """, new { known, sealedSecret, grant.ClientId, grant.AuthorizeUrl, grant.TokenUrl, grant.DeviceUrl, grant.Scope });
            return known;
        });
        return (await Find(id, default))!;
    }

    /// <summary>Forgets a consent. Mailboxes that used it then say that they cannot sign in.</summary>
    public Task Remove(long id) => database.Write(unit => unit.Run("delete from mail_grants where id = @id", new { id }));

    /// <summary>Begins a consent by the browser; returns the provider's address to go to.</summary>
    /// <param name="grant">Which.</param>
    /// <param name="redirect">Our page that the provider sends the browser back to; it is registered there, too.</param>
    public async Task<string> Begin(MailGrant grant, string redirect)
    {
        var pending = new Pending($"{grant.Id}.{Word()}", Word(), redirect);
        await SetPending(grant.Id, pending, SignIn);
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = grant.ClientId, ["response_type"] = "code", ["redirect_uri"] = redirect, ["scope"] = grant.Scope, ["state"] = pending.State, ["login_hint"] = grant.Account,
            ["code_challenge"] = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(pending.Verifier))), ["code_challenge_method"] = "S256",
            ["prompt"] = "consent", ["access_type"] = grant.Provider == "google" ? "offline" : null, // without both, Google gives no refresh token the second time
        };
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(grant.AuthorizeUrl, query.Where(pair => pair.Value is not null));
    }

    /// <summary>Ends a consent by the browser with what the provider sent back.</summary>
    /// <returns><c>null</c> when it went well, otherwise one sentence.</returns>
    public async Task<string?> Finish(string state, string code, CancellationToken ct)
    {
        if (!long.TryParse(state.Split('.')[0], out var id) || await Find(id, ct) is not { } grant || Open(grant) is not { DeviceCode: null } pending
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(pending.State), Encoding.UTF8.GetBytes(state)))
            return "This consent was not begun here, or more than 15 minutes ago. Begin again.";
        await database.Write(unit => unit.Run("update mail_grants set pending = null where id = @id", new { id })); // once only
        return await Store(grant, await http.Tokens(grant.TokenUrl, With(grant, new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = pending.Redirect, ["code_verifier"] = pending.Verifier }), ct));
    }

    /// <summary>Begins a consent on another device; <c>null</c> when the provider gives no code.</summary>
    public async Task<OAuthDeviceCode?> BeginDevice(MailGrant grant, CancellationToken ct)
    {
        if (grant.DeviceUrl is null || await http.Device(grant.DeviceUrl, new Dictionary<string, string> { ["client_id"] = grant.ClientId, ["scope"] = grant.Scope }, ct) is not { } code)
            return null;
        await SetPending(grant.Id, new("", "", "", code.DeviceCode), code.ExpiresIn);
        return code;
    }

    /// <summary>Asks whether the consent on another device was given.</summary>
    /// <returns><c>null</c> when it was, otherwise one sentence.</returns>
    public async Task<string?> FinishDevice(long id, CancellationToken ct)
    {
        if (await Find(id, ct) is not { } grant || Open(grant) is not { DeviceCode: { } device })
            return "The code is no longer good. Begin again.";
        var answer = await http.Tokens(grant.TokenUrl, With(grant, new() { ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code", ["device_code"] = device }), ct);
        return answer.Error is "authorization_pending" or "slow_down" ? "The code was not confirmed yet. Type it in there, consent, and come back." : await Store(grant, answer);
    }

    /// <summary>A token that signs in now.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="refused">A token that a server has just refused; another is had then, whatever its end.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="MailGrantFailure">There is none to be had; the message says why.</exception>
    public async Task<(string Account, string Token)> Token(long id, string? refused, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            if (await Find(id, ct) is not { } grant)
                throw new MailGrantFailure("The consent that this account signed in with was removed. Connect it again under Settings, Mail.");
            if (grant.RefreshToken is null)
                throw new MailGrantFailure(grant.Error ?? $"Nobody has consented for {grant.Account} at {grant.ProviderName} yet. Connect it under Settings, Mail.");
            if (grant.AccessToken is { } kept && clock.GetUtcNow() + Early < DateTimeOffset.FromUnixTimeMilliseconds(grant.AccessUntil) && secrets.Open(kept, Purpose) is var token && token != refused)
                return (grant.Account, token);
            var lease = $"mail grant {id}";
            if (await leases.Take(lease, TimeSpan.FromSeconds(30), ct) is not { } epoch)
            {
                if (tries >= 50)
                    throw new MailGrantFailure($"Another node renews the sign-in of {grant.Account} and does not come to an end.");
                await Task.Delay(200, ct); // its token will do
                continue;
            }

            try
            {
                var answer = await http.Tokens(grant.TokenUrl, With(grant, new() { ["grant_type"] = "refresh_token", ["refresh_token"] = secrets.Open(grant.RefreshToken, Purpose) }), ct);
                if (await Store(grant, answer) is { } trouble)
                    throw new MailGrantFailure(trouble);
                return (grant.Account, answer.AccessToken!);
            }
            finally
            {
                await leases.Release(lease, epoch);
            }
        }
    }

    private async Task<MailGrant?> Find(long id, CancellationToken ct) => await database.Read(connection => connection.QuerySingleOrDefaultAsync<MailGrant>("select * from mail_grants where id = @id", new { id }), ct);

    private async Task<string?> Store(MailGrant grant, OAuthAnswer answer)
    {
        var trouble = answer.Error is null && answer.RefreshToken is null && grant.RefreshToken is null
            ? $"{grant.ProviderName} gave no lasting consent (no refresh token). Allow offline access for the registration, and connect again."
            : answer.Error is { } error ? Words(grant, error) : null;
        var (access, refresh) = (answer.AccessToken is { } token ? secrets.Seal(token, Purpose) : null, answer.RefreshToken is { Length: > 0 } lasting ? secrets.Seal(lasting, Purpose) : null);
        await database.Write(unit => unit.Run(
            """
            update mail_grants set error = @trouble, access_token = coalesce(@access, access_token), access_until = case when @access is null then access_until else @until end,
                refresh_token = coalesce(@refresh, refresh_token), pending = null where id = @Id
            """, new { grant.Id, trouble, access, refresh, until = Ms(clock.GetUtcNow() + answer.ExpiresIn) }));
        return trouble;
    }

    /// <summary>What is wrong and what helps.</summary>
    private static string Words(MailGrant grant, string error) => error switch
    {
        "invalid_grant" => $"{grant.ProviderName} no longer accepts the consent for {grant.Account}: it was withdrawn, has expired, or the password was changed. Connect the account again under Settings, Mail.",
        "invalid_client" or "unauthorized_client" => $"{grant.ProviderName} does not accept our client id or its secret: a secret ends after some months. Make a new one there, and type it in under Settings, Mail.",
        "invalid_scope" or "access_denied" or "consent_required" => $"{grant.ProviderName} does not allow mail to be read and sent for {grant.Account}. Its administrator has to allow the registration to use IMAP and SMTP.",
        "interaction_required" => $"{grant.ProviderName} wants {grant.Account} to sign in again, with a second factor perhaps. Connect the account again under Settings, Mail.",
        "expired_token" => "The code was not confirmed in time. Begin again.",
        "authorization_declined" => $"The consent for {grant.Account} was refused there.",
        "unreachable" => $"{grant.ProviderName} does not answer at {new Uri(grant.TokenUrl).Host}, so nobody can be signed in to the mailbox. It is tried again by itself.",
        "nonsense" => $"What answers at {new Uri(grant.TokenUrl).Host} is no token endpoint. Check the addresses under Settings, Mail.",
        _ => $"{grant.ProviderName} refused to sign {grant.Account} in ({string.Concat(error.Where(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_').Take(60))}).",
    };

    private Dictionary<string, string> With(MailGrant grant, Dictionary<string, string> fields)
    {
        fields["client_id"] = grant.ClientId;
        if (grant.ClientSecret is { } secret)
            fields["client_secret"] = secrets.Open(secret, Purpose);
        return fields;
    }

    private Task SetPending(long id, Pending pending, TimeSpan life) => database.Write(unit => unit.Run("update mail_grants set pending = @text, pending_until = @until where id = @id",
        new { id, text = secrets.Seal(JsonSerializer.Serialize(pending), Purpose), until = Ms(clock.GetUtcNow() + life) }));

    private Pending? Open(MailGrant grant) => grant.Pending is { } text && grant.PendingUntil >= Ms(clock.GetUtcNow()) ? JsonSerializer.Deserialize<Pending>(secrets.Open(text, Purpose)) : null;

    private static string Word() => Base64Url(RandomNumberGenerator.GetBytes(32));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}

/// <summary>No token is to be had; the message is one sentence for an owner.</summary>
public sealed class MailGrantFailure(string message) : Exception(message);
