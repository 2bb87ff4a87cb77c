using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Domain.Visits;

namespace Amends.Features.Api.Writes;

/// <summary>Somebody comes: times to choose from, the customer's choice, what was found, their word that it works, or that it did not take place.</summary>
public sealed class VisitWrites(CaseWrite write, CaseStore cases, Database database, StoredSettings settings, TimeProvider clock)
{
    private const int MostTimes = 20, LongestAddress = 400;

    /// <summary>The times that can be offered for a visit now; <c>null</c> when the line is none.</summary>
    public async Task<VisitTimesAnswer?> Free(long number, int id, CancellationToken ct)
    {
        if ((await cases.Find(number, ct))?.Remedies.FirstOrDefault(each => each.Id == id) is not { Kind: RemedyKind.Visit or RemedyKind.Redo })
            return null;
        var company = await settings.Company(ct);
        return new([.. (await RemedyDesk.FreeVisits(database, company, company.Remedies.VisitRules(), clock.GetUtcNow(), number, id, ct)).Select(time => new CallTimeAnswer(time.From, time.To))]);
    }

    /// <summary>Holds times for the customer to choose from, in place of those that they had.</summary>
    public Task<IResult> Offer(long number, int id, HttpContext context) => write.Do<OfferVisit>(number, context, asked =>
    {
        var rules = asked.Company.Remedies.VisitRules();
        var times = (Checked.Few("times", asked.Value.Times, MostTimes) ?? []).Select((from, i) => Time(asked.Moment($"times[{i}]", from)!.Value, rules)).ToList();
        var address = Checked.Text("address", asked.Value.Address, LongestAddress);
        return work => work.Case.OfferVisit(id, times, address, rules, work.By, work.Calendar, work.Now);
    }, state => VisitStep.Of(number, id, state));

    /// <summary>The customer chose one of the times, as they said it to one of us.</summary>
    public Task<IResult> Book(long number, int id, HttpContext context) => write.Do<BookVisit>(number, context, asked =>
    {
        var rules = asked.Company.Remedies.VisitRules();
        var from = asked.Moment("from", asked.Value.From) ?? throw new BadField("from", "Say which of the times that are held for them they chose.");
        var address = Checked.Text("address", asked.Value.Address, LongestAddress);
        var (via, words) = Quoted.Of(asked.Value.Via, asked.Value.Words);
        return work => work.Case.BookVisit(id, Time(from, rules), address, via, words, rules, Quoted.Speaker(work, asked.Value.ByRepresentative), work.Calendar, work.Now);
    }, state => VisitStep.Of(number, id, state));

    /// <summary>Somebody was there: what they found, and what they used.</summary>
    public Task<IResult> End(long number, int id, HttpContext context) => write.Do<EndVisit>(number, context, asked =>
    {
        var said = asked.Value;
        var (diagnosis, parts, technician) = (Checked.Needed("diagnosis", said.Diagnosis, 2000), Checked.Text("parts", said.Parts, 400), Checked.Text("technician", said.Technician, 120));
        return work => work.Case.EndVisit(id, diagnosis, parts, technician, work.By, work.Now);
    }, state => VisitStep.Of(number, id, state));

    /// <summary>The customer says that the visit was done, in their words.</summary>
    public Task<IResult> SignOff(long number, int id, HttpContext context) => write.Do<SignOffVisit>(number, context, asked =>
    {
        var (via, words) = Quoted.Of(asked.Value.Via, asked.Value.Words);
        return work => work.Case.SignOffVisit(id, via, words, Quoted.Speaker(work, asked.Value.ByRepresentative), work.Now);
    }, state => VisitStep.Of(number, id, state));

    /// <summary>It did not take place.</summary>
    public Task<IResult> Miss(long number, int id, HttpContext context) => write.Do<MissVisit>(number, context, asked =>
    {
        var (whose, note) = (Checked.Chosen("whose", asked.Value.Whose, "Say by whose doing: ours or theirs."), Checked.Text("note", asked.Value.Note, 1000));
        return work => work.Case.MissVisit(id, whose, note, work.By, work.Calendar, work.Now);
    }, state => VisitStep.Of(number, id, state));

    private static VisitTime Time(DateTimeOffset from, VisitRules rules) => new(from, from + rules.Length);
}

/// <summary>The times that can be offered for a visit.</summary>
public sealed record VisitTimesAnswer(IReadOnlyList<CallTimeAnswer> Items);

/// <summary>Times for the customer to choose from: two at least, each by the moment at which it begins; and where.</summary>
public sealed record OfferVisit(IReadOnlyList<DateTimeOffset>? Times, string? Address = null);

/// <summary>What the customer chose.</summary>
/// <param name="From">The beginning of a time that is held for them.</param>
/// <param name="Via">mail, phone, in_person, letter, sms or social.</param>
/// <param name="Words">What they said, quoted.</param>
/// <param name="Address">Where, when it is another place.</param>
/// <param name="ByRepresentative">Whoever acts for the customer said it.</param>
public sealed record BookVisit(DateTimeOffset? From, Channel? Via, string? Words, string? Address = null, bool ByRepresentative = false);

/// <summary>What was found and done, what was used, and who was there.</summary>
public sealed record EndVisit(string? Diagnosis, string? Parts = null, string? Technician = null);

/// <summary>The customer's own word that it was done.</summary>
/// <param name="Via">mail, phone, in_person, letter, sms or social.</param>
/// <param name="Words">What they said, quoted.</param>
/// <param name="ByRepresentative">Whoever acts for the customer said it.</param>
public sealed record SignOffVisit(Channel? Via, string? Words, bool ByRepresentative = false);

/// <summary>By whose doing it did not take place: ours (nobody came) or theirs (nobody opened).</summary>
public sealed record MissVisit(VisitMiss? Whose, string? Note = null);

/// <summary>Where a visit stands.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">Its stage.</param>
/// <param name="RemedyId">The line.</param>
/// <param name="Held">The times that are held for the customer.</param>
/// <param name="From">The time that is agreed.</param>
/// <param name="To">Its end.</param>
/// <param name="VisitedAt">When somebody was there.</param>
/// <param name="DoneAt">When nothing of the line was owed any more.</param>
/// <param name="PromiseDueAt">By when the customer hears from us next.</param>
public sealed record VisitStep(long Number, CaseStage State, int RemedyId, IReadOnlyList<CallTimeAnswer> Held, DateTimeOffset? From, DateTimeOffset? To, DateTimeOffset? VisitedAt, DateTimeOffset? DoneAt, DateTimeOffset? PromiseDueAt)
{
    /// <summary>A visit of a case.</summary>
    internal static VisitStep Of(long number, int id, CaseState state)
    {
        var remedy = state.Remedies.First(each => each.Id == id);
        var (visit, open) = (remedy.Visit, remedy.Visit is { Booked: null, DoneAt: null } && remedy.IsOpen);
        return new(number, state.Stage, id, open ? [.. visit!.Times.Select(time => new CallTimeAnswer(time.From, time.To))] : [], visit?.Booked?.From, visit?.Booked?.To, visit?.DoneAt, remedy.DoneAt, state.IsOpen ? state.NextContact?.DueAt : null);
    }
}
