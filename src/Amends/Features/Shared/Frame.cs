using System.Text.Json;
using Amends.Data;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Antiforgery;

namespace Amends.Features.Shared;

/// <summary>Loads the frame around every agents' page: who is signed in, how they like it, and how much waits where.</summary>
public sealed class Frame(Database database, StoredSettings settings, IAntiforgery antiforgery, TimeProvider clock)
{
    private const string ToastCookie = "amends-toast";
    private const int MostCounted = 999;

    /// <summary>The frame for this request. Reads only; the toast it shows is forgotten by its cookie.</summary>
    public async Task<Chrome> For(HttpContext context)
    {
        var me = context.User.Actor();
        var now = clock.GetUtcNow();
        var company = await settings.Company(context.RequestAborted);
        var endOfDay = TimeZoneInfo.ConvertTime(now, company.Zone()).Date.AddDays(1);
        var row = await database.Read(connection => connection.QuerySingleAsync<Row>(CountsSql, new
        {
            me.Id, MostCounted, Held = OutboxHold.Setting, now = now.ToUnixTimeMilliseconds(), today = new DateTimeOffset(endOfDay, company.Zone().GetUtcOffset(endOfDay)).ToUnixTimeMilliseconds(),
        }), context.RequestAborted);
        var likes = JsonSerializer.Deserialize<Preferences>(row.Preferences ?? "{}", JsonSerializerOptions.Web) ?? new Preferences();
        return new Chrome
        {
            Company = company.Name,
            Person = me.Name,
            Role = me.Role,
            Path = context.Request.Path,
            Counts = new Dictionary<string, int>
            {
                ["mine"] = row.Mine, ["team"] = row.Team, ["unassigned"] = row.Unassigned, ["overdue"] = row.Overdue, ["due"] = row.Due, ["with-customer"] = row.WithCustomer,
                ["follow-ups"] = row.FollowUps, ["quarantine"] = row.Quarantine, ["notices"] = row.Notices, ["second-look"] = row.SecondLook,
            },
            Token = antiforgery.GetAndStoreTokens(context).RequestToken,
            Available = row.Available == 1,
            Theme = likes.Theme,
            Comfortable = likes.Comfortable,
            SingleKeys = likes.SingleKeys,
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

    // Each count stops at MostCounted rows, so that the frame costs the same on a desk with a million cases.
    internal const string CountsSql =
        """
        select
            (select preferences from people where id = @Id) as preferences,
            (select value from settings where name = @Held) as held,
            (select available from people where id = @Id) as available,
            (select count(*) from (select 1 from cases where closed_at is null and owner_id = @Id limit @MostCounted) x) as mine,
            (select count(*) from (select 1 from cases where closed_at is null limit @MostCounted) x) as team,
            (select count(*) from (select 1 from cases where closed_at is null and owner_id is null limit @MostCounted) x) as unassigned,
            (select count(*) from (select 1 from cases where closed_at is null and next_contact_at < @now limit @MostCounted) x) as overdue,
            (select count(*) from (select 1 from cases where closed_at is null and next_contact_at < @today limit @MostCounted) x) as due,
            (select count(*) from (select 1 from cases where with_customer = 1 limit @MostCounted) x) as with_customer,
            (select count(*) from (select 1 from cases where stage = 6 limit @MostCounted) x) as follow_ups,
            (select count(*) from (select 1 from intake where state = 3 limit @MostCounted) x) as quarantine,
            (select count(*) from (select 1 from notices where person_id = @Id and read_at is null limit @MostCounted) x) as notices,
            (select count(*) from (select 1 from cases where second_look = 1 and closed_at is not null limit @MostCounted) x) as second_look
        """;

    private sealed class Row
    {
        public string? Preferences { get; init; }
        public string? Held { get; init; }
        public int Available { get; init; }
        public int Mine { get; init; }
        public int Team { get; init; }
        public int Unassigned { get; init; }
        public int Overdue { get; init; }
        public int Due { get; init; }
        public int WithCustomer { get; init; }
        public int FollowUps { get; init; }
        public int Quarantine { get; init; }
        public int Notices { get; init; }
        public int SecondLook { get; init; }
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
}
