using System.Globalization;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Domain.Visits;
using Amends.Domain.Vouchers;

namespace Amends.Letters;

/// <summary>What becomes of a remedy, in writing: the label, the parcel, the visit, the code.</summary>
public static class RemedyLetter
{
    /// <summary>The label, and how to use it.</summary>
    /// <param name="company">Who pays for it.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">The case as it is.</param>
    /// <param name="remedy">The return.</param>
    /// <param name="file">The label's file; <c>null</c> when nothing is printed.</param>
    public static Letter Label(Company company, long number, CaseState state, Remedy remedy, LetterFile? file)
    {
        var parcel = remedy.Return!;
        return Of(company, number, state, $"Your label for the return {parcel.Number}",
            $"Please send it back with {parcel.Label.Carrier}. We have paid for it: you pay nothing.{(file is null ? "" : " The label is with this mail, and on your page.")}",
            $"The number of your return is {parcel.Number}.{(parcel.Label.Tracking is { } tracking ? $" {parcel.Label.Carrier} has it as {tracking}." : "")} The label is good until {Words.Day(parcel.Label.ExpiresAt, company)}.",
            parcel.Label.Instructions, Waiting(state)) with { Attachments = file is null ? [] : [file] };
    }

    /// <summary>We, or the carrier, have the parcel; and what is due with that.</summary>
    public static Letter Parcel(Company company, long number, CaseState state, Remedy remedy) => Of(company, number, state,
        remedy.Return is { ReceivedAt: not null } ? "We have your parcel" : "Your parcel is on its way",
        remedy.Return is { ReceivedAt: not null } ? $"What you sent back with the number {remedy.Return.Number} has arrived here. Thank you." : $"{remedy.Return!.Label.Carrier} has your parcel with the number {remedy.Return.Number}. Thank you; there is nothing more for you to do.",
        state.Remedies.Where(each => each is { IsOpen: true, ReleasedAt: not null }).Select(each => $"{each.What}: by {Words.Day(each.DueAt, company)}.").FirstOrDefault());

    /// <summary>The label lapses soon.</summary>
    public static Letter LapsesSoon(Company company, long number, CaseState state, Remedy remedy) => Of(company, number, state, "Your label is good for a few more days",
        $"We have not seen the parcel with the number {remedy.Return!.Number} yet. The label is good until {Words.Day(remedy.Return.Label.ExpiresAt, company)}.",
        "If you need more time, another label, or help with sending it, tell us; you find the page below.");

    /// <summary>The label has lapsed.</summary>
    public static Letter Lapsed(Company company, long number, CaseState state, Remedy remedy) => Of(company, number, state, "Your label is not good any more",
        $"The label for the return {remedy.Return!.Number} was good until {Words.Day(remedy.Return.Label.ExpiresAt, company)}, and we have not seen the parcel.",
        "That is no harm: tell us, and you get a fresh label.");

    /// <summary>Windows to choose from.</summary>
    public static Letter VisitTimes(Company company, long number, CaseState state, Remedy remedy) => Of(company, number, state, "When may we come?",
        $"{remedy.What}: we come to you, and it costs you nothing. These times are held for you:\n" + string.Join('\n', remedy.Visit!.Times.Select(time => $"- {Span(time, company)}")),
        remedy.Visit is { MissedByUs: > 0 } ? "We did not come when we had agreed to. We are sorry." : null,
        "Choose the one that suits you on your page.");

    /// <summary>The window that is agreed, for the customer's calendar.</summary>
    public static Letter VisitBooked(Company company, long number, CaseState state, Remedy remedy, DateTimeOffset at) => Of(company, number, state, $"We come on {Words.Day(remedy.Visit!.Booked!.Value.From, company)}",
        $"We come on {Span(remedy.Visit.Booked.Value, company)} to {remedy.Visit.Address}. It costs you nothing.",
        "You find the visit as an entry for your calendar with this mail.") with { Attachments = [new LetterFile("visit.ics", CalendarFile.ContentType, Calendar(company, number, remedy, at))] };

    /// <summary>It did not take place.</summary>
    public static Letter VisitMissed(Company company, long number, CaseState state, Remedy remedy, VisitMiss whose) => Of(company, number, state, whose == VisitMiss.Ours ? "We did not come" : "We did not meet you",
        whose == VisitMiss.Ours ? "We had agreed on a visit, and nobody came. We are sorry: your time was wasted." : "We were at your door as agreed, and did not meet you. Things come up; it costs you nothing.",
        state.NextContact is { } next ? $"You hear from us by {Words.Moment(next.DueAt, company)}: {next.What}." : null);

