using System.Globalization;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Visits;
using Amends.Web;

namespace Amends.Features.Recovery;

/// <summary>A visit: times to choose from, the customer's choice, what was found, their word that it works, or that it did not take place.</summary>
public static class VisitEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapVisits(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/remedies/{id:int}/visit", (long number, int id, HttpContext context, RemedyPages pages) => pages.Visit(context, number, id)).RequireAuthorization(Policies.Agent);
        Post(app, "", "The customer chooses.", (@case, id, form, company, me, now) => @case.OfferVisit(id, [.. form["times"].Select(value => Time(value, company.Remedies.VisitRules(), "times"))], form["address"], company.Remedies.VisitRules(), me, company.Calendar(), now));
        Post(app, "/booking", "Agreed. The customer gets it in writing.", (@case, id, form, company, me, now) =>
            @case.BookVisit(id, Time(form["time"], company.Remedies.VisitRules(), "time"), form["address"], Channel.Phone, form["words"], company.Remedies.VisitRules(), me, company.Calendar(), now));
        Post(app, "/done", "Noted. Now it needs the customer's word.", (@case, id, form, _, me, now) => @case.EndVisit(id, form["diagnosis"], form["parts"], form["technician"], me, now));
        Post(app, "/sign-off", "Signed off.", (@case, id, form, _, me, now) => @case.SignOffVisit(id, form["via"] == "in_person" ? Channel.InPerson : Channel.Phone, form["words"], me, now));
        Post(app, "/missed", "Noted. The customer hears new times soon.", (@case, id, form, company, me, now) =>
            @case.MissVisit(id, form["whose"] == "ours" ? VisitMiss.Ours : form["whose"] == "theirs" ? VisitMiss.Theirs : 0, form["note"], me, company.Calendar(), now));
    }

    private static void Post(IEndpointRouteBuilder app, string what, string said, Action<Case, int, IFormCollection, Data.Company, Domain.People.Actor, DateTimeOffset> change) =>
        app.MapPost("/cases/{number:long}/remedies/{id:int}/visit" + what, async (long number, int id, HttpContext context, RemedyPages pages) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return await pages.Take(context, number, said, $"/cases/{number}/remedies/{id}/visit", (@case, _, company, now) =>
            {
                change(@case, id, form, company, context.User.Actor(), now);
                return Task.CompletedTask;
            }, no => pages.Visit(context, number, id, no));
        }).RequireAuthorization(Policies.Agent);

    private static VisitTime Time(string? value, VisitRules rules, string code) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) ? new VisitTime(from, from + rules.Length) : throw new Refused(code, "Choose one of the times that are shown.");
}
