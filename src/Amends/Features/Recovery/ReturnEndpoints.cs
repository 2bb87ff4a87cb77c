using System.Globalization;
using Amends.Adapters.Carriers;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>What a customer sends back: its label, where the parcel is, and what was in it.</summary>
public static class ReturnEndpoints
{
    private const int MostBytes = 5 * 1024 * 1024;

    /// <summary>Maps the page and what it posts.</summary>
    public static void MapReturns(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/remedies/{id:int}/return", (long number, int id, HttpContext context, RemedyPages pages) => pages.Return(context, number, id)).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/remedies/{id:int}/return/label", Download).RequireAuthorization(Policies.Reader);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/return", Issue).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/return/carrier", AskCarrier).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/return/scan", Scan).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/return/inspection", Inspect).RequireAuthorization(Policies.Agent);
    }

    /// <summary>A label's bytes as a file; never shown inside our pages.</summary>
    internal static async Task<IResult> File(HttpContext context, Database database, ReturnState? parcel)
    {
        if (parcel?.Label.File is not { } file)
            return TypedResults.NotFound();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(await Blobs.Get(database, file.Digest, context.RequestAborted), file.ContentType, file.Name);
    }

    private static async Task<IResult> Download(long number, int id, HttpContext context, Database database, CaseStore cases) =>
        await File(context, database, (await cases.Find(number, context.RequestAborted))?.Remedies.FirstOrDefault(each => each.Id == id)?.Return);

    private static async Task<IResult> Issue(long number, int id, HttpContext context, RemedyPages pages, StoredSettings settings)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var company = await settings.Company();
        Task<IResult> Again(Refused no) => pages.Return(context, number, id, no);
        try
        {
            var file = await Label(form.Files);
            var expires = string.IsNullOrWhiteSpace(form["expires"]) ? throw new Refused("expires", "Say until when the label is good.") : LocalTime.Parse(form["expires"] + "T23:59", company.Zone(), "expires");
            return await pages.Take(context, number, "The customer gets the label.", $"/cases/{number}/remedies/{id}/return", async (@case, unit, _, now) =>
            {
                var had = @case.State.Remedies.FirstOrDefault(each => each.Id == id)?.Return;
                var kept = file is null ? had?.Label.File : new LabelFile(file.Name, file.ContentType, await Blobs.Put(unit, file.Content));
                var label = new ReturnLabel(form["carrier"].ToString(), form["tracking"].ToString(), kept, form["instructions"].ToString().ReplaceLineEndings("\n"), expires);
                @case.IssueReturn(id, label, had is null ? await RemedyDesk.NextReturn(unit) : 0, context.User.Actor(), now);
            }, Again);
        }
        catch (Refused no)
        {
            return await Again(no);
        }
    }

    /// <summary>Has the carrier make the label, outside any transaction; asked again it gives the same one.</summary>
    private static async Task<IResult> AskCarrier(long number, int id, [FromForm] string? carrier, HttpContext context, RemedyPages pages, CarrierLabels labels, CaseStore cases, StoredSettings settings)
    {
        var set = (await settings.Company()).Remedies;
        Task<IResult> Again(Refused no) => pages.Return(context, number, id, no);
        try
        {
            if (set.CarrierUrl.Length == 0)
                throw new Refused("carrier_off", "No carrier's program is set up. Add the label yourself.");
            if (await cases.Find(number, context.RequestAborted) is not { } state || state.Remedies.FirstOrDefault(each => each.Id == id) is not { Kind: RemedyKind.Return } remedy)
                return TypedResults.NotFound();
            if (remedy.Return is not null)
                throw new Refused("scanned", "This return has its label already.");
            var label = await labels.Ask(set, number, id, context.RequestAborted);
            var packed = Blobs.Prepare(label.Content);
            return await pages.Take(context, number, "The carrier made the label, and the customer gets it.", $"/cases/{number}/remedies/{id}/return", async (@case, unit, _, now) =>
            {
                if (@case.State.Remedies.FirstOrDefault(each => each.Id == id)?.Return is not null)
                    return; // pressed twice
                var file = new LabelFile(label.ContentType == "image/png" ? "label.png" : "label.pdf", label.ContentType, await Blobs.Put(unit, packed));
                @case.IssueReturn(id, new ReturnLabel(label.Carrier, label.Tracking, file, set.ReturnInstructions, label.ExpiresAt ?? now.AddDays(set.LabelDays)), await RemedyDesk.NextReturn(unit), context.User.Actor(), now);
            }, Again);
        }
        catch (Refused no)
        {
            return await Again(no);
        }
    }

    private static async Task<Upload?> Label(IFormFileCollection files)
    {
        var sent = await Upload.Read(files);
        if (sent.Count > 1)
            throw new Refused("files", "A parcel has one label. Add one file.");
        if (sent.Count == 0)
            return null;
        if (sent[0].ContentType is not ("application/pdf" or "image/png"))
            throw new Refused("files", $"{sent[0].Name} is no label that can be printed everywhere. Add a PDF or a PNG.");
        return sent[0].Content.Length <= MostBytes ? sent[0] : throw new Refused("files", $"{sent[0].Name} is larger than 5 MB. A label is smaller.");
    }

    private static async Task<IResult> Scan(long number, int id, HttpContext context, RemedyPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        Task<IResult> Again(Refused no) => pages.Return(context, number, id, no);
        return await pages.Take(context, number, "Noted. The customer hears it, and what waited for it is due.", $"/cases/{number}/delivery", (@case, _, company, now) =>
        {
            var at = string.IsNullOrWhiteSpace(form["scanned_at"]) ? now : LocalTime.Parse(form["scanned_at"], company.Zone(), "scanned_at");
            var step = form["step"] == "received" ? RemedyStep.Received : form["step"] == "in_transit" ? RemedyStep.InTransit : throw new Refused("step", "Say whether the parcel is on its way, or here.");
            @case.ScanReturn(id, step, at, form["where"], context.User.Actor(), company.Calendar(), now);
            return Task.CompletedTask;
        }, Again);
    }

    private static async Task<IResult> Inspect(long number, int id, HttpContext context, RemedyPages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        Task<IResult> Again(Refused no) => pages.Return(context, number, id, no);
        var mark = form["mark"].ToString().Trim();
        var look = new ReturnLook(id, Enum.TryParse<Inspection>(form["result"], out var result) ? result : 0, form["note"], mark, long.TryParse(form["order"], NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : null, mark.Length > 0 && mark == form["read"].ToString().Trim());
        return await pages.Take(context, number, "Noted.", mark.Length > 0 ? $"/cases/{number}/remedies/{id}/return" : $"/cases/{number}/delivery", (@case, unit, _, now) => SentGoods.Inspect(unit, @case, number, look, context.User.Actor(), now), Again);
    }
}
