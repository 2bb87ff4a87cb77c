using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.Settings;

/// <summary>Loads the pages of the settings.</summary>
public sealed class Topics(Frame frame, StoredSettings settings, Surroundings surroundings, Database database)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>Name, place, money, address.</summary>
    public async Task<IResult> Company(HttpContext context, CompanyFields? fields = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<CompanyPage, CompanyModel>(new(await frame.For(context), !company.IsSetUp, fields ?? CompanyFields.Of(company), surroundings.PublicUrl, errors ?? Nothing), StatusOf(errors));
    }

    /// <summary>The week and the holidays.</summary>
    public async Task<IResult> Hours(HttpContext context, Company? typed = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<HoursPage, HoursModel>(new(await frame.For(context), !company.IsSetUp, typed ?? company, errors ?? Nothing), StatusOf(errors));
    }

    /// <summary>The public promise.</summary>
    public async Task<IResult> Charter(HttpContext context)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<CharterPage, CharterModel>(new(await frame.For(context), !company.IsSetUp, company.Charter, company.CharterShowsPlaybooks));
    }

    /// <summary>Whether, how long and how many at once.</summary>
    public async Task<IResult> Calls(HttpContext context, CallFields? fields = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var company = await settings.Company(context.RequestAborted);
        var available = await database.Read(connection => connection.ExecuteScalarAsync<int>("select count(*) from people where active = 1 and available = 1 and role >= 1"), context.RequestAborted);
        return Html.Show<CallsPage, CallsModel>(new(await frame.For(context), !company.IsSetUp, fields ?? CallFields.Of(company.Calls, company.Currency), available, errors ?? Nothing, new Domain.Money(company.HighValueMinor, company.Currency)), StatusOf(errors));
    }

    /// <summary>How soon somebody answers.</summary>
    public async Task<IResult> Replies(HttpContext context, ReplyFields? fields = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<RepliesPage, RepliesModel>(new(await frame.For(context), !company.IsSetUp, fields ?? ReplyFields.Of(company.Replies), errors ?? Nothing), StatusOf(errors));
    }

    /// <summary>How often we ask whether it is put right, and what may follow.</summary>
    public async Task<IResult> CheckBacks(HttpContext context, CheckBackFields? fields = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<CheckBacksPage, CheckBacksModel>(new(await frame.For(context), !company.IsSetUp, fields ?? CheckBackFields.Of(company), errors ?? Nothing), StatusOf(errors));
    }

    /// <summary>What happens when they do not answer.</summary>
    public async Task<IResult> Course(HttpContext context, CourseFields? fields = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<CoursePage, CourseModel>(new(await frame.For(context), !company.IsSetUp, fields ?? CourseFields.Of(company.Course), errors ?? Nothing), StatusOf(errors));
    }

    /// <summary>Which steps stand on cases.</summary>
    public async Task<IResult> Steps(HttpContext context, IReadOnlyDictionary<string, string>? errors = null)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<StepsPage, StepsModel>(new(await frame.For(context), !company.IsSetUp, company.Framework, errors ?? Nothing), StatusOf(errors));
    }

    /// <summary>Labels, visits, inconvenience.</summary>
    public async Task<IResult> Remedies(HttpContext context, RemedySettingsFields? fields = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<RemediesPage, RemediesModel>(new(await frame.For(context), !company.IsSetUp, fields ?? RemedySettingsFields.Of(company.Remedies, company.Currency), company.Currency, errors ?? Nothing), StatusOf(errors));
    }

    private static int StatusOf(IReadOnlyDictionary<string, string>? errors) => errors is { Count: > 0 } ? 422 : 200;
}

/// <summary>What the page on the company shows.</summary>
public sealed record CompanyModel(Chrome Chrome, bool Guided, CompanyFields Fields, string? FixedUrl, IReadOnlyDictionary<string, string> Errors);

/// <summary>What the page on open hours shows.</summary>
public sealed record HoursModel(Chrome Chrome, bool Guided, Company Company, IReadOnlyDictionary<string, string> Errors);

/// <summary>What the page on calls shows.</summary>
public sealed record CallsModel(Chrome Chrome, bool Guided, CallFields Fields, int Available, IReadOnlyDictionary<string, string> Errors, Domain.Money HighValue);

/// <summary>What the page on answers shows.</summary>
public sealed record RepliesModel(Chrome Chrome, bool Guided, ReplyFields Fields, IReadOnlyDictionary<string, string> Errors);

/// <summary>What the page on check-backs shows.</summary>
public sealed record CheckBacksModel(Chrome Chrome, bool Guided, CheckBackFields Fields, IReadOnlyDictionary<string, string> Errors);

/// <summary>What the page on customers who do not answer shows.</summary>
public sealed record CourseModel(Chrome Chrome, bool Guided, CourseFields Fields, IReadOnlyDictionary<string, string> Errors);

/// <summary>What the page on steps shows.</summary>
public sealed record StepsModel(Chrome Chrome, bool Guided, string Framework, IReadOnlyDictionary<string, string> Errors);

/// <summary>What the page on remedies shows.</summary>
public sealed record RemediesModel(Chrome Chrome, bool Guided, RemedySettingsFields Fields, string Currency, IReadOnlyDictionary<string, string> Errors);

/// <summary>What the page on the promise shows.</summary>
public sealed record CharterModel(Chrome Chrome, bool Guided, string Charter, bool ShowsPlaybooks);
