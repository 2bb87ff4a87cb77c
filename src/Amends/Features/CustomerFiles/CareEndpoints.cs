using Amends.Data;
using Amends.Domain;
using Amends.Domain.Customers;
using Amends.Domain.Handling;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.CustomerFiles;

/// <summary>What a customer told us once: the name they want, how they want to hear from us, their language, what they need, who acts for them.</summary>
public static class CareEndpoints
{
    private static readonly (string, string)[] Places =
        [("preferred_name", "PreferredName"), ("too_long", "PreferredName"), ("preferred_channel", "Channel"), ("language", "Language"), ("support_needs", "Needs"), ("agreed", "Agreed"), ("support_words", "SupportWords"), ("end_why", "EndWhy")];

    /// <summary>Maps the page and its forms.</summary>
    public static void MapCare(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/customers/{id:long}/care");
        group.MapGet("", (long id, HttpContext context, CustomerSubPages pages) => Show(context, pages, id, new(), null)).RequireAuthorization(Policies.Agent);
        Post(group, "/preferences", "Noted.", async (unit, id, fields, care, by, now) =>
        {
            var language = (fields.Language ?? "").Trim();
            if (language.Length > 35 || !language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') || language.Length is 1)
                throw new Refused("language", "Write the short form of the language, such as en, de or pt-BR.");
            await unit.Run("update customers set language = @language where id = @id", new { id, language = language.Length == 0 ? null : language });
            await care.SetPreferences(unit, id, fields.PreferredName, fields.ChannelChosen(), by, now);
        });
        Post(group, "/support", "Noted what they need.", (unit, id, fields, care, by, now) => care.SetNeeds(unit, id, fields.NeedsChosen(), fields.SupportWords, fields.Agreed == "on", by, now));
        Post(group, "/representative/end", "Nobody acts for them now.", (unit, id, fields, care, by, now) => care.EndRepresentative(unit, id, fields.EndWhy, by, now));
    }

    private static void Post(RouteGroupBuilder group, string path, string words, Func<Unit, long, CarePage.Fields, CustomerCare, Domain.People.Actor, DateTimeOffset, Task> work) =>
        group.MapForm(path, async (long id, [FromForm] CarePage.Fields? sent, HttpContext context, CustomerSubPages pages, CustomerCare care, Database database, TimeProvider clock) =>
        {
            var fields = sent ?? new(); // a form with nothing in it binds to nothing
            try
            {
                var whose = await database.Write(async unit =>
                {
                    var current = await Customers.Current(unit, id);
                    if (current is { } who)
                        await work(unit, who.Id, fields, care, context.User.Actor(), clock.GetUtcNow());
                    return current?.Id;
                });
                return whose is null ? TypedResults.NotFound() : CustomerSubPages.Back(context, $"/customers/{whose}", words);
            }
            catch (Refused no)
            {
                return await Show(context, pages, id, fields, no);
            }
        }).RequireAuthorization(Policies.Agent);

    private static async Task<IResult> Show(HttpContext context, CustomerSubPages pages, long id, CarePage.Fields fields, Refused? no) =>
        await pages.Load(context, id, no, Places) is { } page ? Html.Show<CarePage, CarePage.View>(new(page, fields), CustomerSubPages.StatusOf(page)) : TypedResults.NotFound();
}
