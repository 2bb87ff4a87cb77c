using Amends.Domain.Calendars;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Tests.Cases;

/// <summary>People, hours and sentences that the tests of a case share.</summary>
public static class Desk
{
    public static readonly Visits.VisitRules Windows = new(TimeSpan.FromHours(2), 1);
    public static readonly Actor Jo = Actor.Person(1, "Jo", Role.Agent);
    public static readonly Actor Lea = Actor.Person(2, "Lea", Role.Lead);
    public static readonly Actor Max = Actor.Person(3, "Max", Role.Owner);
    public static readonly Actor Rita = Actor.Person(4, "Rita", Role.Reader);
    public static readonly Actor Amara = Actor.Customer(7, "Amara");
    public static readonly Calendar Hours = Calendar.NineToFive(TimeZoneInfo.Utc);

    public static readonly CallRules Calls = new(true, TimeSpan.FromMinutes(30), 1);

    /// <summary>A Wednesday, ten in the morning.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public static Case Opened(bool repeat = false) =>
        Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken kettle", "It leaks on the table.", Amara.Id, Amara.Name, Repeat: repeat), Amara, Hours, Start);

    public static Case Understood(bool repeat = false)
    {
        var @case = Opened(repeat);
        @case.HearWantedOutcome("A kettle that holds water", Jo, Start);
        @case.CheckSafety(false, Jo, Start);
        @case.WriteSummary("The kettle leaks", "Tea in the morning", "Options today", Jo, Start);
        return @case;
    }

    /// <summary>The customer has our summary.</summary>
    public static Case Asked()
    {
        var @case = Understood();
        @case.SendSummary(Jo, Start);
        return @case;
    }

    /// <summary>The customer has a decision that does not uphold what they raised.</summary>
    public static Case Decided()
    {
        var @case = Asked();
        @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", "A descaler, free of charge", "photo 2", Jo, Start);
        @case.SendDecision(Terms(), Jo, Hours, Start);
        return @case;
    }

    public static DecisionTerms Terms() => new(Start.AddDays(2), Start.AddDays(3), Start.AddDays(7), "You can ask the Retail Ombudsman.", "EUR");

    public static Case Offered(long euros = 20)
    {
        var @case = Understood();
        @case.PrepareOffer(Draft(euros), Max, Start);
        @case.SendOffer(1, Jo, Hours, Start);
        return @case;
    }

    public static Case Delivering()
    {
        var @case = Offered();
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        return @case;
    }

    public static Case AskedBack()
    {
        var @case = Delivering();
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2));
        return @case;
    }

    public static Case.Draft Draft(long euros = 20, int options = 2, bool asWanted = false, string? reason = null) =>
        new([.. Enumerable.Range(1, options).Select(i => new Option(0, $"Option {i}", "Because you need tea.",
            [new OptionRemedy(RemedyKind.Refund, "Money back", new Money(euros * 100 * i, "EUR"), Start.AddDays(2))], asWanted))], reason, Start.AddDays(3), Start.AddDays(7));

    /// <summary>Money back, agreed on the phone.</summary>
    public static OnTheSpot Spot(long euros = 20, bool other = false, DateTimeOffset? at = null, bool done = false) =>
        new("Money back", "The kettle leaks", "Tea in the morning", "Money back", new OptionRemedy(RemedyKind.Refund, "Money back", new Money(euros * 100, "EUR"), (at ?? Start).AddDays(2)), !other, other ? "A new kettle" : null,
            "“Yes, fine.”", done, null, (at ?? Start).AddDays(7));
}
