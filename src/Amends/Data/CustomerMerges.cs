using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Customers;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>
/// Two customers turn out to be one, and sometimes it turns out that they are not. Nothing is deleted: cases, orders and addresses go
/// over, and what hangs on a case (vouchers, money, notes, links) goes with it; a list of what came lets it go back. Each verb runs in
/// one unit of work.
/// </summary>
public sealed class CustomerMerges(Database database, CaseStore cases)
{
    /// <summary>The most cases of one customer that are moved at once.</summary>
    public const int MostCases = 1000;

    private const int CaseItem = 1, OrderItem = 2, AddressItem = 3;

    /// <summary>Joins a customer to another one, who stays.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="into">Who stays.</param>
    /// <param name="from">Who joins.</param>
    /// <param name="why">What shows that they are the same person.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">Now.</param>
    /// <returns>The merge, by which it is taken back.</returns>
    /// <exception cref="Refused"><c>same_customer</c>, <c>merged</c>, <c>customer</c>, <c>too_many</c> or <c>why</c>.</exception>
    public async Task<long> Merge(Unit unit, long into, long from, string? why, Actor by, DateTimeOffset now)
    {
        var reason = Reason(why, Case.WhyMerged);
        if (into == from)
            throw new Refused("same_customer", "This is the same customer twice. Choose the other one.");
        var held = await Hold(unit, into, from);
        var (stays, joins) = (Of(held, into), Of(held, from));
        foreach (var one in new[] { stays, joins })
        {
            if (one.MergedInto is { } already)
            {
                var name = (await Customers.Current(unit, already))!.Value;
                throw new Refused("merged", $"{one.Name} belongs to {name.Name} (customer {name.Id}) already. Join that customer instead.");
            }
        }

        var merge = await unit.Value<long>("insert into customer_merges (customer_id, into_id, at, by_name, why, filled) values (@from, @into, @at, @Name, @reason, '{}') returning id",
            new { from, into, at = Ms(now), by.Name, reason });
        await unit.Run(
            $"""
            insert into customer_merge_items (merge_id, kind, item)
            select @merge, {CaseItem}, cast(number as text) from cases where customer_id = @from
            union all select @merge, {OrderItem}, cast(id as text) from orders where customer_id = @from
            union all select @merge, {AddressItem}, address_key from customer_addresses where customer_id = @from
            """, new { merge, from });
        var numbers = await unit.List<long>("select number from cases where customer_id = @from or (customer_id = @into and closed_at is null) order by number", new { from, into });
        if (numbers.Count > MostCases)
            throw new Refused("too_many", $"They have {numbers.Count} cases together, and {MostCases} can be joined at once. This is hardly one person; ask whoever looks after Amends.");

        await unit.Run("update orders set customer_id = @into where customer_id = @from", new { into, from });
        await unit.Run("update customer_addresses set customer_id = @into where customer_id = @from", new { into, from });
        await CustomerGaps.Fill(unit, merge, stays, joins);
        var care = await CustomerCare.Of(unit, into);
        foreach (var number in numbers)
        {
            await Change(unit, number, @case =>
            {
                if (@case.State.CustomerId != into && @case.State.CustomerId != from)
                    return; // somebody was faster and handed it on
                @case.JoinCustomer(into, stays.Name, from, joins.Name, reason, by, now);
                @case.TakeOver(care, by, now);
            });
        }

        await WorthNotes.Customer(unit, into);
        await MoneyDesk.TakeTurn(unit);
        await unit.Run("update money_given set customer_id = @into where customer_id = @from", new { into, from });
        await unit.Run("update customers set merged_into = @into where id = @from", new { into, from });
        await unit.Run("delete from customers_apart where one_id = @low and other_id = @high", Pair(into, from));
        await KnowSenders(unit, into);
        await CustomerCare.Log(unit, into, by, now, $"{joins.Name} (customer {from}) joined them: {reason}");
        await CustomerCare.Log(unit, from, by, now, $"Joined {stays.Name} (customer {into}): {reason}");
        return merge;
    }

