using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Practices;

/// <summary>What keeps a customer, practice by practice, and where Amends does it: the table of <c>docs/practices.md</c>.</summary>
public static class PracticesEndpoints
{
    private static readonly Lazy<IReadOnlyList<Practice>> All = new(Load);

    /// <summary>Maps the page.</summary>
    public static void MapPractices(this IEndpointRouteBuilder app) => app.MapGet("/practices", Show).RequireAuthorization(Policies.Reader);

    private static async Task<IResult> Show(HttpContext context, Frame frame) => Html.Show<PracticesPage, PracticesPage.View>(new(await frame.For(context), All.Value));

    private static List<Practice> Load()
    {
        using var reader = new StreamReader(typeof(PracticesEndpoints).Assembly.GetManifestResourceStream("Amends.practices.md")!);
        var rows = from line in reader.ReadToEnd().Split('\n')
                   let cells = line.Split('|', StringSplitOptions.TrimEntries)
                   where cells.Length >= 7 && cells[1].Length is > 1 and < 6 && char.IsAsciiDigit(cells[1][^1])
                   select new Practice(cells[1], cells[2], cells[3], cells[4], cells[5]);
        return rows.ToList();
    }
}

/// <summary>A practice: its identifier, what it is, which piece builds it, how far that is, and the test that shows it.</summary>
public sealed record Practice(string Id, string What, string Piece, string Status, string Test)
{
    /// <summary>The page on which it can be seen, where it has one.</summary>
    public string? Page => Id switch
    {
        "0-7" or "0-8" or "0-9" or "0-10" or "0-11" or "2-7" or "2-17" or "4-9" or "C7" or "3-27" or "5-2" or "3-16" or "3-19" => "/cases/new",
        "5-1" or "3-15" => "/calls/live",
        "0-14" or "0-15" or "2-1" => "/promises",
        "0-16" or "1-8" or "3-9" => "/calls",
        "1-12" or "1-13" or "2-8" or "3-20" or "C2" or "C4" => "/inbox/with-customer",
        "1-16" or "1-17" or "1-19" or "2-13" or "2-15" or "3-8" or "3-11" => "/inbox/with-customer",
        "1-18" => "/returns",
        "1-21" => "/inbox/due",
        "2-3" => "/inbox/hard",
        "2-10" => "/today",
        "0-17" or "4-6" => "/inbox/with-customer",
        "3-12" => "/approvals",
        "0-19" => "/reports/steps",
        "2-2" => "/reports/satisfaction",
        "3-25" => "/reports/stayed",
        "2-12" => "/reports/what-matters",
        "2-18" => "/inbox/closed", // managers have the report of the quarter
        "0-20" or "3-6" or "3-7" or "3-10a" or "3-10b" or "3-10c" or "3-10d" or "2-9" => "/settings/playbooks",
        "1-3" => "/mentions",
        "1-4" => "/cases/new",
        "0-18" or "2-11" or "C10" or "C11" => "/inbox/follow-ups",
        "0-12" => "/my/wording",
        "0-13" => "/inbox/mine",
        "1-5" or "1-11" or "1-14" or "2-4" or "2-5" or "2-6" or "3-26" or "C8" or "C9" => "/settings/wording", // and under every reply
        "3-2" => "/training",
        "3-21" => "/who-else",
        "3-17" => "/inbox/hard",
        "4-13" or "C1" or "C3" or "C5" or "C6" => "/my/reviews",
        "1-6" or "4-7" or "4-8" or "4-10" or "4-12" => "/my", // it leads managers to the hiring kit
        "3-13" => "/outbox",
        "1-7" or "1-20" or "4-3" or "5-5" => "/inbox/closed",
        "1-22" or "3-3" => "/customers",
        "0-6" => "/learn",
        "2-16" => "/inbox/closed",
        "0-1" or "0-2" or "0-3" or "0-4" or "0-5" or "1-1" or "1-2" or "2-14" or "3-1" or "3-4" or "3-5" or "3-14" or "3-25" or "3-28" or "4-1" or "4-2" or "4-4" or "5-6" => "/inbox/closed", // each says what it was worth and what it cost; managers have the report
        "1-15" or "5-4" => "/cases/new",
        "3-18" or "3-23" or "3-24" => "/inbox/team",
        "1-9" or "1-10" or "3-22" => "/improvements", // and for managers the causes beside it
        "4-5" => "/customers",
        "4-11" => "/contact",
        "5-3" => "/promise",
        "5-7" => "/practices",
        _ => null,
    };
}
