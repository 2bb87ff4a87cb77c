using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.CustomerFiles;

/// <summary>Thanks both ways: what a customer thanked us for reaches the people it is about, and we thank a customer in a letter.</summary>
public static class ThanksEndpoints
{
    private const int Longest = 5000;
    private static readonly (string, string)[] Places = [("story", "Words"), ("people", "People"), ("letter", "Letter"), ("case", "About"), ("no_address", "About"), ("closed", "About")];

    /// <summary>Maps the page and its forms.</summary>
    public static void MapThanks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/customers/{id:long}/thanks", (long id, HttpContext context, CustomerSubPages pages, Database database) => Show(context, pages, database, id, new(), null)).RequireAuthorization(Policies.Reader);
        app.MapForm("/customers/{id:long}/thanks", Record).RequireAuthorization(Policies.Agent);
        app.MapForm("/customers/{id:long}/thanks/letter", Write).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Record(long id, [FromForm] ThanksPage.Fields? sent, HttpContext context, CustomerSubPages pages, CaseStore cases, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (company, me, now) = (await settings.Company(context.RequestAborted), context.User.Actor(), clock.GetUtcNow());
        try
        {
            var words = Said(fields.Words, "story", "Write down what they thanked us for, in their words.");
            var wanted = (fields.People ?? []).Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? person : 0).Distinct().ToList();
            var whose = await database.Write(async unit =>
            {
                if (await Customers.Current(unit, id) is not { } who)
                    return (long?)null;
                var channel = fields.Channel switch { "phone" => Channel.Phone, "letter" => Channel.Letter, _ => Channel.InPerson };
                var number = await Intake.Open(unit, cases, company, new NewCase(channel, CaseKind.Praise, "", words, who.Id, me, now, me), _ => new NewMessage(Direction.In, channel, who.Name, words, now));
                await cases.ChangeIn(unit, number, (@case, _) =>
                {
                    @case.CloseAsAnswered(1, me, now); // nobody waits for an answer, and nobody is dissatisfied
                    return Task.CompletedTask;
                });
                foreach (var person in wanted)
                {
                    if (await unit.Value<long?>("select id from people where id = @person and active = 1", new { person }) is null)
                        throw new Refused("people", "Somebody you chose does not work here any more.");
                    await Notices.Tell(unit, person, number, $"thanks:{number}", $"{who.Name} thanks you: “{Preview.Of(words)}”", now);
                }

                return who.Id;
            });
            return whose is null ? TypedResults.NotFound() : CustomerSubPages.Back(context, $"/customers/{whose}/thanks", wanted.Count == 0 ? "Written down." : "Written down, and passed on.");
        }
        catch (Refused no)
        {
            return await Show(context, pages, database, id, fields, no);
        }
    }

    private static async Task<IResult> Write(long id, [FromForm] ThanksPage.Fields? sent, HttpContext context, CustomerSubPages pages, CaseStore cases, Outbox outbox, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new();
        var (company, me, now) = (await settings.Company(context.RequestAborted), context.User.Actor(), clock.GetUtcNow());
        try
        {
            var words = Said(fields.Letter, "letter", "Write what you thank them for, in a sentence or two.");
            var about = long.TryParse(fields.About, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : 0;
            var whose = await database.Write(async unit =>
            {
                if (await Customers.Current(unit, id) is not { } who)
                    return (long?)null;
                if (await unit.Value<long?>("select number from cases where number = @about and customer_id = @customer", new { about, customer = who.Id }) is null)
                    throw new Refused("case", "Choose the case that it is about; the letter stands there.");
                await cases.ChangeIn(unit, about, async (@case, inside) =>
                {
                    var letter = NoBlank.Checked(PlainReply.For(company, about, @case.State, $"{Letters.Words.Hello(@case.State)}\n\n{words}", me.Name, withLink: false), @case.State);
                    @case.Thank(await outbox.Queue(inside, company, about, letter with { Subject = Letters.Words.Subject(about, @case.State, "Thank you") }, me, now), me, now);
                });
                return who.Id;
            });
            return whose is null ? TypedResults.NotFound() : CustomerSubPages.Back(context, $"/customers/{whose}/thanks", "Your thank-you is on its way.");
        }
        catch (Refused no)
        {
            return await Show(context, pages, database, id, fields, no);
        }
    }

    private static async Task<IResult> Show(HttpContext context, CustomerSubPages pages, Database database, long id, ThanksPage.Fields fields, Refused? no)
    {
        if (await pages.Load(context, id, no, Places) is not { } page)
            return TypedResults.NotFound();
        var view = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                """
                select c.number, c.preview, c.opened_at from cases c where c.customer_id = @id and c.kind = 5 order by c.opened_at desc limit 50;
                select c.number, c.subject from cases c where c.customer_id = @id order by c.number desc limit 50;
                select p.id, p.name from people p where p.active = 1 order by p.name
                """, new { id = page.Customer.Id });
            return new ThanksPage.View(page, fields, (await all.ReadAsync<ThanksRow>()).AsList(), (await all.ReadAsync<ThanksPage.CaseOf>()).AsList(), (await all.ReadAsync<ThanksPage.Colleague>()).AsList());
        }, context.RequestAborted);
        return Html.Show<ThanksPage, ThanksPage.View>(view, CustomerSubPages.StatusOf(page));
    }

    private static string Said(string? text, string code, string why) => text?.Replace("\0", "").Trim() is not { Length: > 0 } words ? throw new Refused(code, why)
        : words.Length > Longest ? throw new Refused(code, $"That is longer than {Longest} characters.") : words;
}
