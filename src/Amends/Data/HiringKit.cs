using Amends.Domain.Cases;
using Amends.Domain.Hiring;
using Amends.Domain.SelfCare;
using Dapper;

namespace Amends.Data;

/// <summary>Complaints of one's own made anonymous, to talk about with people who want to work here. Nothing about an applicant is kept.</summary>
public sealed class HiringKit(Database database)
{
    private const int Looked = 60, Shortest = 60, Longest = 1500;

    /// <summary>
    /// Stories of complaints that are closed, the newest first, with everything taken out that may lead to the customer. None of danger, of somebody
    /// in need of support, of no agreement, or that must be kept for a court.
    /// </summary>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="many">How many at the most.</param>
    /// <param name="company">Whose name is taken out, too.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<string>> Stories(int skip, int many, Company company, CancellationToken ct = default) => await database.Read(async connection =>
    {
        var rows = (await connection.QueryAsync<Row>(
            """
            select c.customer_id, c.state, u.name, coalesce(u.phone, '') as phone, coalesce(u.place, '') as place from cases c join customers u on u.id = c.customer_id
            where c.closed_at is not null and c.kind = 1 order by c.closed_at desc, c.number desc limit @Looked
            """, new { Looked })).ToList();
        var staff = (await connection.QueryAsync<string>("select name from people")).ToList();
        var found = new List<string>();
        foreach (var row in rows)
        {
            var state = CaseJson.State(row.State);
            if (state.Story.Length is < Shortest or > Longest || state.LegalHold || LightSide.IsGrave(state) || state.Severity == Severity.High)
                continue;
            var known = (await connection.QueryAsync<string>("select address from customer_addresses where customer_id = @CustomerId union all select number from orders where customer_id = @CustomerId", row)).ToList();
            found.Add(Anonymous.Of(state.Story, [row.Name, state.CustomerName, row.Phone, row.Place, company.Name, .. staff, .. known]));
        }

        return (IReadOnlyList<string>)[.. found.Distinct().Skip(skip).Take(many)];
    }, ct);

    private sealed class Row
    {
        public long CustomerId { get; init; }
        public string State { get; init; } = "";
        public string Name { get; init; } = "";
        public string Phone { get; init; } = "";
        public string Place { get; init; } = "";
    }
}
