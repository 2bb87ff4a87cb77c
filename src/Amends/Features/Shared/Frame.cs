using System.Text.Json;
using Amends.Data;
using Amends.Web;
using Microsoft.AspNetCore.Antiforgery;

namespace Amends.Features.Shared;

/// <summary>Loads the frame around every agents' page: who is signed in, how they like it, and how much waits where.</summary>
public sealed class Frame(DeskNumbers numbers, StoredSettings settings, IAntiforgery antiforgery)
{
    private const string ToastCookie = "amends-toast";

    /// <summary>The frame for this request. Reads only; the toast it shows is forgotten by its cookie.</summary>
    public async Task<Chrome> For(HttpContext context)
    {
        var me = context.User.Actor();
        var company = await settings.Company(context.RequestAborted);
        var row = await numbers.For(me.Id, company.Zone(), context.RequestAborted);
        var likes = Preferences.Read(row.Preferences);
        return new Chrome
        {
            Company = company.Name,
            Person = me.Name,
            Role = me.Role,
            Path = context.Request.Path,
            Counts = row.Counts,
            Live = LivePosition.Of(context),
            Token = antiforgery.GetAndStoreTokens(context).RequestToken,
            Available = row.Available == 1,
            Theme = likes.Theme,
            Comfortable = likes.Comfortable,
            SingleKeys = likes.SingleKeys,
            Framework = likes.Framework,
            Demo = company.IsDemo,
            MailHeld = row.Held is not null,
            Toast = TakeToast(context),
        };
    }

    /// <summary>Words for the toast of the next page, with a way back where there is one.</summary>
    public static void Say(HttpContext context, string words, string? undoUrl = null) =>
        context.Response.Cookies.Append(ToastCookie, Uri.EscapeDataString(JsonSerializer.Serialize(new Toast(words, undoUrl))),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromSeconds(30), Path = "/" });

    private static Toast? TakeToast(HttpContext context)
    {
        if (context.Request.Cookies[ToastCookie] is not { } cookie)
            return null;
        context.Response.Cookies.Delete(ToastCookie);
        try
        {
            return JsonSerializer.Deserialize<Toast>(Uri.UnescapeDataString(cookie));
        }
        catch (JsonException)
        {
            return null; // somebody wrote their own cookie
        }
    }

}

/// <summary>How somebody likes the pages; the profile writes it as JSON into <c>people.preferences</c>.</summary>
public sealed record Preferences
{
    /// <summary><c>light</c>, <c>dark</c>, or empty to follow the system.</summary>
    public string Theme { get; init; } = "";

    /// <summary>Everything 15 % larger.</summary>
    public bool Comfortable { get; init; }

    /// <summary>Whether single keys act.</summary>
    public bool SingleKeys { get; init; } = true;

    /// <summary>The framework whose steps they see on a case, by its key; <c>null</c> for the company's.</summary>
    public string? Framework { get; init; }

    /// <summary>As it is stored.</summary>
    public static Preferences Read(string? stored) => JsonSerializer.Deserialize<Preferences>(stored ?? "{}", JsonSerializerOptions.Web) ?? new Preferences();

    /// <summary>Changes the framework alone.</summary>
    public static async Task SetFramework(Unit unit, long person, string? key)
    {
        var likes = Read(await unit.Value<string?>("select preferences from people where id = @person", new { person })) with { Framework = key };
        await unit.Run("update people set preferences = @likes where id = @person", new { person, likes = JsonSerializer.Serialize(likes, JsonSerializerOptions.Web) });
    }
}
