using System.Globalization;
using Amends.Data;
using Amends.Data.Exports;
using Amends.Domain.Exports;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api;

/// <summary>Long files for programs: asked for, watched, cancelled, fetched. What a token's scopes may not read, it cannot take away either.</summary>
public sealed class ExportApi(Database database, ExportDesk desk, MakeExports maker, DoOnce once, TimeProvider clock)
{
    private const string Root = "/api/v1/exports";

    /// <summary>The newest of whoever asks, or of all for an owner.</summary>
    public async Task<ExportListAnswer> List(HttpContext context) => new([.. (await desk.List(ExportAsker.Of(BearerToken.Of(context)), context.RequestAborted)).Select(Of)]);

    /// <summary>One of them; <c>null</c> when there is none.</summary>
    public async Task<ExportAnswer?> Find(long id, HttpContext context) => await Open(id, context) is { } found ? Of(found) : null;

    /// <summary>Its file.</summary>
    public async Task<IResult> File(long id, HttpContext context) => await ExportFile.Of(await Open(id, context), database, context.RequestAborted);

    /// <summary>Asks for one.</summary>
    public async Task<IResult> Ask(HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<AskExport>(context.Request);
        var plan = new ExportPlan(asked.What ?? throw new BadField("what", $"Say what the file should hold: one of {string.Join(", ", Enum.GetValues<ExportOf>().Select(PlainRow.Word))}."),
            asked.From, asked.To, string.IsNullOrEmpty(asked.Category) ? null : asked.Category, asked.Cases ?? CasesIn.All, asked.Format ?? ExportFormat.Csv);
        if (!MayRead(context, plan.What))
            throw new Domain.Refused("missing_scope", $"Such a file needs the scope {ScopeOf(plan.What)}, too, which this token was not given.");
        var result = await once.Run(context, body, async (unit, by, _) =>
        {
            var id = await desk.Add(unit, ExportAsker.Of(by), plan);
            return new Written(StatusCodes.Status201Created, string.Create(CultureInfo.InvariantCulture, $"{Root}/{id}"), new ExportAskedAnswer(id));
        });
        maker.Ring();
        return result;
    }

    /// <summary>Cancels one that waits or is made, removes the file of one that is done.</summary>
    public async Task<IResult> End(long id, HttpContext context)
    {
        if (await database.Write(unit => desk.End(unit, id, ExportAsker.Of(BearerToken.Of(context))), context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        maker.Ring();
        return ApiJson.Answer(new ExportEndedAnswer(id, state));
    }

    private async Task<AskedExport?> Open(long id, HttpContext context) => await desk.Find(id, ExportAsker.Of(BearerToken.Of(context)), context.RequestAborted) is { } found && MayRead(context, found.Plan.What) ? found : null;

    private static string ScopeOf(ExportOf what) => what switch { ExportOf.Orders => Scopes.CustomersRead, ExportOf.Ledger => Scopes.MoneyRead, _ => Scopes.CasesRead };

    private static bool MayRead(HttpContext context, ExportOf what) => context.User.HasClaim(Scopes.Claim, ScopeOf(what));

    private ExportAnswer Of(AskedExport row)
    {
        var plan = row.Plan;
        return new(row.Id, plan.What, plan.From, plan.To, plan.Category, plan.Cases, plan.Format, row.State, row.ByName, row.RowCount, row.Total, row.State == ExportState.Running ? row.Progress(clock.GetUtcNow()).Percent : row.State == ExportState.Done ? 100 : null,
            row.ByteCount, row.Note.Length > 0 ? row.Note : null, At(row.AskedAt)!.Value, At(row.BegunAt), At(row.EndedAt), row.GoesAt, plan.FileName);
    }

    private static DateTimeOffset? At(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}

/// <summary>Maps them.</summary>
internal static class ExportApiEndpoints
{
    /// <summary>Maps what is asked for, read, and fetched.</summary>
    public static void MapExportApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/exports", async (HttpContext context, ExportApi exports) => ApiJson.Answer(await exports.List(context))).Describe<ExportListAnswer>("Long files that were asked for, the newest 50 first", Scopes.CasesRead);
        api.MapPost("/exports", (HttpContext context, ExportApi exports, [FromHeader(Name = DoOnce.Header)] string? key) => exports.Ask(context))
            .Accepts<AskExport>("application/json").Describe<ExportAskedAnswer>("Asks for a file with all rows of some days; orders need customers:read, too, and ledger money:read", Scopes.CasesRead, 201).ProducesProblem(400).ProducesProblem(422);
        api.MapGet("/exports/{id:long}", async (long id, HttpContext context, ExportApi exports) => await exports.Find(id, context) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<ExportAnswer>("How far a file is", Scopes.CasesRead).ProducesProblem(404);
        api.MapDelete("/exports/{id:long}", (long id, HttpContext context, ExportApi exports) => exports.End(id, context))
            .Describe<ExportEndedAnswer>("Cancels a file that waits or is being made; removes one that is done", Scopes.CasesRead).ProducesProblem(404);
        api.MapGet("/exports/{id:long}/file", (long id, HttpContext context, ExportApi exports) => exports.File(id, context))
            .WithSummary("The file, once it is done; ranges are answered").WithDescription($"Needs the scope {Scopes.CasesRead}.").RequireAuthorization(Scopes.CasesRead).Produces(200, contentType: "text/csv").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }
}

/// <summary>A file to be made: of which rows, which days (both included), which category, which cases, in which form.</summary>
public sealed record AskExport(ExportOf? What = null, DateOnly? From = null, DateOnly? To = null, string? Category = null, CasesIn? Cases = null, ExportFormat? Format = null);

/// <summary>Its id.</summary>
public sealed record ExportAskedAnswer(long Id);

/// <summary>Where it stands now.</summary>
public sealed record ExportEndedAnswer(long Id, ExportState State);

/// <summary>A file: what it holds, where it stands, how many rows of about how many are written, and until when it is kept.</summary>
public sealed record ExportAnswer(long Id, ExportOf What, DateOnly? From, DateOnly? To, string? Category, CasesIn Cases, ExportFormat Format, ExportState State, string AskedBy, long Rows, long? Total, int? Percent, long Bytes, string? Note,
    DateTimeOffset AskedAt, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, DateTimeOffset? GoesAt, string FileName);

/// <summary>Files.</summary>
public sealed record ExportListAnswer(IReadOnlyList<ExportAnswer> Items);
