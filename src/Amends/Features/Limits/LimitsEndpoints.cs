using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Limits;

/// <summary>What each role may give, what a month may cost, and limits that are lent for a while; for managers and owners. Each change is kept.</summary>
public static class LimitsEndpoints
{
    private const string Page = "/settings/limits";
    private static readonly TimeSpan LongestLoan = TimeSpan.FromDays(31);

    /// <summary>What they need.</summary>
    public static void AddLimits(this IServiceCollection services) => services.AddSingleton<LimitsPages>();

    /// <summary>Maps the page and what it posts.</summary>
    public static void MapLimits(this IEndpointRouteBuilder app)
    {
        var limits = app.MapGroup(Page).RequireAuthorization(Policies.Manager);
        limits.MapGet("", (HttpContext context, LimitsPages pages) => pages.Show(context));
        limits.MapForm("", Save);
        limits.MapForm("/profile", Choose);
        limits.MapForm("/kinds", AddKind);
        limits.MapForm("/budgets", SaveBudgets);
        limits.MapForm("/delegations", Lend);
        limits.MapPost("/delegations/{id:long}/end", EndLoan);
    }

    private static async Task<IResult> Save([FromForm] LimitFields? sent, HttpContext context, LimitsPages pages, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, company, now) = (context.User.Actor(), await settings.Company(), clock.GetUtcNow());
        if (fields.Rows.Count == 0)
            throw new Refused("limits", "There is no limit in this form. Open the page again.");
        var wrong = await database.Write<IReadOnlyDictionary<string, string>?>(async unit =>
        {
            var before = await MoneyDesk.AuthorityIn(unit, company);
            var (changed, errors) = fields.On(before, me.Role);
            if (errors.Count > 0)
                return errors;
            if (!changed.Limits.SequenceEqual(before.Limits))
                await MoneyDesk.Set(unit, changed, before, me, now);
            return null;
        });
        return wrong is null ? Saved(context, "Saved. It holds from now on.") : await pages.Show(context, new() { Fields = fields, Errors = wrong });
    }

    private static async Task<IResult> Choose([FromForm] AuthorityProfile? profile, HttpContext context, Database database, StoredSettings settings, TimeProvider clock)
    {
        var (me, company, now) = (context.User.Actor(), await settings.Company(), clock.GetUtcNow());
        if (profile is not (AuthorityProfile.SmallTeam or AuthorityProfile.Solo or AuthorityProfile.TrustFirst))
            throw new Refused("profile", "Choose one of the three ways.");
        if (me.Role != Role.Owner)
            throw new Refused("profile", "The owner chooses the way for everybody. You can change the limits of the roles below yours.");
        await database.Write(async unit =>
        {
            var before = await MoneyDesk.AuthorityIn(unit, company);
            await MoneyDesk.Set(unit, Authority.Of(profile.Value, company.Currency), before, me, now);
        });
        return Saved(context, "These limits hold from now on.");
    }

    private static async Task<IResult> AddKind([FromForm] Role? role, [FromForm] RemedyKind? kind, HttpContext context, Database database, StoredSettings settings, TimeProvider clock)
    {
        var (me, company, now) = (context.User.Actor(), await settings.Company(), clock.GetUtcNow());
        if (role is not { } whose || !Authority.Working.Contains(whose) || kind is not { } which || !Enum.IsDefined(which))
            throw new Refused("kind", "Choose a role and a kind of remedy.");
        if (!LimitFields.MayChange(me.Role, whose))
            throw new Refused("role", "Somebody above this role sets its limits.");
        await database.Write(async unit =>
        {
            var before = await MoneyDesk.AuthorityIn(unit, company);
            if (before.Limits.All(limit => limit.Role != whose || limit.Kind != which))
                await MoneyDesk.Set(unit, before with { Profile = AuthorityProfile.Own, Limits = [.. before.Limits, before.General(whose) with { Kind = which }] }, before, me, now);
        });
        return Saved(context, "Added, with the same amounts as the role has in general. Change them below.");
    }

    private static async Task<IResult> SaveBudgets([FromForm] BudgetFields? sent, HttpContext context, LimitsPages pages, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, company, now) = (context.User.Actor(), await settings.Company(), clock.GetUtcNow());
        if (fields.Budgets.Count == 0)
            throw new Refused("budgets", "There is no budget in this form. Open the page again.");
        var errors = new Dictionary<string, string>();
        var budgets = fields.Budgets.Select((row, i) => (row.Kind, Minor: Typed.Minor(row.Amount, company.Currency, $"Budgets_{i}_Amount", errors)))
            .Where(row => row is { Minor: not null } && (row.Kind == 0 || Enum.IsDefined((RemedyKind)row.Kind))).DistinctBy(row => row.Kind).ToList();
        if (errors.Count > 0)
            return await pages.Show(context, new() { Budgets = fields, Errors = errors });
        await database.Write(async unit =>
        {
            await MoneyDesk.TakeTurn(unit);
            var before = await unit.List<BudgetRow>("select kind, minor from budgets order by kind");
            var after = budgets.OrderBy(row => row.Kind).Select(row => new BudgetRow { Kind = row.Kind, Minor = row.Minor!.Value }).ToList();
            if (before.SequenceEqual(after))
                return;
            await unit.Run("delete from budgets");
            foreach (var row in after)
                await unit.Put("insert into budgets (kind, minor) values (@Kind, @Minor)", row);
            await MoneyDesk.Log(unit, me, now, "budgets", new { before, after });
        });
        return Saved(context, "Saved. What is given already counts.");
    }

    private static async Task<IResult> Lend([FromForm] LoanFields? sent, HttpContext context, LimitsPages pages, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, company, now) = (context.User.Actor(), await settings.Company(), clock.GetUtcNow());
        try
        {
            if (fields.From is not { } from || fields.To is not { } to || from == to)
                throw new Refused("To", "Choose whose limits, and who is to have them: two different people.");
            var until = LocalTime.Parse(fields.Until, company.Zone(), "Until");
            if (until <= now || until - now > LongestLoan)
                throw new Refused("Until", $"Choose an end within the next {LongestLoan.Days} days.");
            var why = (fields.Why ?? "").Trim();
            if (why.Length is 0 or > 300)
                throw new Refused("Why", why.Length == 0 ? "Say in a few words why. It is kept." : "That is longer than 300 characters.");
            await database.Write(async unit =>
            {
                var people = await unit.List<LoanPerson>("select id, name, role from people where active = 1 and id in (@from, @to)", new { from, to });
                if (people.Find(each => each.Id == from) is not { } lender || people.Find(each => each.Id == to) is not { } taker || (Role)taker.Role == Role.Reader)
                    throw new Refused("To", "Choose two people who work here and handle cases.");
                if ((Role)lender.Role > me.Role)
                    throw new Refused("From", "You cannot lend the limits of somebody above you. Ask them.");
                if (lender.Role <= taker.Role)
                    throw new Refused("From", $"{taker.Name} may give as much already.");
                await unit.Run(
                    """
                    insert into delegations (from_person, to_person, from_at, until_at, why, granted_by, granted_at)
                    select @from, @to, @now, @until, @why, @me, @now where not exists (select 1 from delegations where from_person = @from and to_person = @to and until_at = @until and ended_at is null)
                    """, new { from, to, now = now.ToUnixTimeMilliseconds(), until = until.ToUnixTimeMilliseconds(), why, me = me.Id });
                await MoneyDesk.Log(unit, me, now, "delegation", new { from, to, until, why });
                await Notices.Tell(unit, to, null, $"delegation:{from}:{until.ToUnixTimeMilliseconds()}", $"You have the limits of {lender.Name} until {When.Long(until, now, company.Zone())}: {why}", now);
            });
            return Saved(context, "Lent. It ends by itself.");
        }
        catch (Refused no)
        {
            return await pages.Show(context, new() { Loan = fields, Errors = new Dictionary<string, string> { [no.Code] = no.Message } });
        }
    }

    private static async Task<IResult> EndLoan(long id, HttpContext context, Database database, TimeProvider clock)
    {
        var (me, now) = (context.User.Actor(), clock.GetUtcNow());
        var found = await database.Write(async unit =>
        {
            if (await unit.Value<int>("select count(*) from delegations where id = @id", new { id }) == 0)
                return false;
            if (await unit.Run("update delegations set ended_at = @now where id = @id and ended_at is null", new { id, now = now.ToUnixTimeMilliseconds() }) == 1)
                await MoneyDesk.Log(unit, me, now, "delegation_ended", new { id });
            return true;
        });
        return found ? Saved(context, "It is over.") : TypedResults.NotFound();
    }

    private static IResult Saved(HttpContext context, string words)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303(Page);
    }

    private sealed class LoanPerson
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Role { get; init; }
    }
}

/// <summary>A budget as it is stored.</summary>
public sealed record BudgetRow
{
    /// <summary>The kind of remedy, 0 for all.</summary>
    public int Kind { get; init; }

    /// <summary>Minor units a month.</summary>
    public long Minor { get; init; }
}

/// <summary>The form on budgets.</summary>
public sealed record BudgetFields
{
    public List<Row> Budgets { get; init => field = value ?? []; } = [];

    /// <summary>One of them; empty is none.</summary>
    public sealed record Row
    {
        public int Kind { get; init; }
        public string? Amount { get; init; }
    }
}

/// <summary>The form that lends limits.</summary>
public sealed record LoanFields
{
    public long? From { get; init; }
    public long? To { get; init; }
    public string? Until { get; init; }
    public string? Why { get; init; }
}
