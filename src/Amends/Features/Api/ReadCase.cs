using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Effort;
using Amends.Domain.Listening.Emotion;
using Dapper;

namespace Amends.Features.Api;

/// <summary>One case with what was said and what happened.</summary>
public sealed class ReadCase(Database database, StoredSettings settings, TimeProvider clock)
{
    private const int MostEvents = 500, MostMessages = 200;

    /// <summary>The case, or <c>null</c>.</summary>
    public async Task<CaseAnswer?> Find(long number, CancellationToken ct)
    {
        var (document, events, messages, bounces, duplicates) = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                $"""
                select state from cases where number = @number;
                select seq, kind, body from events where case_number = @number order by seq desc limit @MostEvents;
                select m.id, m.at, m.direction, m.channel, m.author_name, m.subject, m.text, m.automatic, s.address, s.known, s.trust_detail
                from messages m left join mail_senders s on s.message_id = m.id where m.case_number = @number order by m.id desc limit @MostMessages;
                select {AddressBounce.Columns} from {AddressBounce.Join} where a.customer_id = (select customer_id from cases where number = @number) order by b.at desc;
                {OtherCases.Duplicates} order by d.number
                """, new { number, MostEvents, MostMessages });
            return (await all.ReadSingleOrDefaultAsync<string>(), (await all.ReadAsync<EventRow>()).AsList(), (await all.ReadAsync<MessageRow>()).AsList(), (await all.ReadAsync<AddressBounce>()).AsList(), (await all.ReadAsync<long>()).AsList());
        }, ct);
        if (document is null)
            return null;
        var (state, framework) = (CaseJson.State(document), FrameworkSet.For(null, (await settings.Company(ct)).Framework));
        return Answer(number, state, events, messages, clock.GetUtcNow()) with { Steps = state.Kind == CaseKind.Complaint ? FrameworkSet.Answer(framework, state) : null, Duplicates = duplicates, BouncedAddresses = [.. bounces.Select(row => new BouncedAddress(row.Address, row.Hard == 1, row.Reason, row.Words, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))] };
    }

    private static OutcomeState Of(OutcomeGap gap) => new(gap.Wanted, gap.Offered, gap.Accepted, gap.AcceptedAsWanted, gap.Met);

    private static EffortState Of(CaseEffort effort) => new(effort.Contacts, effort.Channels, effort.Transfers, effort.Repeats, effort.Forms, effort.Days);

    private static IReadOnlyList<OfferedAnswer> Offered(IReadOnlyList<Domain.Offers.OptionRemedy> remedies) =>
        [.. remedies.Select(remedy => new OfferedAnswer(remedy.Kind, remedy.What, Worth(remedy.Value), remedy.DueAt, remedy.Data?.Reason, remedy.IsStatutory))];

    private static CaseAnswer Answer(long number, CaseState state, List<EventRow> events, List<MessageRow> messages, DateTimeOffset now) => new()
    {
        Number = number, State = state.Stage, Kind = state.Kind, Channel = state.Channel, Severity = state.Severity, Subject = state.Subject,
        Customer = new(state.CustomerId, state.CustomerName), Owner = state.OwnerId is { } owner ? new(owner, state.OwnerName ?? "") : null,
        OpenedAt = state.OpenedAt, AcknowledgedAt = state.AcknowledgedAt, ClosedAt = state.ClosedAt, CloseReason = state.CloseReason, GoesOnIn = state.GoesOnIn, Follows = state.Follows,
        Story = state.Story, WantedOutcome = state.WantedOutcome, Cause = state.Cause,
        Promise = state is { IsOpen: true, NextContact: { } next } ? new(next.What, next.DueAt, next.MissedAt) : null,
        Summary = state.Summary is { } sum ? new(sum.Version, sum.Happened, sum.Matters, sum.Promised, sum.WrittenAt, sum.SentAt, sum.ConfirmedAt, sum.CorrectedAt, sum.Correction, sum.Impact) : null,
        Offer = state.Offer is { } offer
            ? new(offer.Id, offer.SentAt, offer.AnswerBy, offer.ChosenId, offer.DeclinedAt, [.. offer.Options.Select(option => new OptionAnswer(option.Id, option.Title, option.Why, option.IsAsWanted, Worth(option.Value)) { Remedies = Offered(option.Remedies) })], offer.Issues, offer.IsDecision) { AwaitsApproval = offer.AwaitsApproval }
            : null,
        PhoneNudge = Domain.CallBacks.PhoneNudge.ReasonsFor(state),
        Policies = [.. state.Policies.Select(each => new PolicyAnswer(each.Key, each.Version, each.Edition, each.Title, each.Beyond, each.OfferId, each.At))],
        Playbook = state.Playbook is { } pin ? new(pin.Key, pin.Version, pin.Title, pin.At) : null,
        Issues = [.. state.Issues.Select(issue => new IssueAnswer(issue.Id, issue.Words, issue.RaisedAt, issue.RaisedBy, issue.WithdrawnAt, issue.MergedInto, issue.Reason,
            issue.Decision is { } each ? new(each.Finding, each.Reasons, each.CanDo, each.Evidence, each.At, each.By) { Remedies = Offered(each.Remedies) } : null, issue.ToldAt))],
        Referral = state.Referral is { } outside ? new(outside.Stage, outside.Body, outside.ReferredOn, outside.DecidedOn, outside.Outcome) : null,
        Deadlines = [.. state.Duties.Select(duty => new DeadlineAnswer(duty.Id, duty.Preset, duty.PresetVersion, duty.Milestone, duty.Title, duty.StartedAt, duty.DueAt, duty.Calendar, duty.CalendarVersion, duty.MetAt, duty.MessageId, duty.BreachedAt, duty.DroppedAt, duty.IsTarget,
            [.. duty.Extensions.Select(extension => new ExtensionAnswer(extension.From, extension.To, extension.Reason, extension.MessageId))]) { PausedAt = duty.PausedAt, PausedMinutes = (long)duty.PausedFor.TotalMinutes })],
        StopSale = state.StopSale is { } sale ? new(sale.AskedAt, sale.AnsweredAt, sale.IsStopped, sale.Words, sale.Product, sale.Lot, sale.Affected?.Orders, sale.Affected?.Customers) : null,
        Remedies = [.. state.Remedies.Select(remedy => new RemedyAnswer(remedy.Id, remedy.Kind, remedy.What, Worth(remedy.Value), remedy.DueAt, remedy.DoneAt, remedy.FailedAt)
            {
                Step = remedy.Step, Statutory = remedy.IsStatutory, Law = remedy.Law?.Name, Waits = remedy.IsWaiting, Owner = remedy.Owner is { } whose ? new(whose.PersonId, whose.Name) : null, LateAt = remedy.LateAt, LapsedAt = remedy.LapsedAt, ReplacedAt = remedy.ReplacedAt,
                Return = remedy.Return is { } parcel ? new(parcel.Number, parcel.Label.Carrier, parcel.Label.Tracking, parcel.Label.ExpiresAt, parcel.ScannedAt, parcel.ReceivedAt, parcel.Inspection) { Mark = parcel.Mark, Sent = parcel.Sent, IsAnother = parcel.Mark is null || parcel.Sent is null ? null : parcel.IsAnother } : null,
                Visit = remedy.Visit is { } visit ? new(visit.Booked?.From, visit.Booked?.To, visit.Address, visit.DoneAt) : null, AgreedAt = remedy.Consent?.At,
            })],
        CheckBack = state.CheckBack is { } check ? new(check.DueAt, check.Attempts, check.Answer, check.Score, check.Survey, check.Rules.Attempts, check.Asked, check.CallDueAt) : null,
        FixDueAt = state.FixDueAt, PutRightBy = state.PutRightBy, ReplyDueAt = state.ReplyDueAt, SnoozedUntil = state.SnoozedUntil, WaitsFor = state.IsOpen ? state.WaitsFor : null, SupportNeeds = state.SupportNeeds, PreferredName = state.PreferredName, PreferredChannel = state.PreferredChannel, Representative = RepresentativeAnswer.Of(state.Representative),
        Failures = state.Failures, DoubleFailure = state.IsDoubleFailure, Outcome = Of(OutcomeGap.Of(state)), Effort = Of(CaseEffort.Of(Enumerable.Reverse(events).Select(row => CaseJson.Event(row.Kind, row.Body)), now)),
        FollowOn = state.FollowOn is { } thanks ? new(thanks.SentAt, thanks.AsksForReview, thanks.Code) : null,
        Urgency = state.IsOpen ? state.Urgency : null, Review = state.Review is { } review ? new(review.BegunAt, review.Why, review.Reviewer) : null, LegalHold = state.LegalHold,
        Tone = state.Tone is { } tone ? new(tone.Level.Code(), tone.Tone.Score, state.ToneCourse, tone.Tone.IsFallback, tone.Corrected is not null, [.. state.Tones.SelectMany(heard => heard.Tone.Signs).Distinct()])
        {
            Language = tone.Tone.Language, Case = state.Upset is { } upset ? new(upset.Level.Code(), upset.Score, upset.Reasons) : null,
        } : null,
        Impact = state.Impact, JourneyStage = state.Journey, NextAction = state.NextAction, Source = state.Source is { } from ? new(from.Place, from.Handle, from.Link, from.InPublic, from.Stars, from.Dated) : null,
        Category = state.Category is { } category ? new(category.Code, state.FirstImpression?.Code, state.ConfirmedCategory?.Code) : null,
        Answers = [.. state.Answers.Select(answer => new AnswerAnswer(answer.Code, answer.Question, answer.Words, answer.At, answer.By))],
        Lessons = [.. state.Lessons.Select(lesson => lesson.Words)],
        Whys = [.. state.Whys.Where(why => why.Stands).Select(why => new WhyAnswer(why.Id, why.Under, why.Words, why.Evidence, why.CanChange, why.At, why.By))],
        Calls = [.. state.Calls.Select(call => new SpokenAnswer(call.MessageId, call.TheyRang, call.Minutes, call.Balance, call.TheirShare, call.At, call.By))],
        Call = state.CallBack is null ? null : Calls.Of(number, state),
        Events = [.. Enumerable.Reverse(events).Select(row => (row, news: CaseJson.Event(row.Kind, row.Body))).Select(each => new EventAnswer(each.row.Seq, each.news.At, each.row.Kind, each.news.By.Kind, each.news.By.Name, each.news.By.Program))],
        Messages = [.. Enumerable.Reverse(messages).Select(row => new MessageAnswer(
            row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.At), (Direction)row.Direction, (Channel)row.Channel, row.AuthorName, row.Subject, row.Text, row.Automatic == 1, SenderOf(row)))],
    };

    private static SenderAnswer? SenderOf(MessageRow row)
    {
        var detail = Channels.Email.SenderDetail.Read(row.TrustDetail) ?? new();
        return row.Address is null ? null : new(row.Address, row.Known == 1, detail.Verdict, detail.SignedBy, detail.Receiver, detail.Results, detail.Signatures);
    }

    private static Amount Worth(Money money) => new(money.Minor, money.Currency);

    private sealed class EventRow
    {
        public int Seq { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class MessageRow
    {
        public long Id { get; init; }
        public long At { get; init; }
        public int Direction { get; init; }
        public int Channel { get; init; }
        public string AuthorName { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Text { get; init; } = "";
        public int Automatic { get; init; }
        public string? Address { get; init; }
        public int Known { get; init; }
        public string? TrustDetail { get; init; }
    }
}
