using Amends.Domain.Listening;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>Notes that one can rely on later, and calls as they were.</summary>
public sealed partial class Case
{
    /// <summary>Writes down somebody's exact words, with who said them and when.</summary>
    public void Quote(long messageId, Quote quote, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var who = Needed(quote.SaidBy, "said_by", "Say whose words these are.", 120);
        if (quote.SaidAt > at)
            throw new Refused("said_at", "Nobody has said it yet: choose a time that has passed.");
        Tell(new NoteWritten(at, by, messageId) { Quote = quote with { SaidBy = who } });
    }

    /// <summary>Puts a note right while it is open: its writer alone, for 15 minutes. What stood before stays readable.</summary>
    /// <exception cref="Refused"><c>note_fixed</c> afterwards; <c>not_yours</c> for anybody else.</exception>
    public void EditNote(WrittenNote note, long messageId, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (note.AuthorId != by.Id)
            throw new Refused("not_yours", "Only whoever wrote a note changes it. Add a correction instead; both stay.");
        if (note.IsFixed(at))
            throw new Refused("note_fixed", "A note is fixed after 15 minutes. Add a correction instead; both stay.");
        Tell(new NoteEdited(at, by, messageId, note.Id));
    }

    /// <summary>Adds a correction to a note. The note itself stays as it is.</summary>
    public void CorrectNote(WrittenNote note, long messageId, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        Tell(new NoteCorrected(at, by, messageId, note.Id));
    }

    /// <summary>Logs a call whose words are in a message: who rang, how long it took, and who spoke how much.</summary>
    /// <param name="messageId">What was said.</param>
    /// <param name="theyRang">The customer rang.</param>
    /// <param name="minutes">Its length.</param>
    /// <param name="balance">As judged; what was tapped goes before it.</param>
    /// <param name="taps">Seconds that they and that we spoke, where it was tapped.</param>
    /// <param name="by">Who was on the phone.</param>
    /// <param name="at">Now.</param>
    /// <param name="overlaps">How often both spoke at once, where that was counted.</param>
    public void LogCall(long messageId, bool theyRang, int? minutes, TalkBalance? balance, (int Theirs, int Ours)? taps, Actor by, DateTimeOffset at, int? overlaps = null)
    {
        MustBeOneOfUs(by);
        if (minutes is not (null or (>= 0 and <= SpokenCall.LongestMinutes)))
            throw new Refused("minutes", $"A call takes 0 to {SpokenCall.LongestMinutes} minutes.");
        var known = taps is { Theirs: >= 0, Ours: >= 0 } both && both.Theirs + both.Ours is > 0 and <= SpokenCall.LongestMinutes * 60 ? taps : null;
        var judged = SpokenCall.ShareOf(known?.Theirs, known?.Ours) is { } share ? SpokenCall.BalanceOf(share) : balance is { } said && Enum.IsDefined(said) ? said : (TalkBalance?)null;
        if (State.Calls.All(call => call.MessageId != messageId))
            Tell(new CallLogged(at, by, messageId, theyRang, minutes, judged, known?.Theirs, known?.Ours) { Overlaps = overlaps is >= 0 ? overlaps : null });
    }
}
