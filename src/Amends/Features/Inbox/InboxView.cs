using Amends.Domain.People;

namespace Amends.Features.Inbox;

/// <summary>A list of cases: what is in it, in what order, and what to say when nothing is.</summary>
/// <param name="Id">As in the address.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Where">The condition in SQL, on columns of <c>cases c</c> alone, so that an index answers it.</param>
/// <param name="Empty">A sentence for the empty list.</param>
public sealed record InboxView(string Id, string Title, string Where, string Empty)
{
    /// <summary>The column that the list is sorted by and paged along.</summary>
    public string Column { get; init; } = "next_contact_at";

    /// <summary>Newest first instead of soonest first.</summary>
    public bool Descending { get; init; }

    /// <summary>How many bands of urgency it shows, from what is overdue on; 0 for a list in the order of its column alone.</summary>
    public int Bands { get; init; }

    /// <summary>The condition that its bands come to, for one row of it.</summary>
    internal string Until => Bands switch { 1 => " and c.next_contact_at < @now", 3 => " and c.next_contact_at < @today", _ => "" };

    /// <summary>The same of one team alone: SQL with the parameter <c>team</c>.</summary>
    internal InboxView OfTeam => this with { Where = $"{Where} and {Data.TeamDesk.CasesSql}" };

    /// <summary>Whether whose a case is matters in this list.</summary>
    public bool NamesOwner => Id is not ("mine" or "unassigned");

    /// <summary>The lowest role that sees it.</summary>
    public Role From { get; init; } = Role.Reader;

    /// <summary>All views by their id.</summary>
    public static IReadOnlyDictionary<string, InboxView> All { get; } = new InboxView[]
    {
        new("mine", "Mine", "c.closed_at is null and c.owner_id = @me", "You have no open case.") { Bands = 4 },
        new("team", "My team", "c.closed_at is null", "Nobody has an open case.") { Bands = 4 },
        new("unassigned", "Unassigned", "c.closed_at is null and c.owner_id is null", "Every case has somebody who looks after it.") { Bands = 4 },
        new("overdue", "Overdue", "c.closed_at is null", "No promise is overdue.") { Bands = 1 },
        new("due", "Due today", "c.closed_at is null", "Nothing is due today.") { Bands = 3 },
        new("with-customer", "With the customer", "c.with_customer = 1", "No customer has to answer anything."),
        new("follow-ups", "Follow-ups", "c.stage = 6", "Nobody waits to be asked whether it is put right."),
        new("others", "Questions, thanks and the rest", "c.closed_at is null and c.kind <> 1", "There are only complaints."),
        new("hard", "Hard ones", "c.is_hard = 1 and c.closed_at is null", "No complaint is a hard one at the moment."),
        new("second-look", "Second look", "c.second_look = 1 and c.closed_at is not null", "No answered case waits for a second look.") { Column = "closed_at", Descending = true, From = Role.Lead },
        new("closed", "Closed", "c.closed_at is not null", "Nothing was closed yet.") { Column = "closed_at", Descending = true },
    }.ToDictionary(view => view.Id);
}
