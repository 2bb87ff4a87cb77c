using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>Whose each line is, and that its day passed without it (practice 0-17).</summary>
public sealed partial class Case
{
    /// <summary>Hands a line to a colleague or to somebody outside, or back to whoever has the case. Doing it twice changes nothing.</summary>
    /// <param name="id">The line.</param>
    /// <param name="to">Whose it is; <c>null</c> for whoever has the case.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>owner</c> without a name; <c>remedy</c> when it is settled.</exception>
    public void HandRemedy(int id, RemedyOwner? to, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        var remedy = RemedyOf(id);
        if (!remedy.IsOpen)
            throw new Refused("remedy", "This line is already settled.");
        var owner = to is null || (to.PersonId is { } person && person == State.OwnerId) ? null : to with { Name = Needed(to.Name, "owner", "Say whose it is.", RemedyOwner.LongestName) };
        if (owner != remedy.Owner)
            Tell(new RemedyHanded(at, by, id, owner?.PersonId, owner?.Name));
    }

    /// <summary>Each line rings by itself: one that is late does not hide behind one that is due later.</summary>
    private IEnumerable<Alarm> RemedyAlarms() =>
        from remedy in State.Owed
        where remedy.LateAt is null
        select new Alarm(remedy.DueAt.AddMilliseconds(1), at => Tell(new RemedyOverdue(at, Actor.Amends, remedy.Id, remedy.What, remedy.DueAt, remedy.Owner?.PersonId)));
}