    /// <summary>
    /// Takes a merge back: everything that came with the one who joined and is still there goes back to them; what is new stays. Links that
    /// went out since open nothing any more, since they may have gone to the wrong one.
    /// </summary>
    /// <returns>The customer who is one of their own again; <c>null</c> when there is no such merge.</returns>
    /// <exception cref="Refused"><c>undone</c> or <c>why</c>.</exception>
    public async Task<long?> TakeBack(Unit unit, long merge, string? why, Actor by, DateTimeOffset now)
    {
        var reason = Reason(why, Case.WhySplit);
        if (await unit.One<Merged>($"select id, customer_id, into_id, at, filled, undone_at from customer_merges where id = @merge{database.ForUpdate}", new { merge }) is not { } row)
            return null;
        if (row.UndoneAt is not null)
            throw new Refused("undone", "This was taken back already.");
        var root = (await Customers.Current(unit, row.IntoId))!.Value;
        var held = await Hold(unit, root.Id, row.CustomerId);
        var (stays, leaves) = (Of(held, root.Id), Of(held, row.CustomerId));
        var care = await CustomerCare.Of(unit, leaves.Id);
        var theirs = await CustomerCare.Of(unit, stays.Id);

        var moved = await unit.List<long>($"select c.number from cases c join customer_merge_items i on i.kind = {CaseItem} and i.item = cast(c.number as text) where i.merge_id = @merge and i.left_at is null and c.customer_id = @root order by c.number", new { merge, root = root.Id });
        var values = new { merge, root = root.Id, back = leaves.Id, at = Ms(now) };
        await unit.Run($"update orders set customer_id = @back where customer_id = @root and cast(id as text) in (select i.item from customer_merge_items i where i.merge_id = @merge and i.kind = {OrderItem} and i.left_at is null)", values);
        await unit.Run($"update customer_addresses set customer_id = @back where customer_id = @root and address_key in (select i.item from customer_merge_items i where i.merge_id = @merge and i.kind = {AddressItem} and i.left_at is null)", values);
        foreach (var number in moved)
            await Change(unit, number, @case => Leave(@case, leaves, stays, care, theirs, reason, by, now));
        await WorthNotes.Customer(unit, stays.Id);
        await WorthNotes.Customer(unit, leaves.Id);
        await MoneyGoesAlong(unit, moved, leaves.Id);
        await unit.Run("update customer_merge_items set left_at = @at where left_at is null and merge_id > @merge and exists (select 1 from customer_merge_items i where i.merge_id = @merge and i.kind = customer_merge_items.kind and i.item = customer_merge_items.item and i.left_at is null)", values);
        await unit.Run("update customer_merge_items set left_at = @at where left_at is null and merge_id = @merge", values);
        if (row.IntoId == stays.Id)
            await CustomerGaps.Empty(unit, row.Filled, stays.Id, leaves.Id);
        await unit.Run("update customers set merged_into = null where id = @back", values);
        await unit.Run("update customer_merges set undone_at = @at, undone_by = @Name, undone_why = @reason where id = @merge", new { merge, at = Ms(now), by.Name, reason });
        await SetApart(unit, stays.Id, leaves.Id, by, now);
        await EndLinks(unit, row.At, now, stays.Id, leaves.Id);
        await KnowSenders(unit, stays.Id);
        await KnowSenders(unit, leaves.Id);
        await CustomerCare.Log(unit, stays.Id, by, now, $"{leaves.Name} (customer {leaves.Id}) is one of their own again: {reason}");
        await CustomerCare.Log(unit, leaves.Id, by, now, $"One of their own again, apart from {stays.Name} (customer {stays.Id}): {reason}");
        return leaves.Id;
    }

