using Amends.Data.Rollups;
using Amends.Features.Api.Writes;
using Amends.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Amends.Features.Api;

/// <summary>The JSON interface for programs, under <c>/api/v1</c>, with a description of itself that is made from these lines.</summary>
public static class ApiEndpoints
{
    private const string Root = "/api/v1";

    /// <summary>What the interface needs.</summary>
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiTokens>().AddSingleton<DoOnce>().AddSingleton<ListCases>().AddSingleton<ReadCase>().AddSingleton<ReadCustomer>().AddSingleton<ListMailboxes>().AddSingleton<WriteCases>().AddSingleton<Calls>().AddSingleton<RemedyApi>().AddSingleton<MoneyReads>().AddSingleton<ContentReads>().AddSingleton<ReadReports>().AddSingleton<ReadStaffing>().AddSingleton<ReadRegulatory>().AddSingleton<CustomerApi>().AddSingleton<ReadWording>().AddSingleton<CauseReads>().AddSingleton<StockApi>().AddSingleton<WorthApi>().AddSingleton<SignalApi>().AddSingleton<ReadListening>().AddSingleton<ModelApi>().AddSingleton<MentionApi>().AddSingleton<ExportApi>().AddSingleton<TeamApi>().AddSingleton<ReadOutcomes>().AddSingleton<ReadGiving>().AddSingleton<ReadLearning>().AddSingleton<ReportMailApi>();
        services.AddRecoveryWrites();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerToken>(Scopes.Scheme, null);
        services.AddLogging(logging => logging.AddFilter(typeof(BearerToken).FullName, LogLevel.Warning));
        services.ConfigureHttpJsonOptions(json => // the description is made with them
        {
            json.SerializerOptions.PropertyNamingPolicy = ApiJson.Options.PropertyNamingPolicy;
            json.SerializerOptions.Converters.Add(ApiJson.Options.Converters[0]);
        });
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "Amends", Version = "v1", Description = "Complaints and what became of them. Errors are problem details (RFC 9457) with a stable code." };
                document.Servers = []; // the desk that you ask
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Scopes.Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token that an owner made under Settings, API tokens." },
                };
                document.Security = [new() { [new OpenApiSecuritySchemeReference(Scopes.Scheme, document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Maps the interface, its description, and the page with the tokens.</summary>
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi(Root + "/openapi.json").RequireAuthorization(Policies.Public);
        app.MapTokens();
        var api = app.MapGroup(Root).AddEndpointFilter(BadField.Explain);
        api.MapGet("/cases", async (ListCases cases, CancellationToken ct, string? view, string? state, [FromQuery(Name = "updated_since")] string? updatedSince, string? cursor, string? limit) =>
                ApiJson.Answer(await cases.Page(view, state, updatedSince, cursor, limit, ct)))
            .Describe<CaseListAnswer>("Cases, newest first; with updated_since in the order in which they changed", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/cases/{number:long}", async (long number, ReadCase cases, CancellationToken ct) => await cases.Find(number, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<CaseAnswer>("One case with its messages and what happened", Scopes.CasesRead).ProducesProblem(404);
        api.MapGet("/cases/{number:long}/listening", async (long number, ReadListening listening, CancellationToken ct) => await listening.Find(number, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<ListeningAnswer>("Help to listen: a summary in their words, open questions, issues, category, duplicates, cases like it; drafts only", Scopes.CasesRead).ProducesProblem(404);
        api.MapPost("/cases", (HttpContext context, WriteCases cases, [FromHeader(Name = DoOnce.Header)] string? key) => cases.Open(context))
            .Accepts<OpenCase>("application/json").Describe<OpenedAnswer>("Opens a case", Scopes.CasesWrite, 201).ProducesProblem(400).ProducesProblem(422);
        api.MapPost("/cases/{number:long}/messages", (long number, HttpContext context, WriteCases cases, [FromHeader(Name = DoOnce.Header)] string? key) => cases.Write(number, context))
            .Accepts<WriteMessage>("application/json").Describe<WrittenAnswer>("Replies to the customer by mail, or writes a note", Scopes.CasesWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/customers/{id:long}", async (long id, ReadCustomer customers, CancellationToken ct) => await customers.Find(id, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<CustomerAnswer>("One customer", Scopes.CustomersRead).ProducesProblem(404);
        api.MapCustomers();
        api.MapGet("/calls", async (Calls calls, CancellationToken ct) => ApiJson.Answer(await calls.All(ct))).Describe<CallListAnswer>("Calls that we owe, by time", Scopes.CasesRead);
        api.MapGet("/calls/free", async (Calls calls, CancellationToken ct) => ApiJson.Answer(await calls.Free(ct))).Describe<CallTimesAnswer>("Times at which a call can be booked", Scopes.CasesRead);
        api.MapPost("/cases/{number:long}/call", (long number, HttpContext context, Calls calls, [FromHeader(Name = DoOnce.Header)] string? key) => calls.Book(number, context))
            .Accepts<BookCall>("application/json").Describe<CallAnswer>("Books a call, or moves the one that is agreed", Scopes.CasesWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/cases/{number:long}/call/off", (long number, HttpContext context, Calls calls, [FromHeader(Name = DoOnce.Header)] string? key) => calls.CallOff(number, context))
            .Accepts<CallOff>("application/json").Describe<CalledOffAnswer>("Calls a call off", Scopes.CasesWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/returns/scans", (HttpContext context, RemedyApi remedies) => remedies.Scan(context))
            .Accepts<SendScans>("application/json").Describe<ScansAnswer>("Says where parcels were seen that come back to us; what waited for them is due", Scopes.CasesWrite).ProducesProblem(400);
        api.MapGet("/vouchers/{code}", async (string code, RemedyApi remedies, CancellationToken ct) => await remedies.Find(code, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<VoucherAnswer>("A voucher or credit, and what is left on it", Scopes.CasesRead).ProducesProblem(404);
        api.MapPost("/vouchers/{code}/uses", (string code, HttpContext context, RemedyApi remedies, [FromHeader(Name = DoOnce.Header)] string? key) => remedies.Use(code, context))
            .Accepts<UseVoucher>("application/json").Describe<VoucherUsedAnswer>("Pays with a voucher or credit", Scopes.CasesWrite, 201).ProducesProblem(400).ProducesProblem(422);
        api.MapGet("/reports/survey", async (ReadReports reports, CancellationToken ct, string? days) => ApiJson.Answer(await reports.Survey(days, ct)))
            .Describe<SurveyReportAnswer>("What customers said beside the check-back", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/reports/follow-on", async (ReadReports reports, CancellationToken ct, string? days) => ApiJson.Answer(await reports.FollowOn(days, ct)))
            .Describe<FollowOnReportAnswer>("Letters of thanks, who came with a code, and who ordered again", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/reports/second-looks", async (ReadReports reports, CancellationToken ct, string? days) => ApiJson.Answer(await reports.SecondLooks(days, ct)))
            .Describe<SecondLookReportAnswer>("How often something that had ended unasked should not have ended", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/reports/staffing", async (ReadStaffing staffing, HttpContext context) => ApiJson.Answer(await staffing.Read(context)))
            .Describe<StaffingAnswer>("How many people are needed in each half hour of the week, by one's own calls and mail; the fields of the page's address are taken here, too", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/reports/regulatory", async (ReadRegulatory counts, CancellationToken ct, string? period, string? from, string? to) => ApiJson.Answer(await counts.Read(period, from, to, ct)))
            .Describe<RegulatoryAnswer>("Counts for regulators of a half-year, or of some days", Scopes.CasesRead).ProducesProblem(400);
        foreach (var entry in ReportBook.All.Where(entry => entry.Key != "steps")) // what people see of themselves alone is not for programs
        {
            api.MapGet("/reports/" + entry.Key, async (ReadReports reports, CancellationToken ct, string? from, string? to, string? category) => ApiJson.Answer(await reports.Counted(entry, from, to, category, ct)))
                .Describe<CountedReportAnswer>($"Report: {entry.Title}", Scopes.CasesRead).ProducesProblem(400);
        }

        api.MapGet("/mailboxes", async (ListMailboxes mailboxes, CancellationToken ct) => ApiJson.Answer(await mailboxes.All(ct)))
            .Describe<MailboxListAnswer>("The mailboxes, and what became of the mail of each", Scopes.MailRead);
        api.MapPost("/wording", (HttpContext context, ReadWording wording) => wording.Read(context))
            .Accepts<AskWording>("application/json").Describe<WordingAnswer>("Reads a reply over before it goes: hints, what calms, apology, readability; stores nothing", Scopes.CasesRead).ProducesProblem(400).ProducesProblem(404);
        api.MapRecoveryWrites();
        api.MapMoneyReads();
        api.MapContentReads();
        api.MapStock();
        api.MapComplaintSignals();
        ModelApi.Map(api);
        api.MapWorthReads();
        api.MapMentionApi();
        api.MapExportApi();
        api.MapCauseReads();
        api.MapTeamApi();
        api.MapOutcomeReads();
        api.MapGivingReads();
        api.MapLearningReads();
        api.MapReportMailApi();
    }

    private static void MapCustomers(this RouteGroupBuilder api)
    {
        api.MapGet("/customers/duplicates", async (CustomerApi customers, CancellationToken ct) => ApiJson.Answer(await customers.Alike(ct))).Describe<DuplicatesAnswer>("Customers who look alike", Scopes.CustomersRead);
        api.MapGet("/customers/neglected", async (CustomerApi customers, CancellationToken ct) => ApiJson.Answer(await customers.Neglect(ct))).Describe<NeglectedAnswer>("Who has heard nothing from us for too long", Scopes.CustomersRead);
        api.MapPost("/customers/{id:long}/merges", (long id, HttpContext context, CustomerApi customers, [FromHeader(Name = DoOnce.Header)] string? key) => customers.Merge(id, context))
            .Accepts<MergeCustomers>("application/json").Describe<MergedAnswer>("Joins another customer to this one, who stays", Scopes.CustomersWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/customers/merges/{id:long}/undo", (long id, HttpContext context, CustomerApi customers, [FromHeader(Name = DoOnce.Header)] string? key) => customers.TakeBack(id, context))
            .Accepts<SplitCustomers>("application/json").Describe<SplitAnswer>("Takes a merge back: what came with the one who joined goes back", Scopes.CustomersWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/customers/{id:long}/move-out", (long id, HttpContext context, CustomerApi customers, [FromHeader(Name = DoOnce.Header)] string? key) => customers.MoveOut(id, context))
            .Accepts<MoveOut>("application/json").Describe<SplitAnswer>("Moves cases and addresses to a new customer", Scopes.CustomersWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/cases/{number:long}/history", async (long number, CustomerApi customers, CancellationToken ct) => await customers.History(number, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<HistoryAnswer>("What the customer complained of before, and whether this may be the last straw", Scopes.CasesRead).ProducesProblem(404);
        api.MapPost("/orders", (HttpContext context, CustomerApi customers) => customers.TakeOrders(context))
            .Accepts<SendOrders>("application/json").Describe<OrdersAnswer>("Takes orders; the same number again brings one up to date", Scopes.CustomersWrite).ProducesProblem(400);
    }

    internal static RouteHandlerBuilder Describe<T>(this RouteHandlerBuilder endpoint, string what, string scope, int status = 200) => endpoint
        .WithSummary(what).WithDescription($"Needs the scope {scope}.").RequireAuthorization(scope).Produces<T>(status).ProducesProblem(401).ProducesProblem(403);
}
