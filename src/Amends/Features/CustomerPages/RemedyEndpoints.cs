using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Domain.Visits;
using Amends.Features.Shared;
using Amends.Letters;

namespace Amends.Features.CustomerPages;

/// <summary>What a customer has to do with a remedy: print a label, choose when we come, say that it works.</summary>
public static class RemedyEndpoints
{
    /// <summary>Maps the pages, the files and the answers.</summary>
    public static void MapRemedies(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/return/{id:int}", (Visit visit, int id) => Of(visit, id) is { Return: not null } remedy ? Html.Show<ReturnPage, CustomerPage>(new CustomerPage(visit) { Remedy = remedy }) : TypedResults.NotFound());
        pages.MapGet("/return/{id:int}/label", Label);
        pages.MapGet("/visit/{id:int}", (Visit visit, int id) => Of(visit, id) is { Visit: not null } remedy ? Html.Show<VisitPage, CustomerPage>(new CustomerPage(visit) { Remedy = remedy }) : TypedResults.NotFound());
        pages.MapGet("/visit/{id:int}/calendar", Calendar);
        pages.MapPost("/visit/{id:int}", Choose);
        pages.MapPost("/visit/{id:int}/works", Works);
    }

    private static Remedy? Of(Visit visit, int id) => visit.State.Remedies.FirstOrDefault(each => each.Id == id);

    private static async Task<IResult> Label(Visit visit, int id, HttpContext context, Database database)
    {
        if (Of(visit, id)?.Return?.Label.File is not { } file)
            return TypedResults.NotFound();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(await Blobs.Get(database, file.Digest, context.RequestAborted), file.ContentType, file.Name);
    }

    private static IResult Calendar(Visit visit, int id) => Of(visit, id) is { Visit.Booked: not null } remedy
        ? TypedResults.File(RemedyLetter.Calendar(visit.Company, visit.Number, remedy, visit.Now), CalendarFile.ContentType, "visit.ics")
        : TypedResults.NotFound();

    private static Task<IResult> Choose(Visit visit, int id, IFormCollection form, CaseStore cases) => visit.Answer<VisitPage>(cases, form, "visit", async (@case, unit) =>
    {
        var rules = visit.Company.Remedies.VisitRules();
        if (!DateTimeOffset.TryParse(form["time"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
            throw new Refused("time", "Choose one of the times that are held for you.");
        var time = @case.State.Remedies.FirstOrDefault(each => each.Id == id)?.Visit?.Times.FirstOrDefault(each => each.From == from) is { } held && held != default ? held : new VisitTime(from, from + rules.Length);
        @case.BookVisit(id, time, form["address"], Channel.Page, null, rules, visit.Customer, visit.Company.Calendar(), visit.Now);
        var words = form["words"].ToString().Trim();
        if (words.Length > 2000)
            throw new Refused("words", "That is longer than 2000 characters.");
        if (words.Length > 0)
            await visit.Say(@case, unit, words);
    }, page => Task.FromResult(page with { Remedy = page.Visit.State.Remedies.FirstOrDefault(each => each.Id == id) }));

    private static Task<IResult> Works(Visit visit, int id, IFormCollection form, CaseStore cases) => visit.Answer<VisitPage>(cases, form, "works", (@case, _) =>
    {
        @case.SignOffVisit(id, Channel.Page, form["words"], visit.Customer, visit.Now);
        return Task.CompletedTask;
    }, page => Task.FromResult(page with { Remedy = page.Visit.State.Remedies.FirstOrDefault(each => each.Id == id) }));
}