    /// <summary>Moves cases and addresses that were never theirs to a new customer; the orders that the cases are about go along.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="id">Whose they are now.</param>
    /// <param name="numbers">The cases.</param>
    /// <param name="addresses">The addresses, as they are written.</param>
    /// <param name="name">The new customer's name.</param>
    /// <param name="why">What shows it.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">Now.</param>
    /// <returns>The new customer.</returns>
    /// <exception cref="Refused"><c>nothing</c>, <c>name</c>, <c>why</c>, <c>customer</c>, or <c>changed</c> when something is no longer theirs.</exception>
    public async Task<long> MoveOut(Unit unit, long id, IReadOnlyList<long> numbers, IReadOnlyList<string> addresses, string? name, string? why, Actor by, DateTimeOffset now)
    {
        var reason = Reason(why, Case.WhySplit);
        if (numbers.Count == 0 && addresses.Count == 0)
            throw new Refused("nothing", "Choose at least one case or address that belongs to somebody else.");
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > 200)
            throw new Refused("name", "Give the name of the person that it belongs to, in up to 200 characters.");
        var root = await Customers.Current(unit, id) ?? throw new Refused("customer", "There is no such customer.");
        var stays = Of(await Hold(unit, root.Id), root.Id);
        var theirs = await CustomerCare.Of(unit, stays.Id);
        var fresh = await Customers.Add(unit, "", name, null, now);
        var leaves = new HeldCustomer { Id = fresh.Id, Name = fresh.Name };
        foreach (var address in addresses.Distinct())
        {
            var key = Customers.KeyOf(address);
            if (await unit.Run("update customer_addresses set customer_id = @to where customer_id = @root and address_key = @key", new { to = fresh.Id, root = root.Id, key }) == 0)
                throw new Refused("changed", $"{address} is not theirs any more. Look at the page again.");
            await Left(unit, AddressItem, key, now);
        }

        foreach (var number in numbers.Distinct().Order())
        {
            if (await unit.Value<long?>("select order_id from cases where number = @number", new { number }) is { } order && await unit.Run("update orders set customer_id = @to where id = @order and customer_id = @root", new { to = fresh.Id, order, root = root.Id }) > 0)
                await Left(unit, OrderItem, order.ToString(System.Globalization.CultureInfo.InvariantCulture), now);
            await Change(unit, number, @case =>
            {
                if (@case.State.CustomerId != root.Id)
                    throw new Refused("changed", $"Case {number} is not theirs any more. Look at the page again.");
                Leave(@case, leaves, stays, new(), theirs, reason, by, now);
            });
            await Left(unit, CaseItem, number.ToString(System.Globalization.CultureInfo.InvariantCulture), now);
        }

