using System.Globalization;
using Amends.Data;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>What becomes of a call, in writing: when we call, that it changed, that nobody answered. The calendar follows.</summary>
public static class CallLetter
{
    /// <summary>When we call.</summary>
    /// <param name="company">Who calls.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">The case as it is.</param>
    /// <param name="call">The call.</param>
    /// <param name="at">Now.</param>
    public static Letter Agreed(Company company, long number, CaseState state, CallBack call, DateTimeOffset at) => new(
        Words.Subject(number, state, $"{(call.Sequence == 0 ? "We call you" : "Another time: we call you")} on {Words.Day(call.From, ZoneOf(call, company))}"), Words.Paragraphs(
            Words.Hello(state),
            $"We call you on {Words.Moment(call.From, ZoneOf(call, company))}, on {call.Phone}.{(state.OwnerName is { } owner ? $" {owner} calls." : "")}",
            "You find the call as an entry for your calendar with this mail.",
            $"Another time, another number, or no call after all? You can change it here:\n{Letter.Link}",
            Words.SignedBy(state.OwnerName, company)))
    {
        Automatic = true,
        Attachments = [File(company, number, call, at)],
    };

    /// <summary>The call does not take place.</summary>
    public static Letter CalledOff(Company company, long number, CaseState state, CallBack call, DateTimeOffset at) => new(
        Words.Subject(number, state, "We do not call you"), Words.Paragraphs(
            Words.Hello(state),
            $"The call on {Words.Moment(call.From, ZoneOf(call, company))} does not take place. The entry in your calendar is taken back with this mail.",
            state is { IsOpen: true, NextContact: { } next } ? $"You hear from us by {Words.Moment(next.DueAt, company)}: {next.What}." : null,
            $"If you want to talk to us after all, choose a time here:\n{Letter.Link}",
            Words.SignedBy(state.OwnerName, company)))
    {
        Automatic = true,
        Attachments = [File(company, number, call, at, isCancelled: true)],
    };

    /// <summary>We rang, and nobody answered, or the number is not theirs.</summary>
    /// <param name="company">Who called.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">The case as it is.</param>
    /// <param name="call">The call as it is now: with its next time, or over.</param>
    /// <param name="outcome">What came of ringing.</param>
    /// <param name="at">When we rang.</param>
    public static Letter NotReached(Company company, long number, CaseState state, CallBack call, CallOutcome outcome, DateTimeOffset at) => new(
        Words.Subject(number, state, "We tried to call you"), Words.Paragraphs(
            Words.Hello(state),
            outcome == CallOutcome.WrongNumber
                ? $"We tried to call you on {call.Phone}, and that number does not seem to be yours. Please give us another one, with a time that suits you:\n{Letter.Link}"
                : $"We called you on {Words.Moment(at, ZoneOf(call, company))}, on {call.Phone}, and did not reach you.",
            outcome == CallOutcome.WrongNumber ? null : call.IsOpen
                ? $"We try again on {Words.Moment(call.From, ZoneOf(call, company))}. If another time suits you better, choose it here:\n{Letter.Link}"
                : $"We do not want to ring at bad times, so we write to you instead. If you would rather talk, choose a time here:\n{Letter.Link}",
            state is { IsOpen: true, NextContact: { Call: null } next } ? $"You hear from us by {Words.Moment(next.DueAt, company)}: {next.What}." : null,
            Words.SignedBy(state.OwnerName, company)))
    {
        Automatic = true,
        Attachments = call.IsOpen ? [File(company, number, call, at)] : [],
    };

    private static TimeZoneInfo ZoneOf(CallBack call, Company company) => call.Zone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : company.Zone();

    private static LetterFile File(Company company, long number, CallBack call, DateTimeOffset at, bool isCancelled = false)
    {
        var host = company.MailFrom[(company.MailFrom.IndexOf('@') + 1)..];
        return new LetterFile("call.ics", CalendarFile.ContentType, new CalendarFile(
            string.Create(CultureInfo.InvariantCulture, $"call-{number}-{call.Id}@{host}"), call.Sequence, call.From, call.To, $"{company.Name} calls you",
            $"We call you on {call.Phone}. Your case with us has the number {number}.{(company.Phone is { Length: > 0 } phone ? $"\nYou reach us on {phone}." : "")}",
            company.Name, company.MailFrom, at) { IsCancelled = isCancelled }.Write());
    }
}
