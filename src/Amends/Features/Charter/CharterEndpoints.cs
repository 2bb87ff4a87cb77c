using Amends.Data;
using Amends.Domain.Playbooks;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Charter;

/// <summary>What the company promises when something goes wrong, for everybody to read.</summary>
public static class CharterEndpoints
{
    /// <summary>Maps <c>/promise</c>.</summary>
    public static void MapCharter(this IEndpointRouteBuilder app) => app.MapGet("/promise", async (StoredSettings settings, PlaybookDesk playbooks, TimeProvider clock, CancellationToken ct) =>
    {
        var company = await settings.Company(ct);
        var today = PlaybookDesk.DayOf(clock.GetUtcNow(), company);
        return Html.Show<CharterPage, CharterPage.View>(new(company, company.CharterShowsPlaybooks ? Playbook.On(await playbooks.All(ct), today) : []));
    }).RequireAuthorization(Policies.Public);
}