    /// <summary>The code.</summary>
    public static Letter Voucher(Company company, long number, CaseState state, Remedy remedy) => Of(company, number, state, remedy.Kind == RemedyKind.Credit ? "Your credit with us" : "Your voucher",
        $"{remedy.What}: {remedy.Voucher!.Left}.\n\n{VoucherCode.Show(remedy.Voucher.Code)}",
        remedy.Data?.Rule,
        $"{(remedy.Voucher.ExpiresAt is { } until ? $"It is good until {Words.Day(until, company)}." : "It does not lapse.")} You can use it in parts{(remedy.Voucher.Transferable ? ", and pass it on" : "")}.");

    /// <summary>The visit as a file for calendars; taken back when no window is agreed.</summary>
    public static byte[] Calendar(Company company, long number, Remedy remedy, DateTimeOffset at)
    {
        var host = company.MailFrom[(company.MailFrom.IndexOf('@') + 1)..];
        var time = remedy.Visit!.Booked ?? throw new InvalidOperationException("No time is agreed.");
        return new CalendarFile(string.Create(CultureInfo.InvariantCulture, $"visit-{number}-{remedy.Id}@{host}"), remedy.Visit.Sequence, time.From, time.To, $"{company.Name} comes: {remedy.What}",
            $"At {remedy.Visit.Address}. It costs you nothing. Your case with us has the number {number}.{(company.Phone is { Length: > 0 } phone ? $"\nYou reach us on {phone}." : "")}", company.Name, company.MailFrom, at).Write();
    }

    /// <summary>A window in words: the day, from and to.</summary>
    public static string Span(VisitTime time, Company company) =>
        $"{Words.Day(time.From, company)}, {TimeZoneInfo.ConvertTime(time.From, company.Zone()):HH:mm} to {TimeZoneInfo.ConvertTime(time.To, company.Zone()):HH:mm}";

    /// <summary>What an option says about a remedy behind its words: what it takes the place of, when it comes, what the customer pays, and why.</summary>
    public static string Terms(Domain.Offers.OptionRemedy remedy, Company company)
    {
        var when = remedy.Data?.ReleaseOn switch
        {
            ReleaseOn.Scan => "as soon as your parcel is handed in",
            ReleaseOn.Receipt => "as soon as your parcel is here",
            _ => $"by {Words.Day(remedy.DueAt, company)}",
        };
        return $"{(remedy.Data?.InsteadOf is { } instead ? $", in place of {instead}" : "")}, {when}{(remedy.CustomerCharge is { } charge ? $"; you pay {charge}" : "")}{(remedy.Data?.Reason is { } reason ? $". {reason}" : "")}{(remedy.Data?.Alternatives is { } other ? $" {other}" : "")}";
    }

    /// <summary>An apology, an explanation, or why there is nothing, as it may be written; whoever sends it changes it as they like.</summary>
    public static string Draft(CaseState state, Remedy remedy, string writer)
    {
        var words = remedy.Kind switch
        {
            RemedyKind.Apology => $"I am sorry. {state.Summary?.Happened} That should not have happened, and it is our doing, not yours. You told us what matters most to you: {state.Summary?.Matters}\n\nThis is what we have changed, so that it does not happen again: …",
            RemedyKind.None => $"We have looked at it closely, and we do nothing further in this matter. These are the reasons: {remedy.Data?.Reason}\n\nWhat else there is for you: {remedy.Data?.Alternatives}",
            _ => $"You asked us about this: {state.Summary?.Happened}\n\nThis is how it is: …",
        };
        return $"{Words.Hello(state)}\n\n{words}\n\nKind regards\n{remedy.Data?.Signatory ?? writer}";
    }

    private static string? Waiting(CaseState state) => state.Remedies.FirstOrDefault(each => each.IsWaiting) is { } waiting
        ? $"{waiting.What}: as soon as {(waiting.Data!.ReleaseOn == ReleaseOn.Scan ? "the parcel is handed in" : "the parcel is here")}."
        : null;

    private static Letter Of(Company company, long number, CaseState state, string subject, params string?[] paragraphs) => new(
        Words.Subject(number, state, subject), Words.Paragraphs([Words.Hello(state), .. paragraphs, Letter.Link, Words.SignedBy(state.OwnerName, company)])) { Automatic = true };
}
