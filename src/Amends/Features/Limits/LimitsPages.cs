using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.Limits;

/// <summary>Loads the page on limits.</summary>
public sealed class LimitsPages(Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The page; with errors as 422.</summary>
    public async Task<IResult> Show(HttpContext context, LimitsTyped? typed = null)
    {
        var (me, company, now) = (context.User.Actor(), await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var authority = await MoneyDesk.AuthorityOf(database, company, context.RequestAborted);
        var month = LocalDay.MonthBegins(now, company.Zone());
        var (people, loans, log, budgets, given) = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                """
                select id, name, role from people where active = 1 and role >= 1 order by name;
                select d.id, f.name as whose, t.name as who, d.until_at, d.why, g.name as granted_by from delegations d join people f on f.id = d.from_person join people t on t.id = d.to_person join people g on g.id = d.granted_by
                    where d.ended_at is null and d.until_at > @now order by d.until_at, d.id;
                select l.at, l.what, p.name from authority_log l join people p on p.id = l.person_id order by l.id desc limit 20;
                select kind, minor from budgets order by kind;
                select kind, sum(minor) as minor from money_given where month_at = @month and currency = @Currency group by kind
                """, new { now = now.ToUnixTimeMilliseconds(), month = month.ToUnixTimeMilliseconds(), company.Currency });
            return ((await all.ReadAsync<PersonRow>()).AsList(), (await all.ReadAsync<LoanRow>()).AsList(), (await all.ReadAsync<LogRow>()).AsList(), (await all.ReadAsync<BudgetRow>()).AsList(), (await all.ReadAsync<BudgetRow>()).AsList());
        }, context.RequestAborted);
        var stored = new BudgetFields
        {
            Budgets = [.. new[] { 0 }.Concat(RemedyTypes.All.Where(type => type.Costs).Select(type => (int)type.Kind)).Select(kind => new BudgetFields.Row
            {
                Kind = kind, Amount = budgets.Find(row => row.Kind == kind) is { } row ? Typed.Words(row.Minor, company.Currency) : null,
            })],
        };
        typed ??= new();
        return Html.Show<LimitsPage, LimitsModel>(new(await frame.For(context), company, authority, me, now, people, loans, log, given.ToDictionary(row => row.Kind, row => row.Minor))
        {
            Fields = typed.Fields ?? LimitFields.Of(authority, me.Role), Budgets = typed.Budgets ?? stored, Errors = typed.Errors,
            Loan = typed.Loan ?? new() { Until = LocalTime.Of(company.Calendar().NextOpen(now.AddDays(2)), company.Zone()) },
        }, typed.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}

/// <summary>What was typed into one of the forms, and what is wrong with it.</summary>
public sealed record LimitsTyped
{
    public LimitFields? Fields { get; init; }
    public BudgetFields? Budgets { get; init; }
    public LoanFields? Loan { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>What the page shows.</summary>
/// <param name="Given">Given or set aside this month, by kind, minor units.</param>
public sealed record LimitsModel(Chrome Chrome, Company Company, Authority Authority, Actor Me, DateTimeOffset Now, IReadOnlyList<PersonRow> People, IReadOnlyList<LoanRow> Loans, IReadOnlyList<LogRow> Log, IReadOnlyDictionary<int, long> Given)
{
    public required LimitFields Fields { get; init; }
    public required BudgetFields Budgets { get; init; }
    public required LoanFields Loan { get; init; }
    public required IReadOnlyDictionary<string, string> Errors { get; init; }
}

/// <summary>Somebody who may lend or be lent limits.</summary>
public sealed class PersonRow
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public int Role { get; init; }
}

/// <summary>Limits that are lent now.</summary>
public sealed class LoanRow
{
    public long Id { get; init; }
    public string Whose { get; init; } = "";
    public string Who { get; init; } = "";
    public long UntilAt { get; init; }
    public string Why { get; init; } = "";
    public string GrantedBy { get; init; } = "";
}

/// <summary>Who changed something here, and when.</summary>
public sealed class LogRow
{
    public long At { get; init; }
    public string What { get; init; } = "";
    public string Name { get; init; } = "";
}
