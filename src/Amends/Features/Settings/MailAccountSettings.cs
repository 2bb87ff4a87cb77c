using Amends.Channels.Email;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Settings;

/// <summary>A registration at a provider as it is typed in.</summary>
public sealed record AccountFields
{
    public string? Provider { get; init; }
    public string? Account { get; init; }
    public string? ClientId { get; init; }
    public string? Secret { get; init; }
    public string? Tenant { get; init; }
    public string? AuthorizeUrl { get; init; }
    public string? TokenUrl { get; init; }
    public string? DeviceUrl { get; init; }
    public string? Scope { get; init; }

    /// <summary><c>browser</c> or <c>device</c>.</summary>
    public string? Way { get; init; }
}

/// <summary>How far a consent has come, and what is to do next.</summary>
public sealed record AccountStep
{
    public string? Said { get; init; }
    public bool Works { get; init; }
    public long GrantId { get; init; }
    public string? Provider { get; init; }

    /// <summary>The provider's page to go to. A link, for forms of ours lead to us alone.</summary>
    public string? Address { get; init; }

    /// <summary>What to type on another device.</summary>
    public OAuthDeviceCode? Code { get; init; }

    /// <summary>What the provider sent the browser back with.</summary>
    public string? ReturnedState { get; init; }
    public string? ReturnedCode { get; init; }
}

/// <summary>Consents of accounts at Microsoft, Google or another provider to read and send their mail.</summary>
public static class MailAccountSettings
{
    private const string Page = "/settings/mail";

    /// <summary>Maps the forms, and the page that a provider sends the browser back to.</summary>
    public static void MapMailAccounts(this IEndpointRouteBuilder settings)
    {
        settings.MapForm("/mail/accounts", Begin);
        settings.MapGet("/mail/accounts/return", Return);
        settings.MapPost("/mail/accounts/finish", Finish);
        settings.MapPost("/mail/accounts/{id:long}/code", FinishCode);
        settings.MapPost("/mail/accounts/{id:long}/removal", Remove);
    }

    private static async Task<IResult> Begin(HttpContext context, StoredSettings settings, MailGrants grants, MailPages pages, [FromForm] AccountFields? sent)
    {
        var fields = sent ?? new();
        var form = new MailForm { Account = fields };
        var usual = fields.Provider == "other" ? new MailGrant { Provider = "other" } : MailGrant.Of(fields.Provider ?? "microsoft", fields.Tenant);
        var grant = usual with
        {
            Account = Text(fields.Account) ?? "", ClientId = Text(fields.ClientId) ?? "", AuthorizeUrl = Text(fields.AuthorizeUrl) ?? usual.AuthorizeUrl, TokenUrl = Text(fields.TokenUrl) ?? usual.TokenUrl,
            DeviceUrl = Text(fields.DeviceUrl) ?? usual.DeviceUrl, Scope = Text(fields.Scope) ?? usual.Scope,
        };
        var returnUrl = await pages.ReturnUrl(context);
        var errors = new Dictionary<string, string>();
        if (grant.Account.Length is 0 or > 254 || grant.Account.Any(char.IsControl))
            errors["account-name"] = "Write the address of the account, such as complaints@example.com.";
        if (grant.ClientId.Length is 0 or > 300)
            errors["account-client"] = "Write the client id that the provider gave this desk when it was registered.";
        if (!OAuthClient.IsEndpoint(grant.AuthorizeUrl) || !OAuthClient.IsEndpoint(grant.TokenUrl) || (grant.DeviceUrl is not null && !OAuthClient.IsEndpoint(grant.DeviceUrl)))
            errors["account-authorize"] = "The provider's addresses begin with https://.";
        if (errors.Count > 0)
            return await pages.Show(context, form with { Errors = errors });
        if (returnUrl is null && fields.Way != "device")
            return await pages.Show(context, form with { Step = new() { Said = "Say under Company what the world calls this desk first; the provider sends the browser back to it." } });

        if ((await settings.Company(context.RequestAborted)).IsDemo)
            return await pages.Show(context, form with { Step = new() { Said = "This is the demo: no provider is asked." } });
        grant = await grants.Keep(grant, fields.Secret);
        if (fields.Way != "device")
            return await pages.Show(context, form with { Step = new() { GrantId = grant.Id, Provider = grant.ProviderName, Address = await grants.Begin(grant, returnUrl!), Said = $"One step is left: consent at {grant.ProviderName} as {grant.Account}.", Works = true } });
        return await grants.BeginDevice(grant, context.RequestAborted) is { } code
            ? await pages.Show(context, form with { Step = new() { GrantId = grant.Id, Provider = grant.ProviderName, Code = code } })
            : await pages.Show(context, form with { Step = new() { Said = $"{grant.ProviderName} gives no code for another device. Consent in this browser, or allow device codes for the registration there." } });
    }

    // The page changes nothing: a button of ours does, so that no other site can connect an account for us.
    private static Task<IResult> Return(HttpContext context, MailPages pages, string? state, string? code, string? error) => pages.Show(context, new()
    {
        Step = string.IsNullOrEmpty(state) || string.IsNullOrEmpty(code)
            ? new() { Works = true, Said = error is "access_denied" ? "The consent was refused there; nothing was connected." : "The provider sent no consent back. Begin again." }
            : new() { Works = true, Said = "The provider sent the consent.", ReturnedState = state, ReturnedCode = code },
    });

    private static async Task<IResult> Finish(HttpContext context, MailGrants grants, MailPages pages, [FromForm] string? state, [FromForm] string? code) =>
        await Ended(context, pages, await grants.Finish(state ?? "", code ?? "", context.RequestAborted));

    private static async Task<IResult> FinishCode(HttpContext context, long id, MailGrants grants, MailPages pages) => await Ended(context, pages, await grants.FinishDevice(id, context.RequestAborted));

    private static async Task<IResult> Remove(HttpContext context, long id, MailGrants grants)
    {
        await grants.Remove(id);
        Frame.Say(context, "The consent is forgotten here. It can be withdrawn at the provider, too.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> Ended(HttpContext context, MailPages pages, string? trouble)
    {
        if (trouble is not null)
            return await pages.Show(context, new() { Step = new() { Said = trouble } });
        Frame.Say(context, "The account is connected. Choose it where a mailbox or the outgoing server signs in.");
        return TypedResults.Redirect303(Page);
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
