using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.People;

namespace Amends.Features.Recovery.Listening;

/// <summary>A call as a form logs it.</summary>
/// <param name="TheyRang">The customer rang us.</param>
/// <param name="Minutes">As typed.</param>
/// <param name="Talk">The balance, by name.</param>
/// <param name="Theirs">Seconds tapped for them.</param>
/// <param name="Ours">Seconds tapped for us.</param>
internal sealed record TalkTyped(bool TheyRang, string? Minutes, string? Talk, string? Theirs = null, string? Ours = null)
{
    /// <summary>Logs it, on the case and for whoever was on the phone.</summary>
    /// <exception cref="Refused"><c>minutes</c></exception>
    public async Task Log(Unit unit, Case @case, long number, long message, Actor me, DateTimeOffset now)
    {
        int? minutes = string.IsNullOrWhiteSpace(Minutes) ? null
            : int.TryParse(Minutes.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : throw new Refused("minutes", "Write the minutes as a whole number, such as 12.");
        TalkBalance? balance = Enum.TryParse<TalkBalance>(Talk, out var said) ? said : null;
        (int, int)? taps = int.TryParse(Theirs, NumberStyles.None, CultureInfo.InvariantCulture, out var theirs) && int.TryParse(Ours, NumberStyles.None, CultureInfo.InvariantCulture, out var ours) ? (theirs, ours) : null;
        @case.LogCall(message, TheyRang, minutes, balance, taps, me, now);
        await NoteStore.LogCall(unit, number, @case.State.Calls.First(call => call.MessageId == message), me);
    }
}