        await unit.Run("update customers set since = coalesce((select min(c.opened_at) from cases c where c.customer_id = @to), since) where id = @to", new { to = fresh.Id });
        await WorthNotes.Customer(unit, stays.Id);
        await WorthNotes.Customer(unit, fresh.Id);
        await MoneyGoesAlong(unit, [.. numbers], fresh.Id);
        await SetApart(unit, stays.Id, fresh.Id, by, now);
        await EndLinks(unit, 0, now, fresh.Id);
        await KnowSenders(unit, stays.Id);
        await KnowSenders(unit, fresh.Id);
        await SearchIndex.Add(unit, 0, -fresh.Id, $"{fresh.Name}\n{string.Join('\n', addresses)}");
        await CustomerCare.Log(unit, stays.Id, by, now, $"{Domain.Texts.Count(numbers.Count, "case")} and {Domain.Texts.Count(addresses.Count, "address")} went to {fresh.Name} (customer {fresh.Id}): {reason}");
        await CustomerCare.Log(unit, fresh.Id, by, now, $"Came out of {stays.Name} (customer {stays.Id}): {reason}");
        return fresh.Id;
    }

    /// <summary>Says that two who look alike are two people, so that they are proposed no more.</summary>
    public static async Task SetApart(Unit unit, long one, long other, Actor by, DateTimeOffset now) => await unit.Run(
        "insert into customers_apart (one_id, other_id, at, by_name) values (@low, @high, @at, @Name) on conflict do nothing", new { low = Math.Min(one, other), high = Math.Max(one, other), at = Ms(now), by.Name });

    /// <summary>A case went to somebody else by itself: with whom it once came does not matter any more.</summary>
    public static Task WentAway(Unit unit, long number, DateTimeOffset now) => Left(unit, CaseItem, number.ToString(System.Globalization.CultureInfo.InvariantCulture), now);

    private static void Leave(Case @case, HeldCustomer to, HeldCustomer from, Care care, Care theirs, string reason, Actor by, DateTimeOffset now)
    {
        @case.LeaveCustomer(to.Id, to.Name, from.Id, from.Name, reason, by, now);
        if (!@case.State.IsOpen)
            return;
        @case.NotePreferences(care.PreferredName, care.Channel, by, now);
        if (theirs.Needs.Count > 0 && @case.State.SupportNeeds.SequenceEqual(theirs.Needs))
            @case.NoteSupportNeeds(care.Needs, care.NeedsWords, by, now);
        if (theirs.Representative is { } who && @case.State.Representative == who && care.Representative != who)
            @case.EndRepresentative($"{who.Name} acts for {from.Name}.", by, now);
    }

    private async Task Change(Unit unit, long number, Action<Case> change)
    {
        await cases.ChangeIn(unit, number, (@case, _) =>
        {
            change(@case);
            return Task.CompletedTask;
        });
    }

    private static async Task MoneyGoesAlong(Unit unit, IReadOnlyList<long> numbers, long to)
    {
        await MoneyDesk.TakeTurn(unit);
        foreach (var number in numbers)
            await unit.Run("update money_given set customer_id = @to where case_number = @number", new { to, number });
    }

    private static Task Left(Unit unit, int kind, string item, DateTimeOffset now) =>
        unit.Run("update customer_merge_items set left_at = @at where kind = @kind and item = @item and left_at is null", new { kind, item, at = Ms(now) });

    /// <summary>Links that went out since a moment may have gone to the other one: they open nothing any more.</summary>
    private static async Task EndLinks(Unit unit, long since, DateTimeOffset now, params long[] customers)
    {
        foreach (var id in customers)
            await unit.Run("update customer_links set revoked_at = @now where revoked_at is null and issued_at >= @since and case_number in (select c.number from cases c where c.customer_id = @id)", new { id, since, now = Ms(now) });
    }

    /// <summary>Which mails in the customer's cases came from an address of theirs; what a domain disowned stays a stranger's.</summary>
    private static Task KnowSenders(Unit unit, long id) => unit.Run(
        """
        update mail_senders set known = case when exists (select 1 from customer_addresses a where a.customer_id = @id and a.address_key = upper(mail_senders.address)) then 1 else 0 end
        where trust <> 3 and case_number in (select c.number from cases c where c.customer_id = @id)
        """, new { id });

    /// <summary>Holds customers until the unit ends, the lower id first: nobody adds anything to them, nor joins them to anybody.</summary>
    private async Task<List<HeldCustomer>> Hold(Unit unit, params long[] ids)
    {
        var held = new List<HeldCustomer>();
        foreach (var id in ids.Distinct().Order())
        {
            if (await unit.One<HeldCustomer>($"select id, name, since, merged_into, phone, language, place, preferred_name, preferred_channel, support, support_words, support_agreed_at, representative from customers where id = @id{database.ForUpdate}", new { id }) is { } one)
                held.Add(one);
        }

        return held;
    }

    private static HeldCustomer Of(List<HeldCustomer> held, long id) => held.Find(one => one.Id == id) ?? throw new Refused("customer", $"There is no customer {id}.");

    private static string Reason(string? why, string asked) => string.IsNullOrWhiteSpace(why) ? throw new Refused("why", asked)
        : why.Trim() is { Length: <= Case.LongestWhy } reason ? reason : throw new Refused("why", $"That is longer than {Case.LongestWhy} characters.");

    private static object Pair(long one, long other) => new { low = Math.Min(one, other), high = Math.Max(one, other) };

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private sealed class Merged
    {
        public long Id { get; init; }
        public long CustomerId { get; init; }
        public long IntoId { get; init; }
        public long At { get; init; }
        public string Filled { get; init; } = "";
        public long? UndoneAt { get; init; }
    }
}
