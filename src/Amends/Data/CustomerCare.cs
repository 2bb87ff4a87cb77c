using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Customers;
using Amends.Domain.Handling;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>
/// What a customer told us once, kept beside them: new cases begin with it, and open ones follow when it changes, unless somebody noted
/// something else there.
/// </summary>
public sealed class CustomerCare(CaseStore cases)
{
    /// <summary>The columns of customers that it reads.</summary>
    internal const string Columns = "preferred_name, preferred_channel, support, support_words, representative";

    /// <summary>What is kept of a customer.</summary>
    public static async Task<Care> Of(Unit unit, long id) => (await unit.One<CareRow>($"select {Columns} from customers where id = @id", new { id }))?.Care ?? new();

    /// <summary>Sets what they want to be called and how they want to hear from us.</summary>
    /// <exception cref="Refused">It is no way to reach somebody, or too long.</exception>
    public async Task SetPreferences(Unit unit, long id, string? name, PreferredChannel? channel, Actor by, DateTimeOffset now)
    {
        var called = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
        if (called?.Length > 200)
            throw new Refused("preferred_name", "That is longer than 200 characters.");
        var before = await Of(unit, id);
        if ((called, channel) == (before.PreferredName, before.Channel))
            return;
        await unit.Run("update customers set preferred_name = @called, preferred_channel = @channel where id = @id", new { called, channel = (int?)channel, id });
        await Log(unit, id, by, now, "Noted what they want to be called, and how they want to hear from us.");
        await InOpenCases(unit, id, @case => @case.NotePreferences(called, channel, by, now));
    }

    /// <summary>Keeps what they need from us, because they agreed to that; an empty list takes it away, here and in the open cases that had it from here.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="id">The customer.</param>
    /// <param name="needs">What they need.</param>
    /// <param name="words">In their words.</param>
    /// <param name="agreed">They agreed that we keep it.</param>
    /// <param name="by">Who notes it.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>agreed</c> when they were not asked; <c>support_needs</c> when two exclude each other.</exception>
    public async Task SetNeeds(Unit unit, long id, IReadOnlyList<SupportNeed> needs, string? words, bool agreed, Actor by, DateTimeOffset now)
    {
        if (needs.Contains(SupportNeed.CallsOnly) && needs.Contains(SupportNeed.WritingOnly))
            throw new Refused("support_needs", "Calls only and writing only exclude each other. Choose one.");
        if (needs.Count > 0 && !agreed)
            throw new Refused("agreed", "Ask first whether we may keep it for the next time, and tick that they agreed.");
        var said = needs.Count == 0 || string.IsNullOrWhiteSpace(words) ? null : words.Trim();
        if (said?.Length > 500)
            throw new Refused("support_words", "That is longer than 500 characters.");
        var chosen = needs.Distinct().Order().ToList();
        var before = await Of(unit, id);
        await RememberNeeds(unit, id, chosen, said, by, now);
        await InOpenCases(unit, id, @case =>
        {
            if (@case.State.SupportNeeds.Count == 0 || @case.State.SupportNeeds.SequenceEqual(before.Needs))
                @case.NoteSupportNeeds(chosen, said, by, now);
        });
    }

    /// <summary>Keeps what they need, as they agreed; other cases are left as they are.</summary>
    public static async Task RememberNeeds(Unit unit, long id, IReadOnlyList<SupportNeed> needs, string? words, Actor by, DateTimeOffset now)
    {
        await unit.Run("update customers set support = @support, support_words = @words, support_agreed_at = @at where id = @id",
            new { support = needs.Count == 0 ? null : JsonSerializer.Serialize(needs.Distinct().Order(), CaseJson.Options), words = string.IsNullOrWhiteSpace(words) ? null : words.Trim(), at = needs.Count == 0 ? (long?)null : now.ToUnixTimeMilliseconds(), id });
        await Log(unit, id, by, now, needs.Count == 0 ? "Took away what was noted of what they need from us." : "Noted what they need from us; they agreed that we keep it.");
    }

    /// <summary>Nobody acts for them any more, here and in the open cases that had it from here.</summary>
    /// <exception cref="Refused"><c>end_why</c> without a reason.</exception>
    public async Task EndRepresentative(Unit unit, long id, string? why, Actor by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(why))
            throw new Refused("end_why", "Say why: it has ended, or the customer wants to speak for themselves.");
        if ((await Of(unit, id)).Representative is not { } before)
            return;
        await unit.Run("update customers set representative = null where id = @id", new { id });
        await Log(unit, id, by, now, $"{before.Name} does not act for them any more: {why.Trim()}");
        await InOpenCases(unit, id, @case =>
        {
            if (@case.State.Representative == before)
                @case.EndRepresentative(why, by, now);
        });
    }

    /// <summary>Keeps who acts for them as one of their cases has it; other cases are left as they are.</summary>
    public static async Task RememberRepresentative(Unit unit, long id, Representative who, Actor by, DateTimeOffset now)
    {
        await unit.Run("update customers set representative = @document where id = @id", new { document = JsonSerializer.Serialize(who, CaseJson.Options), id });
        await Log(unit, id, by, now, $"{who.Name} acts for them ({who.Relation}).");
    }

    /// <summary>Writes down a change of a customer, in a sentence.</summary>
    internal static Task Log(Unit unit, long id, Actor by, DateTimeOffset now, string what) => unit.Put(
        "insert into customer_log (customer_id, at, by_name, what) values (@id, @at, @Name, @what)", new { id, at = now.ToUnixTimeMilliseconds(), by.Name, what });

    private async Task InOpenCases(Unit unit, long id, Action<Case> change)
    {
        foreach (var number in await unit.List<long>("select number from cases where customer_id = @id and closed_at is null order by number", new { id }))
        {
            await cases.ChangeIn(unit, number, (@case, _) =>
            {
                change(@case);
                return Task.CompletedTask;
            });
        }
    }
}

/// <summary>The columns of a customer that cases begin with.</summary>
public class CareRow
{
    public string? PreferredName { get; init; }
    public int? PreferredChannel { get; init; }
    public string? Support { get; init; }
    public string? SupportWords { get; init; }
    public string? Representative { get; init; }

    /// <summary>The same as cases take it.</summary>
    public Care Care => new()
    {
        PreferredName = PreferredName, Channel = (PreferredChannel?)PreferredChannel,
        Needs = Support is null ? [] : JsonSerializer.Deserialize<List<SupportNeed>>(Support, CaseJson.Options)!, NeedsWords = SupportWords,
        Representative = Representative is null ? null : JsonSerializer.Deserialize<Representative>(Representative, CaseJson.Options),
    };
}
