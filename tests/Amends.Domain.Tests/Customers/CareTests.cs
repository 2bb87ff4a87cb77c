using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Customers;
using Amends.Domain.Handling;
using Amends.Domain.People;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Customers;

public sealed class CareTests
{
    private static readonly Representative Nell = new("Nell", "daughter", "nell@mail.example", null, Mandate.Hear, "Amara said so", new DateOnly(2026, 3, 4), null, LettersTo.Both);

    [Fact]
    public void A_case_begins_with_what_the_customer_told_us_once()
    {
        var care = new Care { PreferredName = "Amy", Channel = PreferredChannel.Phone, Needs = [SupportNeed.LargePrint], NeedsWords = "Large, please", Representative = Nell };
        var @case = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken", "It leaks.", Amara.Id, Amara.Name, Care: care), Amara, Hours, Start);
        Assert.Equal(("Amy", "Amy", PreferredChannel.Phone, "Large, please", Nell), (@case.State.PreferredName, @case.State.GreetingName, @case.State.PreferredChannel, @case.State.SupportWords, @case.State.Representative));
        Assert.Equal(Nell, Assert.IsType<WriteTo>(Assert.Single(@case.Claims)).Who);
        var plain = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken", "It leaks.", Amara.Id, Amara.Name, Care: new()), Amara, Hours, Start);
        Assert.DoesNotContain(plain.News, news => news is PreferencesNoted or SupportNeedsNoted or RepresentativeNamed);
        var late = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken", "It leaks.", Amara.Id, Amara.Name, Care: new() { Representative = Nell with { Until = Start } }), Amara, Hours, Start);
        Assert.Null(late.State.Representative); // it ended before
    }

    [Fact]
    public void Whoever_rather_talks_is_rung_and_whoever_rather_reads_is_not_but_for_danger()
    {
        var @case = Opened();
        @case.NotePreferences(null, PreferredChannel.Phone, Jo, Start);
        Assert.Equal([NudgeReason.PrefersPhone], PhoneNudge.ReasonsFor(@case.State));
        @case.NotePreferences(null, PreferredChannel.Mail, Jo, Start);
        @case.SetSeverity(Severity.High, Jo, Start);
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
        @case.CheckSafety(true, Jo, Start);
        Assert.Equal([NudgeReason.AtRisk], PhoneNudge.ReasonsFor(@case.State));
        @case.NoteSupportNeeds([SupportNeed.WritingOnly], null, Jo, Start);
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State)); // a call reaches nobody there
        @case.NoteSupportNeeds([SupportNeed.CallsOnly], null, Jo, Start);
        @case.NotePreferences(null, null, Jo, Start);
        Assert.Contains(NudgeReason.PrefersPhone, PhoneNudge.ReasonsFor(@case.State));

        var offered = Offered();
        offered.NotePreferences(null, PreferredChannel.Phone, Jo, Start);
        offered.Choose(1, 1, Channel.Page, null, Amara, Hours, Start);
        Assert.Equal(CheckBackManner.Phone, offered.State.CheckBack!.Manner);
    }

    [Fact]
    public void Somebody_who_may_only_hear_is_refused_when_they_answer_and_somebody_who_may_agree_is_not()
    {
        var nell = Amara with { Through = "Nell" };
        var @case = Offered();
        Assert.Contains("does not speak for Amara", Assert.Throws<Refused>(() => @case.Choose(1, 1, Channel.Page, null, nell, Hours, Start)).Message);
        @case.NameRepresentative(Nell, Jo, Start);
        Assert.Contains("may hear how things stand, but not answer for Amara", Assert.Throws<Refused>(() => @case.Choose(1, 1, Channel.Page, null, nell, Hours, Start)).Message);
        Assert.Equal("representative", Assert.Throws<Refused>(() => @case.Decline(1, Channel.Page, "No.", nell, Hours, Start)).Code);
        Assert.Equal("representative", Assert.Throws<Refused>(() => @case.Choose(1, 1, Channel.Phone, "Yes", Jo with { Through = "Nell" }, Hours, Start)).Code); // nor when one of us writes it down
        @case.Hear(5, Channel.Page, nell, Hours, Start); // they may tell us things

        @case.NameRepresentative(Nell with { May = Mandate.Agree, Until = Start.AddDays(2) }, Jo, Start);
        Assert.Throws<Refused>(() => @case.Choose(1, 1, Channel.Page, null, nell, Hours, Start.AddDays(2))); // that is over
        @case.Choose(1, 1, Channel.Page, null, nell, Hours, Start.AddDays(1));
        Assert.Equal("Nell", @case.News.OfType<Offers.OptionChosen>().Single().By.Through);
        Assert.Equal("end_why", Assert.Throws<Refused>(() => @case.EndRepresentative(" ", Jo, Start)).Code);
        @case.EndRepresentative("She speaks for herself.", Jo, Start.AddDays(1));
        Assert.Null(@case.State.Representative);
    }

    [Fact]
    public void What_is_missing_about_a_representative_is_said_beside_its_field()
    {
        foreach (var (wrong, code) in new[]
        {
            (Nell with { Name = " " }, "representative_name"), (Nell with { Relation = "" }, "relation"), (Nell with { Proof = "" }, "proof"), (Nell with { May = 0 }, "may"), (Nell with { LettersTo = 0 }, "letters_to"),
            (Nell with { Email = "nell" }, "representative_email"), (Nell with { Email = null }, "representative_phone"), (Nell with { Email = null, Phone = "0113" }, "representative_email"),
            (Nell with { ProvenOn = new(2027, 1, 1) }, "proven_on"), (Nell with { Until = Start }, "until"), (Nell with { Name = new string('x', 201) }, "representative_name"),
        })
            Assert.Equal(code, Assert.Throws<Refused>(() => wrong.Checked(Start)).Code);
        Assert.Equal("Nell", (Nell with { Name = " Nell " }).Checked(Start).Name);
    }

    [Fact]
    public void A_case_whose_customer_is_somebody_else_now_changes_nothing_but_that_whatever_its_stage()
    {
        var @case = Offered();
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start);
        var before = @case.State;
        @case.JoinCustomer(8, "Amara Okafor", 7, "Amara", "The same number.", Jo, Start);
        Assert.Equal(before with { CustomerId = 8, CustomerName = "Amara Okafor" }, @case.State);
        @case.LeaveCustomer(7, "Amara", 8, "Amara Okafor", "Two sisters.", Actor.Integration(3, "Shop"), Start);
        Assert.Equal(before, @case.State);
        Assert.Equal("why", Assert.Throws<Refused>(() => @case.JoinCustomer(8, "A", 7, "B", " ", Jo, Start)).Code);
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.JoinCustomer(8, "A", 7, "B", "w", Rita, Start)).Code);
    }
}
