using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Settings;

/// <summary>What the part of the page on trust shows.</summary>
/// <param name="Receiver">The receiving server that is believed.</param>
/// <param name="Dns">Who is asked for keys; <c>null</c> for nobody.</param>
/// <param name="Keys">The keys of our own signatures.</param>
public sealed record SenderModel(string Receiver, string? Dns, IReadOnlyList<DkimKeyRow> Keys);

/// <summary>Whom we believe about senders, and the keys that our own mail is signed with.</summary>
public static class SenderSettings
{
    private const string Page = "/settings/mail";
    private const int LongestName = 253;

    /// <summary>Maps the forms.</summary>
    public static void MapSenderSettings(this IEndpointRouteBuilder settings)
    {
        settings.MapPost("/mail/receiver", SaveReceiver);
        settings.MapPost("/mail/keys", MakeKey);
        settings.MapPost("/mail/keys/{id:long}/use", UseKey);
        settings.MapPost("/mail/keys/{id:long}/remove", RemoveKey);
    }

    private static async Task<IResult> SaveReceiver(HttpContext context, StoredSettings settings, MailPages pages, [FromForm] string? receiver)
    {
        var name = (receiver ?? "").Trim();
        if (name.Length > LongestName || name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is ';' or '"' or '(' or ')'))
            return await pages.Show(context, new() { Receiver = name, Errors = new Dictionary<string, string> { ["receiver"] = "Write the name as your server writes it, such as mx.example.com." } });
        await settings.Set(TrustSettings.Setting, new TrustSettings { Receiver = name });
        Frame.Say(context, name.Length == 0 ? "No server is believed about senders." : $"{name} is believed about senders.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> MakeKey(HttpContext context, StoredSettings settings, DkimKeys keys, MailPages pages)
    {
        try
        {
            await keys.Make((await settings.Company(context.RequestAborted)).MailFrom);
        }
        catch (Refused refused)
        {
            return await pages.Show(context, new() { Errors = new Dictionary<string, string> { [refused.Code] = refused.Message } });
        }

        Frame.Say(context, "The key is made. Publish its record, then let it sign.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> UseKey(HttpContext context, long id, SenderTrust trust, DkimKeys keys, MailPages pages, [FromForm] string? anyway)
    {
        if ((await keys.All(context.RequestAborted)).FirstOrDefault(each => each.Id == id) is not { } key)
            return TypedResults.NotFound();
        if (trust.Dns.IsOn && anyway is null && await DkimKeys.Published(trust.Dns, key, context.RequestAborted) is { } trouble)
            return await pages.Show(context, new() { KeySaid = trouble, KeyId = id });
        await keys.Use(id);
        Frame.Say(context, $"Mail from {key.Domain} is signed from now on.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> RemoveKey(HttpContext context, long id, DkimKeys keys)
    {
        await keys.Remove(id);
        Frame.Say(context, "The key is gone. Its record can go, too, once no mail signed with it is on its way.");
        return TypedResults.Redirect303(Page);
    }
}
